// Package extract reads the bytes of a file into a source text with marks: where
// headings, pages and notes stand in it, and what is known about the document.
//
// There is one file per format. What the markup of a format does not say is inferred
// from the look of the text (look.go and what it calls): page numbers and running
// lines, footnotes and their calls, headings, words parted at a line end. Nothing is
// changed for it; the marks say which bytes are no part of what a reader reads on:
//
//	source text   … le Premier\n\n1. Rapport de 2008.\n\n48\n\nsecrétaire …
//	notes                         [----------------]
//	skipped                 [----]                  [------]
//	what is read  … le Premier secrétaire …
//
// Sentences, passages and languages are the work of package corpus. This package
// reads nothing but the bytes it is given, and keeps none of them.
package extract

import (
	"bytes"
	"fmt"
	"strings"
)

// Version changes whenever the same bytes may give another Text, so that texts
// read by an older program are read again.
const Version = 8

// MaxBytes is the size of the largest file that is read.
const MaxBytes = 512 << 20

// A Text is what was read from a file: its source text and the marks in it. All
// offsets are byte offsets in Source; the marks of each kind ascend and do not
// overlap.
type Text struct {
	Source   string // valid UTF-8 in Unicode normalisation form C
	Metadata Metadata
	Headings []Heading
	Pages    []Page
	Notes    []Note
	Calls    []Call
	Skipped  []Range // bytes that are no part of the text, such as front matter and page numbers

	// What the first lines seem to say, for metadata that nothing states, and the language
	// that a format's markup states: programs write their own there. Confidence is in
	// [0,1].
	Guessed []Guess
}

// A Guess is a field of Metadata as the look of a text suggests it.
type Guess struct {
	Field      string // "title", "author", "date" or "language"
	Value      string
	Confidence float64
}

// A Range is the bytes of a source text from Start up to, not including, End.
type Range struct{ Start, End int }

// Len returns the number of bytes in r.
func (r Range) Len() int { return r.End - r.Start }

// A Heading is a line that names the section below it. Level 1 is the outermost.
type Heading struct {
	Range
	Level int
}

// A Page says that the text from Sure on stands on the page with this printed label,
// up to the next Page. The page begins between At and Sure; where it is known to begin
// they are the same. A page comes twice where a note that goes on over several pages stands
// before the text of them.
//
// File is the number of the page in the file, from 1, in formats that have pages of their
// own; 0 in others. Label is the same where nothing says how the page is labelled.
type Page struct {
	At, Sure int
	Label    string
	File     int
}

// A Note is the body of a footnote, without its label. Skipped ranges may lie in it.
type Note struct {
	Range
	Label string // such as "3" or "*"; "8–9" for notes that can't be told apart
}

// A Call is where the text refers to a note. Its Range is empty where the format's
// markup for it was taken out of the source text.
type Call struct {
	Range
	Label string
	Note  int // index of the note in Notes, -1 if it has no body
}

// Metadata is what a document says about itself; absent fields are empty.
type Metadata struct {
	Title    string
	Author   string
	Date     string // as written, often a year or an ISO 8601 date
	Language string // ISO 639-1, such as "fr"
	Course   string
	Licence  string
	Link     string
}

// A Reader reads files. It starts what formats need when the first file needs it, and
// keeps it until Close. The zero value is ready; it is for one goroutine at a time.
type Reader struct {
	Cache  string // folder in which the compiled PDF engine is kept, "" for none
	engine *pdfEngine
}

// File reads one file in this process. It starts the engine of a format anew each time:
// for many files use a Reader, for files of others package worker.
func File(name string, data, sidecar []byte) (Text, error) {
	var r Reader
	defer r.Close()
	return r.File(name, data, sidecar)
}

// markupSays is the confidence in the language that markup states.
const markupSays = 0.5

// File reads a file by its content; of text the extension of its name says whether it
// is Markdown. The sidecar, nil for none, holds metadata in YAML that stands beside the
// file and goes before its own.
func (r *Reader) File(name string, data, sidecar []byte) (Text, error) {
	if len(data) > MaxBytes {
		return Text{}, ErrTooLarge
	}
	if len(bytes.TrimSpace(data)) == 0 && Readable(name) {
		return Text{}, ErrEmpty
	}
	f, err := formatOf(name, data)
	if err != nil {
		return Text{}, err
	}
	text, err := f.read(r, data)
	if err != nil {
		return Text{}, err
	}
	if strings.TrimSpace(text.Source) == "" {
		return Text{}, ErrEmpty
	}
	if f.untrusted && text.Metadata.Language != "" {
		text.Guessed = append(text.Guessed, Guess{"language", text.Metadata.Language, markupSays})
		text.Metadata.Language = ""
	}
	beside, err := parseMetadata(sidecar)
	if err != nil {
		return Text{}, fmt.Errorf("its sidecar: %w", err)
	}
	text.Metadata = beside.over(text.Metadata)
	text.look()
	return text, nil
}
