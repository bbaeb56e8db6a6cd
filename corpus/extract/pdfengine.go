package extract

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
)

// A pdfEngine is PDFium in a WebAssembly machine, which sees no file and has memory of
// its own. It takes seconds to compile, once for a cache.
type pdfEngine struct {
	pool  pdfium.Pool
	cache wazero.CompilationCache
}

const engineWait = time.Minute

// enginePages is the memory of the machine, in pages of 64 KiB.
var enginePages uint32 = 16_384

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
