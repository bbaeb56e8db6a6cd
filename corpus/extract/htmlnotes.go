package extract

import (
	"path"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A page is an HTML document: a web page, or one of the many of an e-book.
type page struct {
	name string // path in the book
	root *html.Node
	ids  map[string]*html.Node // what links can lead to
}

func newPage(name string, root *html.Node) *page {
	p := &page{name, root, map[string]*html.Node{}}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, id := range []string{attribute(n, "id"), attribute(n, "name")} {
			if id != "" && p.ids[id] == nil {
				p.ids[id] = n
			}
		}
	}
	return p
}

// An htmlNote is the body of a note and the label with which it is called.
type htmlNote struct {
	label string
	body  *html.Node
	mark  *html.Node // what the link leads to, in the body or the body itself
	used  bool       // its body is written
}

// findNotes finds the notes of pages: links that look like the call of a note, to
// something that looks like its body.
func findNotes(pages []*page) (calls map[*html.Node]*htmlNote, bodies map[*html.Node]*htmlNote) {
	calls, bodies = map[*html.Node]*htmlNote{}, map[*html.Node]*htmlNote{}
	byName := map[string]*page{}
	for _, p := range pages {
		byName[p.name] = p
	}
	for _, p := range pages {
		for n := range p.root.Descendants() {
			if n.DataAtom != atom.A || n.Type != html.ElementNode || within(n, bodies) {
				continue
			}
			label := callLabel(n)
			mark := targetOf(byName, p, attribute(n, "href"))
			if label == "" || mark == nil {
				continue
			}
			body := bodyOf(mark, n)
			if body == nil || !isSureCall(n) && !looksLikeBody(body, mark, label, n) {
				continue
			}
			if bodies[body] == nil {
				bodies[body] = &htmlNote{label: label, body: body, mark: mark}
			}
			calls[n] = bodies[body]
		}
	}
	return calls, bodies
}

// callText is what stands as the call of a note.
var callText = regexp.MustCompile(`^[\[(]?\s*((?i:note |n\. ?)?[0-9]{1,4}[a-z]?|[ivxlc]{1,6}|[a-z]|\*{1,4}|[†‡§¶]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})\s*[\])]?[.,]?$`)

// callLabel returns the label of the note that a link may call, "" for none.
func callLabel(n *html.Node) string {
	m := callText.FindStringSubmatch(strings.TrimSpace(innerText(n)))
	if m == nil {
		return ""
	}
	return strings.TrimSpace(plainDigits(m[1]))
}

// targetOf returns the element that a link leads to, nil if it is none of the pages.
func targetOf(pages map[string]*page, from *page, href string) *html.Node {
	file, id, found := strings.Cut(href, "#")
	if !found || id == "" {
		return nil
	}
	to := from
	if file != "" {
		to = pages[path.Join(path.Dir(from.name), file)]
		if to == nil || from.name == "" {
			return nil
		}
	}
	return to.ids[id]
}

// longestBody is the length in bytes of the longest note.
const longestBody = 20_000

// bodyOf returns the block that holds the body of the note at a mark: the innermost one,
// or all paragraphs of the note where one element holds them. Nil if it holds the call.
func bodyOf(mark, call *html.Node) *html.Node {
	body := mark
	for body != nil && !isBlock(body) {
		body = body.Parent
	}
	if body == nil || holds(body, call) || isRoot(body) {
		return nil
	}
	for p := body.Parent; p != nil && holdsOneNote(p, call); p = p.Parent {
		body = p
	}
	if isHeadingElement(body) || firstOf(body, isHeadingElement) != nil || len(innerText(body)) > longestBody {
		return nil
	}
	return body
}

func isRoot(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Main, atom.Article, atom.Ol, atom.Ul, atom.Table, atom.Tbody:
		return true
	}
	return n.Parent == nil
}

