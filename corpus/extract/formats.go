package extract

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
)

// A format is a kind of file. Its line in formats and one file of code are all that a
// new one needs.
type format struct {
	name       string
	extensions []string // the first is the usual one
	// is tells the format by the content, nil where nothing in it does.
	is func(data []byte) bool
	// byName: a file that by its content may be of any kind of text is of this format
	// if it has one of its extensions.
	byName bool
	// read reads the content. What it leaves empty in Metadata may be guessed later.
	read func(r *Reader, data []byte) (Text, error)
	// untrusted formats have readers that a hostile file could make run long, take
	// much memory or worse. Package worker reads them in a process of their own.
	untrusted bool
	engine    bool // the format needs what Prepare starts
	byMarkup  bool // the format is text with markup, of which only large files are untrusted
}

var formats = []format{
	{"PDF", []string{".pdf"}, isPDF, false, (*Reader).pdf, true, true, false},
	{"Word", []string{".docx", ".docm", ".dotx"}, isDOCX, false, readDOCX, true, false, false},
	{"OpenDocument", []string{".odt", ".ott", ".fodt"}, isODT, false, readODT, true, false, false},
	{"EPUB", []string{".epub"}, isEPUB, false, readEPUB, true, false, false},
	{"HTML", []string{".html", ".htm", ".xhtml"}, isHTML, true, readHTML, true, false, false},
	{"Markdown", []string{".md", ".markdown"}, nil, true, readMarkdown, false, false, true},
	{"text", []string{".txt"}, nil, true, readPlain, false, false, false},
}

// Names are the formats that are read and their usual extensions, for messages.
func Names() string {
	var names []string
	for _, f := range slices.Backward(formats) {
		names = append(names, f.name+" ("+f.extensions[0]+")")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// Readable reports whether the name of a file is one of those that are read.
func Readable(name string) bool {
	return slices.ContainsFunc(formats, func(f format) bool { return slices.Contains(f.extensions, extensionOf(name)) })
}

func extensionOf(name string) string { return strings.ToLower(path.Ext(name)) }

// formatOf returns the format of a file by its content, and by its name only where that
// does not tell, as Markdown from text.
func formatOf(name string, data []byte) (format, error) {
	for _, f := range formats {
		if f.is != nil && f.is(data) {
			return f, nil
		}
	}
	if err := refusal(name, data); err != nil {
		return format{}, err
	}
	for _, f := range formats {
		if f.byName && slices.Contains(f.extensions, extensionOf(name)) {
			return f, nil
		}
	}
	if Readable(name) {
		return format{}, ErrOther
	}
	return format{}, ErrFormat
}

// Untrusted reports whether a file is of a format that should be read in a process of
// its own.
func Untrusted(name string, data []byte) bool {
	f, err := formatOf(name, data)
	return err == nil && (f.untrusted || f.byMarkup && len(data) > largeMarkup)
}

// largeMarkup is the size in bytes from which on text with markup is read as untrusted
// files are: 4 MB of nothing but markup take some ten seconds, in which time does not grow
// faster than the size.
const largeMarkup = 256 << 10

// A refused kind of file is told by what it begins with.
type refused struct {
	magic  string
	at     int
	reason error
}

var refusedKinds = []refused{
	{"{\\rtf", 0, ErrRTF},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0, ErrOldOffice},
	{"\x89PNG\r\n\x1A\n", 0, ErrImage},
	{"\xFF\xD8\xFF", 0, ErrImage},
	{"GIF87a", 0, ErrImage},
	{"GIF89a", 0, ErrImage},
	{"II*\x00", 0, ErrImage},
	{"MM\x00*", 0, ErrImage},
	{"WEBP", 8, ErrImage},
	{"ftypheic", 4, ErrImage},
	{"ftypavif", 4, ErrImage},
	{"AT&TFORM", 0, ErrImage}, // DjVu
	{"PK\x03\x04", 0, ErrArchive},
	{"PK\x05\x06", 0, ErrArchive},
}

var refusedNames = map[string]error{
	".rtf": ErrRTF, ".doc": ErrOldOffice, ".dot": ErrOldOffice,
	".png": ErrImage, ".jpg": ErrImage, ".jpeg": ErrImage, ".gif": ErrImage, ".tif": ErrImage, ".tiff": ErrImage,
	".webp": ErrImage, ".heic": ErrImage, ".bmp": ErrImage, ".djvu": ErrImage,
}

// refusal returns why a file is refused by what it is, nil if it is not.
func refusal(name string, data []byte) error {
	for _, r := range refusedKinds {
		if len(data) >= r.at && bytes.HasPrefix(data[r.at:], []byte(r.magic)) {
			return r.reason
		}
	}
	return refusedNames[extensionOf(name)]
}

// Refusal returns why no file of this name is read, nil for names of files that are.
func Refusal(name string) error {
	if Readable(name) {
		return nil
	}
	return cmp.Or(refusedNames[extensionOf(name)], error(ErrFormat))
}

// Advice says what to do about a file that is not read because of its name, "" if
// there is nothing to say.
func Advice(name string) string {
	if err := refusedNames[extensionOf(name)]; err != nil {
		return err.Error()
	}
	return ""
}

// NeedsEngine reports whether a file is of a format whose engine Prepare starts.
func NeedsEngine(name string, data []byte) bool {
	f, err := formatOf(name, data)
	return err == nil && f.engine
}
