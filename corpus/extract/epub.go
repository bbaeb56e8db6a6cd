package extract

import (
	"net/url"
	"path"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func isEPUB(data []byte) bool {
	return hasMimetype(data, "application/epub+zip") || zipHolds(data, "META-INF/container.xml") && zipHolds(data, ".opf")
}

// readEPUB reads the pages of an e-book in their order: headings, notes, and the pages of
// the printed book where it marks them.
func readEPUB(_ *Reader, data []byte) (Text, error) {
	a, err := openArchive(data)
	if err != nil {
		return Text{}, err
	}
	if err := checkRights(a); err != nil {
		return Text{}, err
	}
	container, err := a.xml("META-INF/container.xml")
	if err != nil || container == nil {
		return Text{}, damagedOr(err)
	}
	name := container.find("rootfile").attrOf("full-path")
	book, err := a.xml(name)
	if err != nil || book == nil {
		return Text{}, damagedOr(err)
	}
	pages, err := bookPages(a, book, path.Dir(name))
	if err != nil {
		return Text{}, err
	}
	r := newHTMLReader(pages)
	for _, p := range pages {
		body := firstOf(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Body })
		if body == nil {
			body = p.root
		}
		r.page(p, body)
	}
	text, err := r.w.finish()
	text.Metadata = dublinCore(book.find("metadata"))
	text.Metadata.Date, _, _ = strings.Cut(text.Metadata.Date, "T")
	return text, err
}

func damagedOr(err error) error {
	if err != nil {
		return err
	}
	return ErrDamaged
}

// attrOf returns an attribute, also of no element.
func (e *element) attrOf(name string) string {
	if e == nil {
		return ""
	}
	return e.attr(name)
}

// checkRights refuses books whose pages are encrypted; fonts may be.
func checkRights(a *archive) error {
	if a.has("META-INF/rights.xml") {
		return ErrProtected
	}
	encryption, err := a.xml("META-INF/encryption.xml")
	if encryption == nil {
		return err
	}
	encryption.all("CipherReference", func(e *element) {
		switch strings.ToLower(path.Ext(e.attr("URI"))) {
		case ".ttf", ".otf", ".woff", ".woff2":
		default:
			err = ErrProtected
		}
	})
	return err
}

// bookPages parses the pages of a book in the order of its spine, and those aside from it
// behind them. Its table of contents is left out.
func bookPages(a *archive, book *element, dir string) ([]*page, error) {
	type item struct{ name, properties, kind string }
	items := map[string]item{}
	book.all("item", func(e *element) {
		href, err := url.PathUnescape(e.attr("href"))
		if err != nil {
			href = e.attr("href")
		}
		items[e.attr("id")] = item{path.Join(dir, href), e.attr("properties"), e.attr("media-type")}
	})
	var first, aside []string
	seen := map[string]bool{}
	book.all("itemref", func(e *element) {
		it := items[e.attr("idref")]
		if it.name == "" || seen[it.name] || strings.Contains(" "+it.properties+" ", " nav ") || !strings.Contains(it.kind, "html") {
			return
		}
		seen[it.name] = true
		if e.attr("linear") == "no" {
			aside = append(aside, it.name)
		} else {
			first = append(first, it.name)
		}
	})
	var pages []*page
	for _, name := range append(first, aside...) {
		data, err := a.needed(name)
		if err != nil {
			return nil, err
		}
		root, err := parseHTML(data)
		if err != nil {
			return nil, err
		}
		pages = append(pages, newPage(name, root))
	}
	return pages, nil
}
