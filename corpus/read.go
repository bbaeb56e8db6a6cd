package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path"
	"strings"

	"verbatim/corpus/extract"
)

// readerVersion changes whenever the same file may become another Draft.
const readerVersion = 1

// A Draft is a document that has been read but not stored.
type Draft struct {
	Name     string // path below its folder, with slashes
	Origin   string // the folder
	Content  string // hash of all that the draft was made from, and of the reader's version
	Revision string // hexadecimal SHA-256 of Source
	Source   string // the source text
	Metadata
	Passages []Passage
}

// Read makes a draft of a file. Sidecar is the content of a YAML file with metadata
// that stands beside it, nil for none. An error names the file and what to do.
func Read(file File) (Draft, error) {
	text, err := extract.File(file.Name, file.Data, file.Sidecar)
	if err != nil {
		return Draft{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	return newDraft(file, text), nil
}

func newDraft(file File, text extract.Text) Draft {
	d := Draft{
		Name:     file.Name,
		Origin:   file.Origin,
		Content:  file.contentHash(),
		Source:   text.Source,
		Metadata: text.Metadata,
		Passages: cutPassages(text),
	}
	sum := sha256.Sum256([]byte(d.Source))
	d.Revision = hex.EncodeToString(sum[:])
	if d.Title == "" {
		d.Title = titleOf(file.Name, text)
	}
	if d.Language == "" {
		d.Language = Language(text.Source)
	}
	return d
}

// titleOf returns the text's first heading if that is an outermost one, or else
// the file's name.
func titleOf(name string, text extract.Text) string {
	if len(text.Headings) > 0 && text.Headings[0].Level == 1 {
		h := text.Headings[0]
		return strings.Join(strings.Fields(text.Source[h.Start:h.End]), " ")
	}
	base := path.Base(name)
	return strings.TrimSuffix(base, path.Ext(base))
}

// contentHash tells whether a file would give the same draft as before.
func (f File) contentHash() string {
	h := sha256.New()
	fmt.Fprintf(h, "%d.%d\n%s\n%d %d\n", readerVersion, extract.Version, f.Name, len(f.Data), len(f.Sidecar))
	h.Write(f.Data)
	h.Write(f.Sidecar)
	return hex.EncodeToString(h.Sum(nil))
}
