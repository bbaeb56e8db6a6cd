package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// readerVersion changes whenever the same file may become another Draft.
const readerVersion = 5

// A Draft is a document that has been read but not stored.
type Draft struct {
	Name     string // of the document: for a file of a folder its path below that, with slashes
	Origin   string // the folder
	File     string // path of the file below the folder, with slashes
	Content  string // hash of all that the draft was made from, and of the reader's version
	Revision string // hexadecimal SHA-256 of Source
	Source   string // the source text
	Metadata
	Chosen   *string // the course that a moderator sorts it into, whatever Course, which the file states; nil for none chosen
	Passages []Passage
	Quiet    []Range // what a quote may jump over without a sign, by starts; some lie in others

	document string // ID of the document whose text it becomes, "" for the one of its name
	moved    bool   // the file of that document is another now
	renames  bool   // that document gets its name
	instead  string // revision of the text of File, where this is another that a moderator gave
}

// An Extractor reads the bytes of a file as extract.File does. The one of package
// worker does it for files of others, in a process of its own.
type Extractor interface {
	File(ctx context.Context, name string, data, sidecar []byte) (extract.Text, error)
}

// InProcess is the Extractor that reads in this process, for files that are trusted.
type InProcess struct{}

// File implements Extractor.
func (InProcess) File(_ context.Context, name string, data, sidecar []byte) (extract.Text, error) {
	return extract.File(name, data, sidecar)
}

// Read is ReadWith for a file that is trusted.
func Read(file File) (Draft, error) { return ReadWith(context.Background(), InProcess{}, file) }

// ReadWith makes a draft of a file. An error names the file and what to do, unless it is
// one of ctx.
func ReadWith(ctx context.Context, x Extractor, file File) (Draft, error) {
	if err := checkName(file.Name); err != nil {
		return Draft{}, fmt.Errorf("%.80q: the path %w", file.Name, err)
	}
	text, err := x.File(ctx, file.Name, file.Data, file.Sidecar)
	if err != nil {
		return Draft{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	return newDraft(file, text), nil
}

func newDraft(file File, text extract.Text) Draft {
	d := Draft{
		Name:     file.Name,
		Origin:   file.Origin,
		File:     file.Name,
		Content:  file.contentHash(),
		Source:   text.Source,
		Metadata: text.Metadata,
		Quiet:    quietRanges(text),
	}
	sum := sha256.Sum256([]byte(d.Source))
	d.Revision = hex.EncodeToString(sum[:])
	if d.Title == "" {
		d.Title = titleOf(file.Name, text)
	}
	if d.Language == "" {
		d.Language = Language(text.Source)
	}
	if d.Course == "" {
		d.Course = file.Course
	}
	d.guess(text.Guessed)
	if d.Language == "" {
		d.Language = likelyLanguage(text.Source)
	}
	d.Passages = cutPassages(text, d.Language)
	return d
}

// sureEnough is the confidence from which on what the first lines seem to say is taken
// as metadata.
const sureEnough = 0.5

// guess fills in author, date and language where nothing states or tells them.
func (d *Draft) guess(guessed []extract.Guess) {
	for _, g := range guessed {
		if g.Confidence < sureEnough {
			continue
		}
		switch {
		case g.Field == "author" && d.Author == "":
			d.Author = g.Value
		case g.Field == "date" && d.Date == "":
			d.Date = g.Value
		case g.Field == "language" && d.Language == "":
			d.Language = g.Value
		}
	}
}

// maxName is the length in bytes of the longest name of a document.
const maxName = 500

// checkName refuses names that not every database can hold.
func checkName(name string) error {
	switch {
	case len(name) > maxName:
		return fmt.Errorf("has %d bytes, and can have %d: make it shorter", len(name), maxName)
	case !utf8.ValidString(name):
		return errors.New("is not valid UTF-8: write it in UTF-8")
	case strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("holds a control character: take it out")
	}
	return nil
}

// titleOf returns the text's first heading if that is an outermost one, or else
// the file's name.
func titleOf(name string, text extract.Text) string {
	if title := titleGuess(text); title != "" {
		return shorten(title)
	}
	base := path.Base(name)
	return shorten(strings.TrimSuffix(base, path.Ext(base)))
}

// contentHash tells whether a file would give the same draft as before.
func (f File) contentHash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d.%d\n%s\n%d %d\n", readerVersion, extract.Version, f.Name, len(f.Data), len(f.Sidecar))
	h.Write(f.Data)
	h.Write(f.Sidecar)
	if f.Course != "" {
		fmt.Fprintf(h, "\ncourse %s", f.Course)
	}
	return hex.EncodeToString(h.Sum(nil))
}
