package playground

import (
	"embed"
	"encoding/json"
	"io/fs"
	"mime"
	"net"
	"net/http"
	"strings"

	"verbatim/bot/fakediscord"
)

//go:embed page
var pageFiles embed.FS

// policy lets the page load its own files and nothing else, and no text become code.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

func (p *Playground) handler() http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // only for a path that is not valid
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, files, "index.html") })
	mux.Handle("GET /page/", http.StripPrefix("/page/", http.FileServerFS(files)))
	mux.HandleFunc("GET /files/{id}/{name}", p.serveFile)
	mux.HandleFunc("GET /api/people", func(w http.ResponseWriter, _ *http.Request) { p.write(w, http.StatusOK, p.viewPeople()) })
	mux.HandleFunc("GET /api/world", p.as(p.world))
	mux.HandleFunc("GET /api/messages", p.as(p.messages))
	mux.HandleFunc("GET /api/commands", p.as(p.commands))
	mux.HandleFunc("POST /api/do", p.as(p.do))
	mux.HandleFunc("GET /api/events", p.events)
	mux.HandleFunc("GET /api/wire", p.wire)
	if p.texts != nil {
		mux.Handle("GET /texts/", http.StripPrefix("/texts", p.texts))
	}
	return p.guarded(http.StripPrefix("/"+p.secret, mux))
}

// guarded lets through who knows the secret, and asks this machine by its address: a name
// that points here could be another page's.
func (p *Playground) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		host, _, err := net.SplitHostPort(r.Host)
		site := r.Header.Get("Sec-Fetch-Site") // "" from clients that are no browsers
		switch {
		case err != nil || host != "127.0.0.1" && host != "localhost",
			!strings.HasPrefix(r.URL.Path, "/"+p.secret+"/"),
			r.Method != http.MethodGet && site != "" && site != "same-origin":
			http.NotFound(w, r)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// as finds the person of a request, and writes what the function returns as JSON.
func (p *Playground) as(answer func(*fakediscord.Person, *http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		person, ok := p.person(r)
		if !ok {
			p.write(w, http.StatusNotFound, refusal{"there is no such person"})
			return
		}
		result, err := answer(person, r)
		if err != nil {
			p.write(w, http.StatusUnprocessableEntity, refusal{reason(err)})
			return
		}
		p.write(w, http.StatusOK, result)
	}
}

// person returns who looks or acts; nobody speaks as the bot.
func (p *Playground) person(r *http.Request) (*fakediscord.Person, bool) {
	return p.discord.Person(r.URL.Query().Get("as"))
}

type refusal struct {
	Error string `json:"error"`
}

// reason is what the page shows of an error.
func reason(err error) string {
	return strings.TrimPrefix(err.Error(), fakediscord.ErrRefused.Error()+": ")
}

func (p *Playground) write(w http.ResponseWriter, status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		p.log.Error("answer the page", "err", err)
		status, body = http.StatusInternalServerError, []byte(`{"error":"the playground can't write its answer"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // a page that went away
}

// shownFiles are the types of files that the browser may show; all others it saves, since
// a file of a person may hold anything.
var shownFiles = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

func (p *Playground) serveFile(w http.ResponseWriter, r *http.Request) {
	f, ok := p.discord.File(r.PathValue("id"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	kind := http.DetectContentType(f.Data)
	if !shownFiles[kind] {
		kind = "application/octet-stream"
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": f.Name}))
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(f.Data) // a page that went away
}
