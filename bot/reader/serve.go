package reader

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"path"
	"strconv"
	"strings"
	"time"

	"verbatim/corpus"
)

//go:embed page
var pageFiles embed.FS

// policy lets a page load its own style and script and nothing else, and no text become
// code.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; " +
	"frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// Serve serves the reader on a listener until ctx is done. It keeps no log of requests.
func (r *Reader) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           r,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0), // it would name who reads

		DisableGeneralOptionsHandler: true, // whose answers had no policy
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	err := server.Shutdown(closing)
	if err != nil { // who still reads
		err = server.Close()
	}
	<-ended
	return err
}

// ServeHTTP answers the addresses of links, with the path of the base before them or, where
// what stands before this server takes it off, without.
func (r *Reader) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	h := w.Header()
	for name, value := range map[string]string{
		"Content-Security-Policy": policy, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer",
		"X-Content-Type-Options": "nosniff", "X-Robots-Tag": "noindex, nofollow", "Vary": "Accept-Language",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		h.Set(name, value)
	}
	if request.Method != http.MethodGet && request.Method != http.MethodHead {
		h.Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	rest := strings.TrimPrefix(r.below(request.URL.Path), "/")
	if name, ok := strings.CutPrefix(rest, "-/"); ok {
		serveFile(w, request, name)
		return
	}
	page, err := r.work(request, rest)
	switch {
	case err == nil:
		send(w, http.StatusOK, page)
	case errors.Is(err, errBusy):
		h.Set("Retry-After", "5")
		r.refuse(w, request, http.StatusServiceUnavailable, func(w words) string { return w.Busy })
	case errors.Is(err, errNoLink):
		r.refuse(w, request, http.StatusNotFound, func(w words) string { return w.NoLink })
	case errors.Is(err, errExpired):
		r.refuse(w, request, http.StatusGone, func(w words) string { return w.Expired })
	case errors.Is(err, corpus.ErrNotFound):
		r.refuse(w, request, http.StatusForbidden, func(w words) string { return w.Closed })
	case errors.Is(err, corpus.ErrStale):
		r.refuse(w, request, http.StatusGone, func(w words) string { return w.Changed })
	case request.Context().Err() != nil: // nobody waits for it any more
	default:
		r.options.Fault(err)
		r.refuse(w, request, http.StatusInternalServerError, func(w words) string { return w.Failed })
	}
}

// below returns a path without that of the base before it.
func (r *Reader) below(path string) string {
	if rest, ok := strings.CutPrefix(path, r.path); ok && (rest == "" || rest[0] == '/') {
		return rest
	}
	return path
}

var errBusy = errors.New("too many pages are made at the moment")

// work makes the page of a link. No place is held while the page is sent: who reads slowly
// would hold it.
func (r *Reader) work(request *http.Request, token string) (page, error) {
	select {
	case r.working <- struct{}{}:
		defer func() { <-r.working }()
	default:
		return page{}, errBusy
	}
	ctx, cancel := context.WithTimeout(request.Context(), maxWork)
	defer cancel()
	v, err := r.view(ctx, token, request)
	if err != nil {
		return page{}, err
	}
	return draw(v)
}

// maxWork is how long making a page takes at most.
const maxWork = 20 * time.Second

var fileTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}

func serveFile(w http.ResponseWriter, request *http.Request, name string) {
	kind, known := fileTypes[path.Ext(name)]
	data, err := fs.ReadFile(pageFiles, path.Join("page", path.Base(name)))
	if err != nil || !known || strings.Contains(name, "/") {
		http.NotFound(w, request)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(data) // a page that went away
}

var pages = template.Must(template.ParseFS(pageFiles, "page/*.html"))

// A page is what is sent.
type page struct {
	html     []byte
	language string
}

func draw(v view) (page, error) {
	var html bytes.Buffer
	err := pages.ExecuteTemplate(&html, "page.html", v)
	return page{html.Bytes(), v.Words.Language}, err
}

func (r *Reader) refuse(w http.ResponseWriter, request *http.Request, status int, text func(words) string) {
	said := wordsFor(request)
	p, err := draw(view{Words: said, Refusal: text(said), Title: said.Refused})
	if err != nil {
		r.options.Fault(err)
		http.Error(w, http.StatusText(status), status)
		return
	}
	send(w, status, p)
}

func send(w http.ResponseWriter, status int, p page) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", p.language)
	w.Header().Set("Content-Length", strconv.Itoa(len(p.html)))
	w.WriteHeader(status)
	_, _ = w.Write(p.html) // a page that went away
}
