package extract

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An htmlReader writes pages as a reader sees them.
type htmlReader struct {
	w      *writer
	calls  map[*html.Node]*htmlNote
	bodies map[*html.Node]*htmlNote
	note   *htmlNote // whose body is being written
}

func newHTMLReader(pages []*page) *htmlReader {
	r := &htmlReader{w: &writer{}}
	r.calls, r.bodies = findNotes(pages)
	return r
}

// page writes a page, and the notes that nothing has written where they stand.
func (r *htmlReader) page(p *page, part *html.Node) {
	r.children(part)
	r.w.end()
}

func (r *htmlReader) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		r.node(c)
	}
}

func (r *htmlReader) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		r.w.words(n.Data)
	case html.ElementNode:
		r.element(n)
	}
}

func (r *htmlReader) element(n *html.Node) {
	switch note := r.bodies[n]; {
	case note != nil && note != r.note: // written where it is called
		return
	case isHiddenElement(n), r.note == nil && isFurniture(n):
		return
	case isPageBreak(n):
		r.w.page(Page{Label: pageBreakLabel(n)})
		return
	case r.calls[n] != nil:
		r.call(n)
		return
	case r.note != nil && isOwnLabel(n):
		return
	}
	switch n.DataAtom {
	case atom.Br:
		r.w.lineBreak()
	case atom.Pre, atom.Textarea:
		r.w.end()
		r.w.exact = true
		r.children(n)
		r.w.end()
		r.w.exact = false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading(n)
	case atom.Tr:
		r.row(n)
	case atom.Ol:
		r.list(n)
	case atom.Img, atom.Svg, atom.Math:
		r.picture(n)
	case atom.Sup:
		r.raised(n)
	default:
		if !isBlock(n) || r.w.cell {
			r.inline(n)
			return
		}
		r.w.end()
		r.children(n)
		r.w.end()
	}
}

// inline writes what is in an element within a line; in a cell of a table blocks are
// parted by spaces.
func (r *htmlReader) inline(n *html.Node) {
	block := isBlock(n)
	if block {
		r.w.words(" ")
	}
	r.children(n)
	if block {
		r.w.words(" ")
	}
}

// call writes the call of a note, and its body behind the block. What of a link is not
// the label, such as brackets, goes with it.
func (r *htmlReader) call(n *html.Node) {
	note := r.calls[n]
	if note.used {
		r.w.call(note.label)
		return
	}
	if r.w.inNote {
		r.w.call(note.label)
		return
	}
	note.used = true
	r.w.note(note.label, func() {
		r.note = note
		r.w.prefix = ""
		start := len(r.w.out)
		r.children(note.body)
		r.w.end()
		r.dropLabel(start, note.label)
		r.note = nil
	})
}

// dropLabel takes a label that stands as plain words at the head of a note out of it.
func (r *htmlReader) dropLabel(start int, label string) {
	head := regexp.MustCompile(`^[\[(]?` + regexp.QuoteMeta(label) + `[\])]?(?:[.:)–—-]\s*|\s+)`)
	if m := head.FindIndex(r.w.out[start:]); m != nil {
		r.w.out = append(r.w.out[:start], r.w.out[start+m[1]:]...)
		for i := range r.w.text.Calls {
			if c := &r.w.text.Calls[i]; c.Start >= start {
				c.Start, c.End = max(start, c.Start-m[1]), max(start, c.End-m[1])
			}
		}
	}
}

// raised writes a superscript: as a number it is written so that it is no part of the
// word before it.
func (r *htmlReader) raised(n *html.Node) {
	text := strings.TrimSpace(innerText(n))
	if firstOf(n, func(d *html.Node) bool { return r.calls[d] != nil }) != nil || text == "" || strings.Trim(text, "0123456789") != "" {
		r.children(n)
		return
	}
	r.w.words(raisedDigits.Replace(text))
}

var raisedDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func (r *htmlReader) heading(n *html.Node) {
	if r.w.cell {
		r.inline(n)
		return
	}
	r.w.end()
	r.children(n)
	if r.note != nil {
		r.w.end()
		return
	}
	r.w.endHeading(int(n.Data[1] - '0'))
}

// row writes the row of a table as a block, its cells parted by bars. A table in a table
// is written within its cell; a row of one cell is for layout.
func (r *htmlReader) row(n *html.Node) {
	var cells []*html.Node
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			cells = append(cells, c)
		}
	}
	if len(cells) == 1 && !r.w.cell {
		r.w.end()
		r.children(cells[0])
		r.w.end()
		return
	}
	outer := r.w.cell
	if !outer {
		r.w.end()
	}
	r.w.cell = true
	for i, c := range cells {
		if i > 0 {
			r.w.words(" | ")
		}
		r.element(c)
	}
	if r.w.cell = outer; !outer {
		r.w.end()
	} else {
		r.w.words(" ")
	}
}

// list writes the entries of a numbered list with their numbers.
func (r *htmlReader) list(n *html.Node) {
	number, err := strconv.Atoi(attribute(n, "start"))
	if err != nil {
		number = 1
	}
	r.w.end()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom != atom.Li || r.w.cell {
			r.node(c)
			continue
		}
		r.w.end()
		if r.bodies[c] == nil && r.note == nil {
			r.w.prefix = strconv.Itoa(number) + ". "
		}
		r.node(c)
		r.w.prefix = ""
		number++
	}
	r.w.end()
}

// picture writes formulas as they read; pictures have no words.
func (r *htmlReader) picture(n *html.Node) {
	if n.DataAtom == atom.Math {
		r.children(n)
	}
}

// isHiddenElement reports whether nobody sees what is in an element.
func isHiddenElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Head, atom.Noscript, atom.Template, atom.Iframe, atom.Object, atom.Button, atom.Select,
		atom.Input, atom.Audio, atom.Video, atom.Canvas, atom.Rt, atom.Rp, atom.Dialog:
		return true
	}
	style := strings.ReplaceAll(strings.ToLower(attribute(n, "style")), " ", "")
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return n.Data == "annotation" || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

func isHeadingElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// isBlock reports whether an element begins a line of its own.
func isBlock(n *html.Node) bool {
	switch n.DataAtom {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Aside, atom.Main, atom.Header, atom.Footer, atom.Nav, atom.Body, atom.Html,
		atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd, atom.Table, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th,
		atom.Blockquote, atom.Figure, atom.Figcaption, atom.Pre, atom.Hr, atom.Address, atom.Details, atom.Summary, atom.Fieldset, atom.Hgroup, atom.Center,
		atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Form:
		return true
	}
	return false
}

// isPageBreak reports whether an element says that a page of the printed book begins.
func isPageBreak(n *html.Node) bool {
	return hasType(n, "pagebreak") || attribute(n, "role") == "doc-pagebreak"
}

func pageBreakLabel(n *html.Node) string {
	label := firstFilled(strings.TrimSpace(attribute(n, "aria-label")), strings.TrimSpace(attribute(n, "title")), strings.TrimSpace(innerText(n)))
	if fields := strings.Fields(label); len(fields) > 0 { // "Page 12"
		label = strings.Trim(fields[len(fields)-1], ".[]()")
	}
	return label
}
