package extract

import (
	"path"
	"strconv"
	"strings"
)

// isDOCX tells Word's files since 2007.
func isDOCX(data []byte) bool {
	return zipHolds(data, "word/") && zipHolds(data, "[Content_Types].xml")
}

// readDOCX reads Word's files: headings by their styles, footnotes and endnotes, and
// properties. Deleted and hidden text, comments, fields' codes and tables of contents
// are left out.
func readDOCX(_ *Reader, data []byte) (Text, error) {
	a, err := openArchive(data)
	if err != nil {
		return Text{}, err
	}
	main := mainPart(a)
	document, err := a.xml(main)
	if err != nil {
		return Text{}, err
	}
	if document == nil || document.find("body") == nil {
		return Text{}, ErrDamaged
	}
	r := docxReader{w: &writer{}, levels: map[string]int{}, notes: map[noteID]*element{}}
	if err := r.open(a, path.Dir(main)); err != nil {
		return Text{}, err
	}
	body := document.find("body")
	r.w.lines = r.isLineByLine(body)
	r.blocks(body)
	text, err := r.w.finish()
	if core, _ := a.xml("docProps/core.xml"); core != nil {
		text.Metadata = dublinCore(core)
		text.Metadata.Date = "" // when the file was made, not the text
	}
	return text, err
}

// xml reads and parses a part; nil for one that is not there.
func (a *archive) xml(name string) (*element, error) {
	data, err := a.read(name)
	if err != nil || data == nil {
		return nil, err
	}
	return parseXML(data)
}

// mainPart returns the name of the part that holds the text.
func mainPart(a *archive) string {
	found := "word/document.xml"
	if rels, _ := a.xml("_rels/.rels"); rels != nil {
		rels.all("Relationship", func(e *element) {
			if strings.HasSuffix(e.attr("Type"), "/officeDocument") {
				found = strings.TrimPrefix(e.attr("Target"), "/")
			}
		})
	}
	return found
}

type docxReader struct {
	w       *writer
	levels  map[string]int // of headings, by the id of the style
	notes   map[noteID]*element
	counted map[string]int // notes called so far, by kind
}

// A noteID is the kind of a note, "footnote" or "endnote", and its id in the file.
type noteID struct{ kind, id string }

// open reads the styles and the notes.
func (r *docxReader) open(a *archive, dir string) error {
	styles, err := a.xml(path.Join(dir, "styles.xml"))
	if err != nil {
		return err
	}
	r.readStyles(styles)
	r.counted = map[string]int{}
	for _, kind := range []string{"footnote", "endnote"} {
		notes, err := a.xml(path.Join(dir, kind+"s.xml"))
		if err != nil {
			return err
		}
		notes.all(kind, func(e *element) {
			if t := e.attr("type"); t == "" || t == "normal" {
				r.notes[noteID{kind, e.attr("id")}] = e
			}
		})
	}
	return nil
}

// readStyles finds the levels of headings: what a style states, what its name in English
// says in any language's Word, or what the style says that it is based on.
func (r *docxReader) readStyles(styles *element) {
	based := map[string]string{}
	styles.all("style", func(e *element) {
		id, name := e.attr("styleId"), strings.ToLower(e.find("name").val())
		based[id] = e.find("basedOn").val()
		if n, isHeading := strings.CutPrefix(name, "heading "); isHeading {
			r.levels[id], _ = strconv.Atoi(n)
		} else if name == "title" {
			r.levels[id] = 1
		} else if n, err := strconv.Atoi(e.find("outlineLvl").val()); err == nil && n >= 0 && n < 9 {
			r.levels[id] = n + 1
		}
	})
	for id := range based {
		base := id
		for range 20 { // styles based on each other in a circle are none
			if base = based[base]; base == "" || r.levels[id] > 0 {
				break
			}
			r.levels[id] = r.levels[base]
		}
	}
}

// val returns the attribute in which Word keeps most values.
func (e *element) val() string {
	if e == nil {
		return ""
	}
	return e.attr("val")
}

