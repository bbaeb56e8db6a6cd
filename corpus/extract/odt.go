package extract

import (
	"bytes"
	"strconv"
	"strings"
)

// isODT tells OpenDocument texts, also as one XML file.
func isODT(data []byte) bool {
	return hasMimetype(data, "application/vnd.oasis.opendocument.text") || isZip(data) && zipHolds(data, "META-INF/manifest.xml") && zipHolds(data, "content.xml") ||
		bytes.Contains(data[:min(len(data), 1000)], []byte("<office:document "))
}

// readODT reads OpenDocument text: headings, notes and properties by their markup. Text
// that was deleted in tracked changes, comments and tables of contents are left out.
func readODT(_ *Reader, data []byte) (Text, error) {
	content, meta, err := odtParts(data)
	if err != nil {
		return Text{}, err
	}
	body := content.find("body").find("text")
	if body == nil {
		return Text{}, ErrDamaged
	}
	r := odtReader{&writer{}, titleStyles(content)}
	r.w.lines = r.isLineByLine(body)
	r.blocks(body)
	text, err := r.w.finish()
	text.Metadata = dublinCore(meta.find("meta"))
	text.Metadata.Date = "" // when the file was saved, not the text
	if text.Metadata.Author == "" {
		text.Metadata.Author = value(meta.find("initial-creator").string())
	}
	return text, err
}

// odtParts returns the content and the properties, which are one in a flat file.
func odtParts(data []byte) (content, meta *element, err error) {
	if !isZip(data) {
		content, err = parseXML(data)
		return content, content, err
	}
	a, err := openArchive(data)
	if err != nil {
		return nil, nil, err
	}
	manifest, err := a.read("META-INF/manifest.xml")
	if err != nil {
		return nil, nil, err
	}
	if bytes.Contains(manifest, []byte("encryption-data")) {
		return nil, nil, ErrProtected
	}
	data, err = a.needed("content.xml")
	if err != nil {
		return nil, nil, err
	}
	if content, err = parseXML(data); err != nil {
		return nil, nil, err
	}
	if data, err = a.read("meta.xml"); err == nil && data != nil {
		meta, _ = parseXML(data) // a text without properties is a text too
	}
	return content, meta, nil
}

type odtReader struct {
	w      *writer
	titles map[string]bool // styles of paragraphs that are the title
}

// titleStyles returns the styles based on that of titles.
func titleStyles(content *element) map[string]bool {
	titles := map[string]bool{"Title": true}
	content.all("style", func(e *element) {
		if e.attr("parent-style-name") == "Title" {
			titles[e.attr("name")] = true
		}
	})
	return titles
}

// isLineByLine reports whether there is nothing but paragraphs, which are lines.
func (r odtReader) isLineByLine(body *element) bool {
	var paragraphs []string
	for _, c := range body.children {
		c, is := c.(*element)
		switch {
		case !is || c.name == "sequence-decls":
			continue
		case c.name != "p" || r.titles[c.attr("style-name")] || c.find("note") != nil:
			return false
		}
		paragraphs = append(paragraphs, c.string())
	}
	return isLineByLine(paragraphs)
}

// blocks writes the blocks below e.
func (r odtReader) blocks(e *element) {
	for _, c := range e.children {
		c, is := c.(*element)
		if !is {
			continue
		}
		switch c.name {
		case "h":
			r.inlines(c)
			level, _ := strconv.Atoi(c.attr("outline-level"))
			r.w.endHeading(level)
		case "p":
			r.inlines(c)
			if r.titles[c.attr("style-name")] && !r.w.inNote {
				r.w.endHeading(1)
			} else {
				r.w.end()
			}
		case "table-row":
			r.row(c)
		case "tracked-changes", "table-of-content", "alphabetical-index", "sequence-decls", "forms":
		default: // sections, lists, frames, tables, indexes of literature
			r.blocks(c)
		}
	}
}

// row writes the row of a table as a block, its cells parted by bars.
func (r odtReader) row(e *element) {
	r.w.cell = true
	first := true
	for _, c := range e.children {
		if c, is := c.(*element); is && c.name == "table-cell" {
			if !first {
				r.w.words(" | ")
			}
			first = false
			r.cell(c)
		}
	}
	r.w.end()
	r.w.cell = false
}

// cell writes the words in a cell, also those of tables in it.
func (r odtReader) cell(e *element) {
	for _, c := range e.children {
		if c, is := c.(*element); is {
			if c.name == "p" || c.name == "h" {
				r.inlines(c)
				r.w.words(" ")
			} else {
				r.cell(c)
			}
		}
	}
}

func (r odtReader) inlines(e *element) {
	for _, c := range e.children {
		switch c := c.(type) {
		case string:
			r.w.words(c)
		case *element:
			r.inline(c)
		}
	}
}

func (r odtReader) inline(e *element) {
	switch e.name {
	case "s", "tab":
		r.w.words(" ")
	case "line-break":
		r.w.lineBreak()
	case "note":
		if body := e.find("note-body"); body != nil {
			r.w.note(strings.TrimSpace(e.find("note-citation").string()), func() { r.blocks(body) })
		}
	case "annotation", "annotation-end", "tracked-changes", "ruby-text", "title", "desc", "note-body", "hidden-text":
	case "p", "h": // in a frame: a block of its own is not possible here
		r.w.words(" ")
		r.inlines(e)
		r.w.words(" ")
	default: // spans, links, fields, frames
		r.inlines(e)
	}
}
