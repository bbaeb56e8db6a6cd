package worker_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/corpus/extract"
	"verbatim/corpus/extract/worker"
)

// TestMain makes the test binary a worker where it is called as one.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == worker.Command {
		os.Exit(worker.Serve(os.Args[2:], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func word(body string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, s := range map[string]string{"[Content_Types].xml": "<Types/>", "word/document.xml": "<document><body>" + body + "</body></document>"} {
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write([]byte(s))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

const paragraph = "<p><r><t>Un texte</t></r></p>"

func newReader(t *testing.T) *worker.Reader {
	r := &worker.Reader{}
	t.Cleanup(r.Close)
	return r
}

// TestFiles: a worker reads as extract.File does, one file after another, also when many
// ask at once, and its errors are those of package extract.
func TestFiles(t *testing.T) {
	r := newReader(t)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for _, test := range []struct {
				name string
				data []byte
				want error
			}{
				{"a.docx", word(paragraph), nil},
				{"a.txt", []byte("Un texte"), nil},
				{"a.html", []byte("<p>Un texte"), nil},
				{"deep.docx", word(strings.Repeat("<a>", 1000) + strings.Repeat("</a>", 1000)), extract.ErrTooDeep},
				{"empty.docx", word(""), extract.ErrEmpty},
				{"a.rtf", []byte(`{\rtf1}`), extract.ErrRTF},
			} {
				text, err := r.File(t.Context(), test.name, test.data, nil)
				if !errors.Is(err, test.want) || err == nil && strings.TrimSpace(text.Source) != "Un texte" {
					t.Errorf("File(%s) = %q, %v, want %v", test.name, text.Source, err, test.want)
				}
			}
		})
	}
	group.Wait()
}

func TestSidecar(t *testing.T) {
	text, err := newReader(t).File(t.Context(), "a.docx", word(paragraph), []byte("title: Cours"))
	if err != nil || text.Metadata.Title != "Cours" {
		t.Errorf("File = %+v, %v, want the title of the sidecar", text.Metadata, err)
	}
}

// TestTime: a file that takes too long is given up, and the next one is read.
func TestTime(t *testing.T) {
	r := newReader(t)
	if _, err := r.File(t.Context(), "a.docx", word(paragraph), nil); err != nil {
		t.Fatal(err)
	}
	r.Time = time.Nanosecond
	if _, err := r.File(t.Context(), "long.docx", word(strings.Repeat(paragraph, 100_000)), nil); !errors.Is(err, worker.ErrTime) {
		t.Errorf("File = %v, want %v", err, worker.ErrTime)
	}
	r.Time = 0
	if _, err := r.File(t.Context(), "a.docx", word(paragraph), nil); err != nil {
		t.Errorf("File after one that was given up: %v", err)
	}
}

// TestCancel: when the asker is gone, the worker stops.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newReader(t).File(ctx, "a.docx", word(paragraph), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("File = %v, want %v", err, context.Canceled)
	}
}
