package extract

import (
	"bytes"
	"html"
	"regexp"
	"strconv"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/text/unicode/norm"
)

// readMarkdown reads a file of Markdown.
func readMarkdown(_ *Reader, data []byte) (Text, error) {
	source, front, body, err := splitFront(data)
	if err != nil {
		return Text{}, err
	}
	text := markdown(source[body:])
	text.Metadata = front
	return text, nil
}

// markdown reads Markdown, whose source text is what a reader sees: markup is
// taken out, blocks are parted by an empty line, the bodies of notes stand at the
// end. Calls of notes leave no byte behind.
func markdown(source string) Text {
	body, notes := splitNotes(source)
	w := &markdownWriter{
		markdown: newGoldmark(),
		bodies:   map[string]bool{},
	}
	for _, n := range notes {
		w.bodies[n.label] = true
	}
	w.document(body)
	headings := w.text.Headings
	for _, n := range notes {
		start := len(w.out)
		w.document(n.body)
		if end := len(bytes.TrimRight(w.out, "\n")); end > start {
			w.text.Notes = append(w.text.Notes, Note{Range{start, end}, n.label})
		}
	}
	w.text.Headings = headings // without those in notes, which part no text
	w.text.joinCalls()
	w.text.Source = string(w.out)
	return w.text
}

// A markdownWriter writes what a reader sees of a Markdown tree, and the marks.
type markdownWriter struct {
	markdown goldmark.Markdown
	bodies   map[string]bool // labels of the notes that have a body
	source   []byte          // what is being read
	out      []byte          // what has been written
	block    int             // where in out the block begins that is being written
	number   string          // of the list item whose first block comes next
	cell     bool            // what is being written is a cell of a table
	text     Text
}

func (w *markdownWriter) document(source string) {
	w.source = []byte(source)
	w.blocks(w.markdown.Parser().Parse(text.NewReader(w.source)))
}

// blocks writes the blocks below n.
func (w *markdownWriter) blocks(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Heading:
			w.heading(c)
		case *ast.List:
			w.list(c)
		case *ast.HTMLBlock:
			w.html(c)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			w.beginBlock()
			w.lines(c)
			w.endBlock("\n\n")
		case *east.Table:
			w.table(c)
		case *ast.Paragraph, *ast.TextBlock:
			w.beginBlock()
			w.inlines(c)
			w.endBlock("\n\n")
		default: // block quotes, thematic breaks, what an extension may bring
			w.blocks(c)
		}
	}
}

// beginBlock begins a block, with the number of the list item if it is the first
// in one.
func (w *markdownWriter) beginBlock() {
	w.block = len(w.out)
	w.out = append(w.out, w.number...)
	w.number = ""
}

// endBlock finishes the block that was begun: its text is brought to normalisation
// form C, the calls in it become marks, and it is parted from what comes.
func (w *markdownWriter) endBlock(parting string) {
	block := norm.NFC.Bytes(bytes.TrimRight(w.out[w.block:], " \t\r\n"))
	w.out = w.takeCalls(w.out[:w.block], block)
	if len(w.out) > w.block {
		w.out = append(w.out, parting...)
	}
}

// noteCall is a call of a note as goldmark leaves it, without its extension for
// footnotes: that one numbers notes anew and loses those that nothing calls.
var noteCall = regexp.MustCompile(`\[\^([^\]\s]{1,100})\]`)

// takeCalls appends block to out without the calls in it, which become marks. A
// call before a combining mark stays, for what stands before it would change.
func (w *markdownWriter) takeCalls(out, block []byte) []byte {
	at := 0
	for _, m := range noteCall.FindAllSubmatchIndex(block, -1) {
		label := string(block[m[2]:m[3]])
		if !w.bodies[label] || m[1] < len(block) && !norm.NFC.Properties(block[m[1]:]).BoundaryBefore() {
			continue
		}
		out = append(out, block[at:m[0]]...)
		w.text.Calls = append(w.text.Calls, Call{Range: Range{len(out), len(out)}, Label: label})
		at = m[1]
	}
	return append(out, block[at:]...)
}

func (w *markdownWriter) heading(n *ast.Heading) {
	w.beginBlock()
	w.inlines(n)
	w.endBlock("")
	if end := len(w.out); end > w.block {
		w.text.Headings = append(w.text.Headings, Heading{Range{w.block, end}, n.Level})
		w.out = append(w.out, "\n\n"...)
	}
}

// list writes each item as a block, in ordered lists with its number.
func (w *markdownWriter) list(n *ast.List) {
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		if n.IsOrdered() {
			w.number = strconv.Itoa(number) + string(n.Marker) + " "
			number++
		}
		w.blocks(item)
		w.number = ""
	}
}

// table writes each row as a block, its cells parted by bars.
func (w *markdownWriter) table(n *east.Table) {
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		w.beginBlock()
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if cell.PreviousSibling() != nil {
				w.out = append(w.out, " | "...)
			}
			w.cell = true
			w.inlines(cell)
			w.cell = false
		}
		w.endBlock("\n\n")
	}
}

var (
	htmlPageMark = regexp.MustCompile(`^\s*<!--\s*page\s+(\S{1,16})\s*-->\s*$`)
	htmlComment  = regexp.MustCompile(`(?s)<!--.*?(?:-->|$)`)
	htmlTag      = regexp.MustCompile(`</?[A-Za-z][^<>]*>|<[!?][^<>]*>`)
)

// html takes a page mark from a block of HTML, or else writes its text without
// comments and tags.
func (w *markdownWriter) html(n *ast.HTMLBlock) {
	w.beginBlock()
	w.lines(n)
	if n.HasClosure() {
		w.out = append(w.out, n.ClosureLine.Value(w.source)...)
	}
	block := bytes.Clone(w.out[w.block:])
	w.out = w.out[:w.block]
	if m := htmlPageMark.FindSubmatch(block); m != nil {
		w.text.Pages = append(w.text.Pages, Page{At: len(w.out), Sure: len(w.out), Label: string(m[1])})
		return
	}
	block = htmlTag.ReplaceAll(htmlComment.ReplaceAll(block, nil), nil)
	w.out = append(w.out, html.UnescapeString(string(block))...)
	w.endBlock("\n\n")
}

// lines writes the lines of a block as they are.
func (w *markdownWriter) lines(n ast.Node) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		w.out = append(w.out, line.Value(w.source)...)
	}
}

// inlines writes the text below n without its markup.
func (w *markdownWriter) inlines(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			w.inlineText(c)
		case *ast.String:
			w.out = append(w.out, c.Value...)
		case *ast.AutoLink:
			w.out = append(w.out, c.Label(w.source)...)
		case *ast.RawHTML: // a tag
		default:
			w.inlines(c)
		}
	}
}

func (w *markdownWriter) inlineText(n *ast.Text) {
	value := n.Segment.Value(w.source)
	if _, code := n.Parent().(*ast.CodeSpan); code || n.IsRaw() {
		if w.cell {
			value = bytes.ReplaceAll(value, []byte(`\|`), []byte("|"))
		}
		w.out = append(w.out, value...)
	} else {
		w.out = append(w.out, html.UnescapeString(string(util.UnescapePunctuations(value)))...)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		w.out = append(w.out, '\n')
	}
}
