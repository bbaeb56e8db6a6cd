package reader_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/bot/reader"
	"verbatim/corpus"
)

// patience is how long a test waits for what has to come.
const patience = time.Minute

// before is a store that does something before it reads a part of a text.
type before struct {
	*corpus.Store
	do func()
}

func (b before) Window(ctx context.Context, access corpus.Access, document string, r corpus.Range) (corpus.Window, error) {
	b.do()
	return b.Store.Window(ctx, access, document, r)
}

// with returns a reader with other texts or another base.
func (d *desk) with(base string, texts reader.Texts) *reader.Reader {
	d.t.Helper()
	r, err := reader.New(reader.Options{
		Base: base, Key: []byte(strings.Repeat("k", 32)), Life: reader.DefaultLife, Texts: texts,
		Fault: func(err error) { d.t.Error(err) },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// opening asks for a link as browsers do, without what names the place on the page.
func opening(link string) *http.Request {
	address, _, _ := strings.Cut(link, "#")
	return httptest.NewRequest("GET", address, nil)
}

// ask opens a link without a server, and returns the status.
func ask(r *reader.Reader, link string) int {
	w := httptest.NewRecorder()
	r.ServeHTTP(w, opening(link))
	return w.Code
}

// A slowReader takes a page only when it is told to.
type slowReader struct {
	*httptest.ResponseRecorder
	begun func()
	take  <-chan struct{}
}

func (s slowReader) Write(page []byte) (int, error) {
	s.begun()
	<-s.take
	return s.ResponseRecorder.Write(page)
}

// TestSlowReaders: who takes a page slowly keeps nobody from reading.
func TestSlowReaders(t *testing.T) {
	d := newDesk(t)
	link := d.link(public, d.quotes(d.put("phare.md", phare), "Il monte deux cents marches."))
	take := make(chan struct{})
	var begun, all sync.WaitGroup
	for range 100 {
		begun.Add(1)
		all.Go(func() {
			w := slowReader{httptest.NewRecorder(), begun.Done, take}
			d.reader.ServeHTTP(w, opening(link))
		})
		begun.Wait()
	}
	if got := ask(d.reader, link); got != http.StatusOK {
		t.Errorf("beside slow readers, the status is %d", got)
	}
	close(take)
	all.Wait()
}

// TestBusy: so many pages are made at the same time, and no more.
func TestBusy(t *testing.T) {
	d := newDesk(t)
	link := d.link(public, d.quotes(d.put("phare.md", phare), "Il monte deux cents marches."))
	const most = 16
	var waiting atomic.Int32
	read := make(chan struct{})
	r := d.with(d.url, before{d.texts, func() { waiting.Add(1); <-read }})
	var all sync.WaitGroup
	for range most {
		all.Go(func() {
			if got := ask(r, link); got != http.StatusOK {
				t.Errorf("one of %d: status %d", most, got)
			}
		})
	}
	for begun := time.Now(); waiting.Load() < most; time.Sleep(time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatal("not all read at the same time")
		}
	}
	if got := ask(r, link); got != http.StatusServiceUnavailable {
		t.Errorf("one more: status %d", got)
	}
	close(read)
	all.Wait()
	if got := ask(r, link); got != http.StatusOK {
		t.Errorf("afterwards: status %d", got)
	}
}

// TestReplacedMeanwhile: what has been replaced while its page is made is not shown.
func TestReplacedMeanwhile(t *testing.T) {
	d := newDesk(t)
	link := d.link(public, d.quotes(d.put("phare.md", phare), "Il monte deux cents marches."))
	parts := 0
	r := d.with(d.url, before{d.texts, func() {
		if parts++; parts == 2 {
			d.put("phare.md", strings.Replace(phare, "Anselme", "Barnabé", 1))
		}
	}})
	if got := ask(r, link); got != http.StatusGone || parts != 2 {
		t.Errorf("status %d after %d parts", got, parts)
	}
}

// TestBases: links open below each base, also where a proxy takes its path off.
func TestBases(t *testing.T) {
	d := newDesk(t)
	quotes := d.quotes(d.put("phare.md", phare), "Il monte deux cents marches.")
	for _, path := range []string{"", "/", "/texts", "/a/b/", "/1", "/caf%C3%A9"} {
		r := d.with("https://texts.example"+path, d.texts)
		link := r.Link(public, quotes)
		token := link[strings.LastIndex(link, "/"):]
		for _, address := range []string{link, "https://texts.example" + token} {
			if got := ask(r, address); got != http.StatusOK {
				t.Errorf("below %q, %s is answered %d", path, address, got)
			}
		}
	}
}

// TestServe: each answer of the server has the policy, and it ends when it is told to,
// whoever is connected.
func TestServe(t *testing.T) {
	d := newDesk(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- d.reader.Serve(ctx, listener) }()
	for request, status := range map[string]int{
		"OPTIONS *": 405, "OPTIONS /": 405, "HEAD /": 404, "HEAD /texts/-/reader.css": 200, "TRACE /": 405, "GET /texts/-/%2e%2e/page.html": 404, "PUT /": 405, "GET //": 404,
	} {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		method, _, _ := strings.Cut(request, " ")
		fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: x\r\n\r\n", request)
		answer, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: method})
		if err != nil {
			t.Fatalf("%s: %v", request, err)
		}
		if answer.StatusCode != status || !strings.HasPrefix(answer.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: status %d, %v, want %d and the policy", request, answer.StatusCode, answer.Header, status)
		}
	}
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Error("it does not end")
	}
}