// blocks writes the blocks below e.
func (r *docxReader) blocks(e *element) {
	for _, c := range e.children {
		c, is := c.(*element)
		if !is {
			continue
		}
		switch c.name {
		case "p":
			r.paragraph(c)
		case "tr":
			r.row(c)
		case "sdt":
			if !strings.Contains(c.find("docPartGallery").val(), "Table of Contents") {
				r.blocks(c)
			}
		case "del", "moveFrom", "Fallback", "sdtPr", "tblPr", "sectPr":
		default: // tables, insertions, content controls
			r.blocks(c)
		}
	}
}

// isLineByLine reports whether there is nothing but paragraphs, which are lines.
func (r *docxReader) isLineByLine(body *element) bool {
	var paragraphs []string
	for _, c := range body.children {
		c, is := c.(*element)
		switch {
		case !is || c.name == "sectPr" || strings.HasPrefix(c.name, "bookmark"):
			continue
		case c.name != "p" || r.level(c.child("pPr")) > 0 || c.find("footnoteReference") != nil || c.find("endnoteReference") != nil:
			return false
		}
		paragraphs = append(paragraphs, c.string())
	}
	return isLineByLine(paragraphs)
}

func (r *docxReader) paragraph(e *element) {
	boxes := r.inlines(e, nil)
	if level := r.level(e.child("pPr")); level > 0 {
		r.w.endHeading(level)
	} else {
		r.w.end()
	}
	for _, box := range boxes {
		r.blocks(box)
	}
}

// level returns the level of a heading from a paragraph's properties, 0 for none.
func (r *docxReader) level(properties *element) int {
	if properties == nil {
		return 0
	}
	if n, err := strconv.Atoi(properties.child("outlineLvl").val()); err == nil && n >= 0 && n < 9 {
		return n + 1
	}
	return r.levels[properties.child("pStyle").val()]
}

// child returns the first element of a name directly in e, nil for none.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c, is := c.(*element); is && c.name == name {
			return c
		}
	}
	return nil
}

// row writes the row of a table as a block, its cells parted by bars.
func (r *docxReader) row(e *element) {
	r.w.cell = true
	first := true
	e.all("tc", func(cell *element) {
		if !first {
			r.w.words(" | ")
		}
		first = false
		cell.all("p", func(p *element) {
			r.inlines(p, nil)
			r.w.words(" ")
		})
	})
	r.w.end()
	r.w.cell = false
}

// inlines writes the words below e, and appends the text boxes that stand in it to boxes.
func (r *docxReader) inlines(e *element, boxes []*element) []*element {
	for _, c := range e.children {
		c, is := c.(*element)
		if !is {
			continue
		}
		switch c.name {
		case "t":
			r.w.words(c.string())
		case "tab", "ptab":
			r.w.words(" ")
		case "br", "cr":
			r.w.lineBreak()
		case "noBreakHyphen":
			r.w.words("-")
		case "softHyphen":
			r.w.words("\u00AD")
		case "footnoteReference", "endnoteReference":
			r.note(strings.TrimSuffix(c.name, "Reference"), c)
		case "r":
			if !isHidden(c.child("rPr")) {
				boxes = r.inlines(c, boxes)
			}
		case "txbxContent":
			boxes = append(boxes, c)
		case "del", "moveFrom", "Fallback", "pPr", "rPr", "instrText", "delText", "sdtPr", "footnoteRef", "endnoteRef", "rt":
		default: // links, insertions, content controls, fields' results
			boxes = r.inlines(c, boxes)
		}
	}
	return boxes
}

func isHidden(properties *element) bool {
	vanish := properties.child("vanish")
	return vanish != nil && vanish.val() != "0" && vanish.val() != "false"
}

// note writes the call of a note and its body. Word counts notes; marks of the author's
// own stand behind the call. Endnotes have small Roman numbers, unless there are no
// others.
func (r *docxReader) note(kind string, e *element) {
	body := r.notes[noteID{kind, e.attr("id")}]
	if body == nil {
		return
	}
	label := "*"
	if e.attr("customMarkFollows") == "" {
		r.counted[kind]++
		label = strconv.Itoa(r.counted[kind])
		if kind == "endnote" && r.hasFootnotes() {
			label = romanOf(r.counted[kind])
		}
	}
	r.w.note(label, func() { r.blocks(body) })
}

func (r *docxReader) hasFootnotes() bool {
	for id := range r.notes {
		if id.kind == "footnote" {
			return true
		}
	}
	return false
}
