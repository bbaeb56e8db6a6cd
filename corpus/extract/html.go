package extract

import (
	"bytes"
	"net/url"
	"strings"

	"codeberg.org/readeck/go-readability"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// isHTML tells a web page by its first tag.
func isHTML(data []byte) bool {
	head := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 1000)], "\xEF\xBB\xBF \t\r\n"))
	for bytes.HasPrefix(head, []byte("<?xml")) || bytes.HasPrefix(head, []byte("<!--")) {
		_, rest, found := bytes.Cut(head, []byte(">"))
		if !found {
			return false
		}
		head = bytes.TrimLeft(rest, " \t\r\n")
	}
	return bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html"))
}

// readHTML reads the readable part of a web page: without navigation, forms and what
// else stands around a text. Notes are known by links to their bodies, wherever these
// stand.
func readHTML(_ *Reader, data []byte) (Text, error) {
	root, err := parseHTML(data)
	if err != nil {
		return Text{}, err
	}
	p := newPage("", root)
	r := newHTMLReader([]*page{p})
	r.page(p, readablePart(root))
	text, err := r.w.finish()
	text.Metadata = htmlMetadata(root)
	return text, err
}

// parseHTML parses a page in the encoding that it states, or else that it seems to have.
func parseHTML(data []byte) (*html.Node, error) {
	var source string
	if encoding, name, sure := charset.DetermineEncoding(data[:min(len(data), 1024)], ""); sure && name != "utf-8" {
		decoded, err := encoding.NewDecoder().Bytes(data)
		if err != nil {
			return nil, ErrEncoding
		}
		source = string(decoded)
	} else {
		var err error
		if source, err = decode(data); err != nil {
			return nil, err
		}
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil { // of a reader that gives all there is, only depth is an error
		return nil, ErrTooDeep
	}
	return root, checkTree(root)
}

// checkTree refuses trees that are too deep, without walking into their depth.
func checkTree(root *html.Node) error {
	depth, n := 0, 0
	for c := root; c != nil; {
		if n++; n > maxElements {
			return ErrTooMuch
		}
		if c.FirstChild != nil {
			if depth++; depth > maxDepth {
				return ErrTooDeep
			}
			c = c.FirstChild
			continue
		}
		for c != nil && c.NextSibling == nil {
			c, depth = c.Parent, depth-1
		}
		if c != nil {
			c = c.NextSibling
		}
	}
	return nil
}

// readablePart returns the element that holds the text: the one marked as such, else
// what a page that has navigation is found to be about, else the whole page.
func readablePart(root *html.Node) *html.Node {
	body := firstOf(root, func(n *html.Node) bool { return n.DataAtom == atom.Body })
	if body == nil {
		return root
	}
	isMain := func(n *html.Node) bool { return n.DataAtom == atom.Main || attribute(n, "role") == "main" }
	if main := onlyOne(body, isMain); main != nil {
		return main
	}
	if article := onlyOne(body, func(n *html.Node) bool { return n.DataAtom == atom.Article }); article != nil {
		return article
	}
	if firstOf(body, isFurniture) == nil {
		return body
	}
	if found, err := readability.FromDocument(root, &url.URL{}); err == nil && found.Node != nil && 2*wordsIn(found.Node) > wordsIn(body) {
		return found.Node
	}
	return body
}

// isFurniture reports whether an element is for finding one's way, not for reading.
func isFurniture(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Form, atom.Menu:
		return true
	}
	switch attribute(n, "role") {
	case "navigation", "search", "menu", "menubar", "banner", "contentinfo", "doc-toc", "directory":
		return true
	}
	return n.DataAtom == atom.Footer && n.Parent != nil && n.Parent.DataAtom == atom.Body
}

// htmlMetadata reads what the head of a page says.
func htmlMetadata(root *html.Node) Metadata {
	named := map[string]string{}
	var m Metadata
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Title:
			if m.Title == "" && n.Namespace == "" {
				m.Title = value(innerText(n))
			}
		case atom.Meta:
			key := strings.ToLower(attribute(n, "name") + attribute(n, "property"))
			if named[key] == "" {
				named[key] = value(attribute(n, "content"))
			}
		case atom.Link:
			if strings.EqualFold(attribute(n, "rel"), "canonical") && strings.HasPrefix(attribute(n, "href"), "http") {
				m.Link = value(attribute(n, "href"))
			}
		}
	}
	top := firstOf(root, func(n *html.Node) bool { return n.DataAtom == atom.Html })
	m.Language = languageCode(value(firstFilled(attribute(top, "lang"), attribute(top, "xml:lang"), named["language"])))
	m.Title = firstFilled(named["citation_title"], named["dc.title"], named["og:title"], m.Title)
	m.Author = firstFilled(named["citation_author"], named["dc.creator"], named["author"])
	m.Date = firstFilled(named["citation_publication_date"], named["citation_date"], named["dc.date"], named["article:published_time"], named["date"])
	m.Date, _, _ = strings.Cut(m.Date, "T")
	m.Licence = firstFilled(named["dc.rights"], named["copyright"])
	return m
}

func firstFilled(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// attribute returns an attribute, "" for none, also of no element.
func attribute(n *html.Node, key string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attr {
		if a.Key == key || a.Namespace != "" && a.Namespace+":"+a.Key == key {
			return a.Val
		}
	}
	return ""
}

// firstOf returns the first element below n that is as asked, nil for none.
func firstOf(n *html.Node, is func(*html.Node) bool) *html.Node {
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && is(d) {
			return d
		}
	}
	return nil
}

// onlyOne returns the element below n that is as asked if there is just one.
func onlyOne(n *html.Node, is func(*html.Node) bool) *html.Node {
	var found *html.Node
	for d := range n.Descendants() {
		if d.Type != html.ElementNode || !is(d) {
			continue
		}
		if found != nil {
			return nil
		}
		found = d
	}
	return found
}

// innerText returns the text in an element.
func innerText(n *html.Node) string {
	var out strings.Builder
	if n.Type == html.TextNode {
		out.WriteString(n.Data)
	}
	for d := range n.Descendants() {
		if d.Type == html.TextNode && !isHiddenElement(d.Parent) {
			out.WriteString(d.Data)
		}
	}
	return out.String()
}

func wordsIn(n *html.Node) int { return len(strings.Fields(innerText(n))) }