// holdsOneNote reports whether an element is made for one note: an entry of a list, an
// aside, or what has an identity of its own and one link back.
func holdsOneNote(n, call *html.Node) bool {
	if holds(n, call) || isRoot(n) {
		return false
	}
	switch n.DataAtom {
	case atom.Li, atom.Aside, atom.Dd:
		return true
	case atom.Div:
		return attribute(n, "id") != "" && links(n) <= 1
	}
	return false
}

// links counts the links in an element that look like labels.
func links(n *html.Node) int {
	count := 0
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == atom.A && callLabel(d) != "" {
			count++
		}
	}
	return count
}

// isSureCall reports whether markup says that a link calls a note.
func isSureCall(n *html.Node) bool {
	return hasType(n, "noteref") || attribute(n, "role") == "doc-noteref"
}

// looksLikeBody reports whether a block is the body of a note that a link calls: it
// begins with the label, or leads back, or the link is raised and leads on to something
// that is no heading.
func looksLikeBody(body, mark *html.Node, label string, call *html.Node) bool {
	text := strings.TrimSpace(innerText(body))
	if strings.TrimLeft(text, "[(^ ") == "" {
		return false
	}
	if id := idAround(call); id != "" && firstOf(body, func(n *html.Node) bool { return strings.HasSuffix(attribute(n, "href"), "#"+id) }) != nil {
		return true
	}
	if strings.HasPrefix(strings.TrimLeft(plainDigits(text), "[(^ "), label) || isRaised(call) {
		return true
	}
	return mark.DataAtom == atom.Li && strings.Contains(attribute(mark, "id"), "note")
}

// idAround returns the identity of a link or of what closely holds it.
func idAround(n *html.Node) string {
	for range 3 {
		if n == nil || isBlock(n) {
			break
		}
		if id := firstFilled(attribute(n, "id"), attribute(n, "name")); id != "" {
			return id
		}
		n = n.Parent
	}
	return ""
}

// isRaised reports whether a link stands in, or holds, a superscript.
func isRaised(n *html.Node) bool {
	if firstOf(n, func(d *html.Node) bool { return d.DataAtom == atom.Sup }) != nil {
		return true
	}
	for p := n.Parent; p != nil && !isBlock(p); p = p.Parent {
		if p.DataAtom == atom.Sup {
			return true
		}
	}
	return strings.ContainsAny(innerText(n), superscriptDigits)
}

// hasType reports whether an element of an e-book has a type.
func hasType(n *html.Node, kind string) bool {
	for _, t := range strings.Fields(attribute(n, "epub:type")) {
		if t == kind {
			return true
		}
	}
	return false
}

func holds(n, inner *html.Node) bool {
	for ; inner != nil; inner = inner.Parent {
		if inner == n {
			return true
		}
	}
	return false
}

// within reports whether an element stands in the body of a note.
func within(n *html.Node, bodies map[*html.Node]*htmlNote) bool {
	for ; n != nil; n = n.Parent {
		if bodies[n] != nil {
			return true
		}
	}
	return false
}

var bodyLabel = regexp.MustCompile(`^[\s\[(^]*$|^\s*[\[(]?(?:[0-9]{1,4}[a-z]?|[ivxlc]{1,6}|\*{1,4}|[†‡§¶]{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})[\])]?\s*[.:)–—-]?\s*$`)

// isOwnLabel reports whether a link or a superscript in the body of a note is only its
// label or leads back to the call.
func isOwnLabel(n *html.Node) bool {
	text := strings.TrimSpace(innerText(n))
	if n.DataAtom == atom.A && strings.Contains(attribute(n, "href"), "#") {
		first, size := utf8.DecodeRuneInString(text)
		return text == "" || bodyLabel.MatchString(text) || strings.ContainsRune("↩↵⏎↑^←⤴🔙", first) && len(text) <= size+12 ||
			hasType(n, "backlink") || attribute(n, "role") == "doc-backlink" || strings.Contains(attribute(n, "class"), "backref") || strings.Contains(attribute(n, "class"), "back")
	}
	return false
}
