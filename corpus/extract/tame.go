package extract

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Limits within which goldmark's time stays small. It grows with the square of the
// number of delimiters in a paragraph, a heading or a row of a table (50,000 times
// "*a_" take a minute), with the square of the targets of links ("[a]: b") in a
// paragraph, with the depth of lists and quotations, and with the cells of a table,
// among them those that short rows lack.
//
// What is over a limit is read as plain text, markup and all. Of what people write
// only a paragraph with hundreds of links, without an empty line, would be.
const (
	maxDelimiters = 2000
	maxOpen       = 24 // open blocks; a list and its item are two
	cellsPerByte  = 8
)

const delimiters = "*_~`[]<"

// newGoldmark returns a reader of Markdown within the limits.
func newGoldmark() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(
				util.Prioritized(parser.NewSetextHeadingParser(), 100),
				util.Prioritized(parser.NewThematicBreakParser(), 200),
				util.Prioritized(shallow{parser.NewListParser()}, 300),
				util.Prioritized(parser.NewListItemParser(), 400),
				util.Prioritized(parser.NewCodeBlockParser(), 500),
				util.Prioritized(sparse{parser.NewATXHeadingParser()}, 600),
				util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
				util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
				util.Prioritized(parser.NewHTMLBlockParser(), 900),
				util.Prioritized(parser.NewParagraphParser(), 1000),
			),
			parser.WithInlineParsers(parser.DefaultInlineParsers()...),
			parser.WithParagraphTransformers(
				util.Prioritized(plainer{denseRows}, 50),
				util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
				// Without the rest of extension.Table, which is quadratic in "\|".
				util.Prioritized(extension.NewTableParagraphTransformer(), 200),
				util.Prioritized(plainer{dense}, 300),
			),
		)),
		goldmark.WithExtensions(extension.Strikethrough),
	)
}

// shallow does not open a block in too many others.
type shallow struct{ parser.BlockParser }

func (p shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if len(pc.OpenedBlocks()) >= maxOpen {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// sparse does not open a heading whose line has too many delimiters.
type sparse struct{ parser.BlockParser }

func (p sparse) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if line, _ := reader.PeekLine(); countDelimiters(line) > maxDelimiters {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// A plainer makes a paragraph that is over a limit a block of code, which is read as
// it is.
type plainer struct {
	over func(lines *text.Segments, source []byte) bool
}

func (p plainer) Transform(node *ast.Paragraph, reader text.Reader, _ parser.Context) {
	lines, source := node.Lines(), reader.Source()
	if !p.over(lines, source) {
		return
	}
	plain := ast.NewCodeBlock()
	for i := range lines.Len() {
		line := lines.At(i)
		plain.Lines().Append(line.TrimLeftSpace(source))
	}
	node.Parent().ReplaceChild(node.Parent(), node, plain)
}

// dense reports whether a paragraph that is no table has too many delimiters.
func dense(lines *text.Segments, source []byte) bool {
	n := 0
	for i := range lines.Len() {
		line := lines.At(i)
		n += countDelimiters(line.Value(source))
	}
	return n > maxDelimiters
}

// denseRows reports whether a paragraph that may be a table or a list of the targets
// of links has a row with too many delimiters, or too many cells or targets.
func denseRows(lines *text.Segments, source []byte) bool {
	size, columns, targets := 0, 0, 0
	for i := range lines.Len() {
		segment := lines.At(i)
		line := segment.Value(source)
		if countDelimiters(line) > maxDelimiters {
			return true
		}
		size += len(line)
		if len(bytes.Trim(line, " \t\r\n|:-")) == 0 { // the row below the head
			columns = max(columns, 1+bytes.Count(line, []byte("|")))
		}
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
			targets++
		}
	}
	return targets > maxDelimiters || columns*lines.Len() > cellsPerByte*size
}

func countDelimiters(s []byte) int {
	n := 0
	for _, c := range s {
		if strings.IndexByte(delimiters, c) >= 0 {
			n++
		}
	}
	return n
}
