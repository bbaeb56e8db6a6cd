package bot

import (
	"fmt"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// A curated answer is Markdown that moderators write. It is read by its rules, and written
// anew in Discord's: what neither has, such as a link behind other words, does not get
// through, and a cut never falls inside a sign.

var reader = goldmark.New(goldmark.WithExtensions(extension.Strikethrough)).Parser()

// markdown writes Markdown as Discord shows it, in parts of at most maxDescription UTF-16
// code units, which together have at most so many. What is more is left out.
func markdown(source string, most int) []string {
	w := &markdownWriter{source: []byte(source), left: most}
	w.blocks(reader.Parse(text.NewReader(w.source)), "", "")
	if w.out.Len() > 0 {
		w.parts = append(w.parts, w.out.String())
	}
	return w.parts
}

// A markdownWriter writes blocks until there is no room.
type markdownWriter struct {
	source []byte
	parts  []string
	out    strings.Builder // the part that is written
	length int             // of out, in UTF-16 code units
	left   int             // for all that is still to be written
	full   bool
}

// blocks writes the blocks in a node, the first line after one prefix and all others
// after another.
func (w *markdownWriter) blocks(n ast.Node, first, rest string) {
	prefix := first
	for b := n.FirstChild(); b != nil && !w.full; b = b.NextSibling() {
		switch b := b.(type) {
		case *ast.Heading, *ast.Paragraph, *ast.TextBlock:
			all := w.letters(b, ordinary)
			if _, heading := b.(*ast.Heading); heading {
				for i := range all {
					all[i].style = bold
				}
			}
			w.block(prefix, all)
		case *ast.List:
			w.list(b, prefix)
		case *ast.Blockquote:
			w.blocks(b, quoteSign, quoteSign)
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			w.lines(b, prefix, code)
		case *ast.HTMLBlock:
			w.lines(b, prefix, ordinary)
		}
		prefix = rest
	}
}

// list writes a list, the items of lists in it one step further in.
func (w *markdownWriter) list(l *ast.List, prefix string) {
	number := l.Start
	for item := l.FirstChild(); item != nil && !w.full; item = item.NextSibling() {
		mark := "- "
		if l.IsOrdered() {
			mark = fmt.Sprintf("%d. ", number)
			number++
		}
		indent := strings.Repeat(" ", len(prefix))
		if prefix == quoteSign {
			indent = prefix
		}
		w.blocks(item, indent+mark, indent+strings.Repeat(" ", len(mark)))
	}
}

// lines writes the lines of a block that is not read further.
func (w *markdownWriter) lines(b ast.Node, prefix string, set style) {
	for i := range b.Lines().Len() {
		line := b.Lines().At(i)
		w.block(prefix, w.set(string(line.Value(w.source)), set))
	}
}

// block writes a line, or so much of it as there is room for. One that does not fit into
// the part begins another.
func (w *markdownWriter) block(prefix string, all []letter) {
	if len(all) == 0 || w.full {
		return
	}
	if w.out.Len() > 0 {
		if line := "\n" + prefix + written(all); utf16Len(line) <= min(w.left, maxDescription-w.length) {
			w.add(line)
			return
		}
		w.parts = append(w.parts, w.out.String())
		w.out.Reset()
		w.length = 0
	}
	const least = 20 // with less room it is not worth to begin
	room := min(w.left, maxDescription) - len(prefix)
	if room < least {
		w.full = true
		return
	}
	fitting := fit(all, room, letter.length)
	w.full = len(fitting) != len(all) || fitting[len(fitting)-1] != all[len(all)-1]
	w.add(prefix + written(fitting))
}

func (w *markdownWriter) add(line string) {
	n := utf16Len(line)
	w.length += n
	w.left -= n
	w.out.WriteString(line)
}

// letters returns what is inside of a block in the styles that it has there.
func (w *markdownWriter) letters(n ast.Node, set style) []letter {
	var all []letter
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			all = append(all, w.set(string(c.Segment.Value(w.source)), set)...)
			if c.SoftLineBreak() || c.HardLineBreak() {
				all = append(all, letter{' ', ordinary})
			}
		case *ast.String:
			all = append(all, w.set(string(c.Value), set)...)
		case *ast.Emphasis:
			inner := italic
			if c.Level == 2 {
				inner = bold
			}
			all = append(all, w.letters(c, inner)...)
		case *extast.Strikethrough:
			all = append(all, w.letters(c, struck)...)
		case *ast.CodeSpan:
			all = append(all, w.letters(c, code)...)
		case *ast.Link:
			all = append(all, w.link(w.letters(c, set), string(c.Destination))...)
		case *ast.Image:
			all = append(all, w.link(w.letters(c, set), string(c.Destination))...)
		case *ast.AutoLink:
			all = append(all, w.set(string(c.URL(w.source)), set)...)
		case *ast.RawHTML:
			for i := range c.Segments.Len() {
				segment := c.Segments.At(i)
				all = append(all, w.set(string(segment.Value(w.source)), set)...)
			}
		}
	}
	return all
}

// link shows where a link leads behind its words.
func (w *markdownWriter) link(words []letter, destination string) []letter {
	return append(words, w.set(" ("+destination+")", ordinary)...)
}

// set returns text in a style. A backtick would end code.
func (w *markdownWriter) set(of string, set style) []letter {
	if set == code {
		of = strings.ReplaceAll(of, "`", "'")
	} else {
		of = unescaped(of)
	}
	all := letters(strings.TrimRight(of, "\r\n"), nil)
	for i := range all {
		all[i].style = set
	}
	return all
}

// unescaped takes the backslashes out that Markdown wants before its signs.
func unescaped(of string) string {
	var out strings.Builder
	for i := 0; i < len(of); i++ {
		if of[i] == '\\' && i+1 < len(of) && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", of[i+1]) >= 0 {
			i++
		}
		out.WriteByte(of[i])
	}
	return out.String()
}
