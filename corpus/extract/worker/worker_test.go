package worker_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"runtime"
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
		os.Exit(worker.ServeWith(os.Args[2:], os.Stdin, os.Stdout, workerMemory, misread))
	}
	os.Exit(m.Run())
}

// misread reads files, but those of some names as a broken worker would.
func misread(r *extract.Reader, name string, data, sidecar []byte) (extract.Text, error) {
	switch strings.TrimSuffix(name, ".docx") {
	case "hangs":
		select {}
	case "crashes":
		var nothing *extract.Text
		return *nothing, nil
	case "leaves":
		os.Exit(0)
	case "writes":
		for range 1000 {
			os.Stdout.Write(bytes.Repeat([]byte("\xFF"), 1<<20))
		}
	case "lies":
		return extract.Text{Source: "Un texte", Notes: []extract.Note{{Range: extract.Range{Start: 5, End: 5000}, Label: "1"}}}, nil
	case "takes":
		var all [][]byte
		for {
			all = append(all, bytes.Repeat([]byte("x"), 64<<20))
			runtime.KeepAlive(all)
		}
	}
	return r.File(name, data, sidecar)
}

// TestBrokenWorker: whatever becomes of a worker, its file gets an error in bounded time,
// and the next one is read.
func TestBrokenWorker(t *testing.T) {
	r := newReader(t)
	for _, test := range []struct {
		name string
		want error
		time time.Duration
	}{
		{"hangs.docx", extract.ErrTime, 100 * time.Millisecond},
		{"crashes.docx", extract.ErrMemory, 0},
		{"leaves.docx", extract.ErrMemory, 0},
		{"writes.docx", extract.ErrMemory, 0},
		{"lies.docx", extract.ErrMemory, 0},
		{"takes.docx", extract.ErrMemory, 0},
	} {
		r.Time = test.time
		if _, err := r.File(t.Context(), test.name, word(paragraph), nil); !errors.Is(err, test.want) {
			t.Errorf("File(%s) = %v, want %v", test.name, err, test.want)
		}
		r.Time = 0
		if text, err := r.File(t.Context(), "a.docx", word(paragraph), nil); err != nil || strings.TrimSpace(text.Source) != "Un texte" {
			t.Errorf("File(a.docx) after %s = %q, %v", test.name, text.Source, err)
		}
	}
}

// TestCancelWhileReading: when the asker goes while a file is read, the worker stops.
func TestCancelWhileReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r := newReader(t)
	if _, err := r.File(ctx, "a.docx", word(paragraph), nil); err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(50*time.Millisecond, cancel)
	if _, err := r.File(ctx, "hangs.docx", word(paragraph), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("File = %v, want %v", err, context.Canceled)
	}
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
	if _, err := r.File(t.Context(), "long.docx", word(strings.Repeat(paragraph, 100_000)), nil); !errors.Is(err, extract.ErrTime) {
		t.Errorf("File = %v, want %v", err, extract.ErrTime)
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
