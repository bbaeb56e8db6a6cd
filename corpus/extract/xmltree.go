package extract

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html/charset"
)

// An element is one of an XML document. Names are without their namespaces: the formats
// that are read have no two elements that only these tell apart.
type element struct {
	name     string
	attrs    []xml.Attr
	children []any // *element or string
}

// maxElements of one document; each takes some 200 bytes.
const maxElements = 3_000_000

// parseXML reads a document. Entities that it declares are not expanded: they are an
// error.
func parseXML(data []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	d.CharsetReader = charset.NewReaderLabel
	root := &element{}
	open := []*element{root}
	n := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if len(root.children) == 0 {
				return nil, ErrDamaged
			}
			return root, nil
		}
		if err != nil {
			return nil, ErrDamaged
		}
		top := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: token.Name.Local, attrs: token.Attr}
			top.children = append(top.children, e)
			open = append(open, e)
			if n++; n > maxElements {
				return nil, ErrTooMuch
			}
			if len(open) > maxDepth {
				return nil, ErrTooDeep
			}
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.children = append(top.children, string(token))
		}
	}
}

// attr returns an attribute by its name without namespace, "" for none.
func (e *element) attr(name string) string {
	for _, a := range e.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// find returns the first element of a name below e, in the order of the text; nil for
// none.
func (e *element) find(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		c, is := c.(*element)
		if !is {
			continue
		}
		if c.name == name {
			return c
		}
		if found := c.find(name); found != nil {
			return found
		}
	}
	return nil
}

// all calls yield for each element of a name below e; what is in one is not looked at.
func (e *element) all(name string, yield func(*element)) {
	if e == nil {
		return
	}
	for _, c := range e.children {
		c, is := c.(*element)
		switch {
		case !is:
		case c.name == name:
			yield(c)
		default:
			c.all(name, yield)
		}
	}
}

// string returns the text in e.
func (e *element) string() string {
	if e == nil {
		return ""
	}
	var out strings.Builder
	var walk func(*element)
	walk = func(e *element) {
		for _, c := range e.children {
			switch c := c.(type) {
			case string:
				out.WriteString(c)
			case *element:
				walk(c)
			}
		}
	}
	walk(e)
	return out.String()
}

// dublinCore reads the properties that OpenDocument, Word and EPUB files share.
func dublinCore(root *element) Metadata {
	return Metadata{
		Title:    value(root.find("title").string()),
		Author:   authors(root),
		Date:     value(root.find("date").string()),
		Language: languageCode(value(root.find("language").string())),
		Licence:  value(root.find("rights").string()),
	}
}

// authors returns the creators, parted by commas.
func authors(root *element) string {
	var names []string
	root.all("creator", func(e *element) {
		if name := value(e.string()); name != "" {
			names = append(names, name)
		}
	})
	return value(strings.Join(names, ", "))
}
