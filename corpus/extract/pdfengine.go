package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// A pdfEngine is PDFium in a WebAssembly machine, which sees no file and has memory of
// its own. It takes seconds to compile, once for a cache.
type pdfEngine struct {
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

const (
	enginePages = 16_384 // of 64 KiB, the memory of the machine
	engineWait  = time.Minute
)

// Prepare starts what formats need that need an engine, so that no file has to be
// opened later.
func (r *Reader) Prepare() error {
	if r.engine != nil {
		return nil
	}
	e := &pdfEngine{}
	config := wazero.NewRuntimeConfig().WithMemoryLimitPages(enginePages)
	if r.Cache != "" {
		err := os.MkdirAll(r.Cache, 0o700)
		if err == nil {
			e.cache, err = wazero.NewCompilationCacheWithDir(r.Cache)
		}
		if err == nil { // else it is compiled anew, as without a cache
			config = config.WithCompilationCache(e.cache)
		}
	}
	pool, err := webassembly.Init(webassembly.Config{
		MinIdle: 0, MaxIdle: 1, MaxTotal: 1,
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	e.pool = pool
	r.engine = e
	return nil
}

// Close stops what was started. The Reader can be used again.
func (r *Reader) Close() {
	if r.engine == nil {
		return
	}
	r.engine.pool.Close()
	if r.engine.cache != nil {
		r.engine.cache.Close(context.Background())
	}
	r.engine = nil
}

// isPDF tells a PDF, before whose head other bytes may stand.
func isPDF(data []byte) bool {
	return bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-"))
}

// A pdfDocument is an open PDF.
type pdfDocument struct {
	instance pdfium.Pdfium
	ref      references.FPDF_DOCUMENT
	pages    int
}

// open opens a PDF; close it.
func (e *pdfEngine) open(data []byte) (*pdfDocument, error) {
	instance, err := e.pool.GetInstance(engineWait)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	d := &pdfDocument{instance: instance}
	opened, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		instance.Close()
		if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
			return nil, ErrProtected
		}
		return nil, ErrDamaged
	}
	d.ref = opened.Document
	count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil || count.PageCount == 0 {
		d.close()
		return nil, ErrDamaged
	}
	d.pages = count.PageCount
	return d, nil
}

func (d *pdfDocument) close() { d.instance.Close() }

// chars returns the characters of a page in the order of the file.
func (d *pdfDocument) chars(page int) ([]*responses.GetPageTextStructuredChar, error) {
	got, err := d.instance.GetPageTextStructured(&requests.GetPageTextStructured{
		Page:                   requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: page}},
		Mode:                   requests.GetPageTextStructuredModeChars,
		CollectFontInformation: true,
	})
	if err != nil {
		return nil, err
	}
	return got.Chars, nil
}

// label returns the label that the file gives a page, "" for none.
func (d *pdfDocument) label(page int) string {
	got, err := d.instance.FPDF_GetPageLabel(&requests.FPDF_GetPageLabel{Document: d.ref, Page: page})
	if err != nil {
		return ""
	}
	return got.Label
}

// property returns a property of the file, such as "Title", "" for none.
func (d *pdfDocument) property(name string) string {
	got, err := d.instance.FPDF_GetMetaText(&requests.FPDF_GetMetaText{Document: d.ref, Tag: name})
	if err != nil {
		return ""
	}
	return value(got.Value)
}
