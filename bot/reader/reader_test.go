package reader_test

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"verbatim/bot/reader"
	"verbatim/config/database"
	"verbatim/corpus"
)

const (
	guild   = "112233445566778899"
	channel = "223344556677889900"
	tutors  = "334455667788990011"
)

// A desk is a reader with texts, and who opens its links.
type desk struct {
	t      *testing.T
	texts  *corpus.Store
	reader *reader.Reader
	url    string
	now    time.Time
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "verbatim.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	d := &desk{t: t, texts: corpus.NewStore(db, time.Now), now: time.Now()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { d.reader.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	d.url = server.URL + "/texts"
	d.reader = d.withKey(strings.Repeat("k", 32))
	return d
}

func (d *desk) withKey(key string) *reader.Reader {
	d.t.Helper()
	r, err := reader.New(reader.Options{
		Base: d.url + "/", Key: []byte(key), Life: reader.DefaultLife, Texts: d.texts,
		Now: func() time.Time { return d.now }, Fault: func(err error) { d.t.Error(err) },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return r
}

// put stores a text and returns it.
func (d *desk) put(name, content string) corpus.Document {
	d.t.Helper()
	draft, err := corpus.Read(corpus.File{Name: name, Data: []byte(content)})
	if err != nil {
		d.t.Fatal(err)
	}
	if _, err := d.texts.Put(d.t.Context(), guild, []corpus.Draft{draft}, false); err != nil {
		d.t.Fatal(err)
	}
	document, err := d.texts.DocumentNamed(d.t.Context(), corpus.Everything(guild), name)
	if err != nil {
		d.t.Fatal(err)
	}
	return document
}

// quotes returns references to words of a text, one each.
func (d *desk) quotes(document corpus.Document, words ...string) []corpus.Reference {
	d.t.Helper()
	source, err := d.texts.Text(d.t.Context(), corpus.Everything(guild), document.ID, corpus.Range{End: document.Bytes})
	if err != nil {
		d.t.Fatal(err)
	}
	var all []corpus.Reference
	for _, w := range words {
		at := strings.Index(source, w)
		if at < 0 {
			d.t.Fatalf("%q is not in the text", w)
		}
		all = append(all, corpus.Reference{Document: document.ID, Revision: document.Revision, Ranges: []corpus.Range{{Start: at, End: at + len(w)}}})
	}
	return all
}

// public is the ground of a reply that all read in a channel.
var public = reader.Ground{Guild: guild, Asker: corpus.Asker{Channels: []string{channel}, Public: true}}

func (d *desk) link(g reader.Ground, quotes []corpus.Reference) string {
	d.t.Helper()
	link := d.reader.Link(g, quotes)
	if !strings.HasPrefix(link, d.url+"/1.") {
		d.t.Fatalf("the link is %q", link)
	}
	return link
}

// open reads an address, and checks the status.
func (d *desk) open(link string, status int, header ...string) (string, *http.Response) {
	d.t.Helper()
	request, err := http.NewRequestWithContext(d.t.Context(), "GET", link, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		request.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		d.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	if answer.StatusCode != status {
		d.t.Errorf("%s: status %d, want %d: %s", link, answer.StatusCode, status, words(string(body)))
	}
	return string(body), answer
}

var (
	mains = regexp.MustCompile(`(?s)<main[^>]*>(.*)</main>`)
	tags  = regexp.MustCompile(`<[^>]*>`)
)

// words returns what is to be read of the text on a page.
func words(page string) string {
	if found := mains.FindStringSubmatch(page); found != nil {
		page = found[1]
	}
	return html.UnescapeString(tags.ReplaceAllString(page, ""))
}

const phare = "---\ntitle: Le phare\nauthor: A. Gardien\nlanguage: fr\nlink: https://example.org/phare\n---\n" +
	"<!-- page 12 -->\n\n# La lampe\n\nLe gardien Anselme allume la lampe du phare à la tombée de la nuit.[^1] Il monte deux cents marches.\n\n" +
	"<!-- page 13 -->\n\n# Le bateau\n\nLe bateau de ravitaillement vient le mardi. Il apporte de l'huile.\n\n[^1]: Selon le registre du port.\n"

// TestPage opens a quote in its text.
func TestPage(t *testing.T) {
	d := newDesk(t)
	link := d.link(public, d.quotes(d.put("phare.md", phare), "Il monte deux cents marches.", "Le bateau de ravitaillement vient le mardi."))
	page, _ := d.open(link, 200)
	for _, want := range []string{
		`<h1 lang="fr" dir="auto">Le phare</h1>`, "A. Gardien", `<p class="section" lang="fr" dir="auto">La lampe</p>`, `href="https://example.org/phare"`,
		`<span id="quote"></span><mark id="quote-1" class="here">Il monte deux cents marches.</mark>`, `<mark id="quote-2">Le bateau`,
		`<span class="page">p. 12</span>`, `<span class="page">p. 13</span>`, `href="#note-`, "<b>1</b> Selon le registre du port.", ">Quote 1 of 2<", `rel="next" href="?hit=2#quote"`,
		"The text begins here.", "The text ends here.",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	for _, unwanted := range []string{"<!-- page", "[^1]", "author:", "# La lampe", "<script>", "Set-Cookie"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("the page shows %s", unwanted)
		}
	}
	second, _ := d.open(strings.TrimSuffix(link, "#quote")+"?hit=2#quote", 200, "Accept-Language", "es-MX,es;q=0.9")
	for _, want := range []string{`<span id="quote"></span><mark id="quote-2" class="here">`, "Cita 2 de 2", `rel="prev" href="?hit=1#quote"`, `<html lang="es">`} {
		if !strings.Contains(second, want) {
			t.Errorf("the page of the second quote lacks %s", want)
		}
	}
}

// TestRefusals opens what is not, or no longer, to be seen.
func TestRefusals(t *testing.T) {
	d := newDesk(t)
	document := d.put("phare.md", strings.Replace(phare, "language: fr", "language: fr\ncourse: Phares", 1))
	quotes := d.quotes(document, "Il monte deux cents marches.")
	link := d.link(public, quotes)
	private := d.link(reader.Ground{Guild: guild, Asker: corpus.Asker{Roles: []string{tutors}}}, quotes)
	elsewhere := d.link(reader.Ground{Guild: guild, Asker: corpus.Asker{Channels: []string{"1"}, Public: true}}, quotes)
	shut := func(roles, channels []string) func() {
		return func() {
			if err := d.texts.SetLimits(t.Context(), guild, "Phares", &corpus.Limits{Roles: roles, Channels: channels}); err != nil {
				t.Fatal(err)
			}
		}
	}
	nothing := func() {}
	token := strings.TrimSuffix(strings.TrimPrefix(link, d.url+"/"), "#quote")
	for _, test := range []struct {
		name    string
		before  func()
		link    string
		status  int
		says    string
		letters string // Accept-Language
	}{
		{"as it is", nothing, link, 200, "marches", ""},
		{"nothing", nothing, d.url + "/", 404, "no link", ""},
		{"a part of it", nothing, link[:len(link)-9], 404, "no link", ""},
		{"another document", nothing, strings.Replace(link, "."+document.ID+".", ".2-0.", 1), 404, "no link", ""},
		{"another end", nothing, strings.Replace(link, ".c-", ".e-", 1), 404, "no link", ""},
		{"of another key", nothing, d.withKey(strings.Repeat("x", 32)).Link(public, quotes), 404, "no link", ""},
		{"below another address", nothing, strings.Replace(d.url, "/texts", "/", 1) + token, 200, "marches", ""},
		{"of another guild", nothing, d.link(reader.Ground{Guild: "998877665544332211", Asker: public.Asker}, quotes), 403, "can’t be shown", ""},
		{"limited to its channel", shut(nil, []string{channel}), link, 200, "marches", ""},
		{"limited to a channel, from another", nothing, elsewhere, 403, "can’t be shown", ""},
		{"limited to a channel, in private", nothing, private, 403, "ne peut pas être affiché", "fr"},
		{"limited to the role", shut([]string{tutors}, nil), private, 200, "marches", ""},
		{"limited to a role, before all", nothing, link, 403, "no se puede mostrar", "es"},
		{"open again", func() {
			if err := d.texts.SetLimits(t.Context(), guild, "Phares", nil); err != nil {
				t.Fatal(err)
			}
		}, link, 200, "marches", ""},
		{"after a day, by a role", func() { d.now = d.now.Add(25 * time.Hour) }, private, 410, "has ended", ""},
		{"after a day", nothing, link, 200, "marches", ""},
		{"removed", func() {
			if err := d.texts.Remove(t.Context(), guild, document.ID); err != nil {
				t.Fatal(err)
			}
		}, link, 403, "can’t be shown", ""},
		{"restored", func() {
			if err := d.texts.Restore(t.Context(), guild, document.ID); err != nil {
				t.Fatal(err)
			}
		}, link, 200, "marches", ""},
		{"replaced", func() { d.put("phare.md", "Le gardien dort.") }, link, 410, "replaced", ""},
		{"by a clock that was set back", func() { d.now = d.now.Add(-365 * 24 * time.Hour) }, link, 410, "has ended", ""},
		{"by a clock that was set right again", func() { d.now = d.now.Add(365 * 24 * time.Hour) }, link, 410, "replaced", ""},
		{"after its end", func() { d.now = d.now.Add(reader.DefaultLife) }, link, 410, "a expiré", "fr-CA"},
	} {
		test.before()
		page, answer := d.open(test.link, test.status, "Accept-Language", test.letters)
		if !strings.Contains(page, test.says) || test.status != 200 && (strings.Contains(page, "Anselme") || strings.Contains(page, "phare")) {
			t.Errorf("%s: the page says %s, want %q", test.name, words(page), test.says)
		}
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'", "Cache-Control": "no-store",
			"Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
		} {
			if got := answer.Header.Get(name); !strings.HasPrefix(got, want) || len(answer.Cookies()) > 0 {
				t.Errorf("%s: %s is %q, want %q", test.name, name, got, want)
			}
		}
	}
	for path, status := range map[string]int{"/-/reader.css": 200, "/-/reader.js": 200, "/-/page.html": 404, "/-/../serve.go": 404, "/-/x.css": 404} {
		d.open(d.url+path, status)
	}
	answer, err := http.Post(link, "text/plain", strings.NewReader("x"))
	if err != nil || answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("a POST is answered %v, %v", answer, err)
	}
	answer.Body.Close()
}

// TestScan shows a text with its own page numbers, notes and line ends.
func TestScan(t *testing.T) {
	d := newDesk(t)
	document := d.put("scan.txt", "Le gardien du phare écrit chaque soir dans le registre, à la lumière de la lampe, ce qu'il a vu de la mer et des navires¹. "+
		"Il compte les voiles et les fumées, et note le vent qui tourne. Le registre tient un\n\n12\n\n1. Voir Jeanne Le Goff, *Les Feux du large*, Brest, 1911, p. 45.\n\n"+
		"compte exact des tempêtes, que l'on conserve encore aux archives du port. On y lit le nom des navires.\n\n"+
		"13 Un second gardien vint avec l'électricité. Il fit tomber le nombre des veilles de six à deux par nuit, et vendit la vieille lam-\npe aux pêcheurs de l'île. L'enquête de 1903 compte quatre familles vivant sur le rocher\n\n14\n\n"+
		"et décrit leurs jardins. La tempête détruisit le quai et trente barques, ce que personne n'aurait cru possible.\n\n"+
		"Le vent du nord\nsouffle encor\nsur le port\nqui s'endort\n")
	page, _ := d.open(d.link(public, d.quotes(document, "Il compte les voiles")), 200)
	for name, want := range map[string]string{
		"a word over a line end": "la vieille lampe aux pêcheurs", "a call": `des navires<sup><a id="call-`, "a note": `class="note`,
		"a page number": `<span class="quiet">12`, "verse": `class=" lines">Le vent du nord`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("%s: the page lacks %s:\n%s", name, want, page[strings.Index(page, "<main"):])
		}
	}
}

// TestNoLink: for what has no form in an address, there is no link.
func TestNoLink(t *testing.T) {
	d := newDesk(t)
	quotes := d.quotes(d.put("phare.md", phare), "Il monte deux cents marches.")
	many := make([]corpus.Range, 300)
	for i := range many {
		many[i] = corpus.Range{Start: 10 * i, End: 10*i + 5}
	}
	for _, test := range []struct {
		name   string
		ground reader.Ground
		quotes []corpus.Reference
	}{
		{"no quotes", public, nil},
		{"a guild with a dot", reader.Ground{Guild: "a.b"}, quotes},
		{"a channel with a sign", reader.Ground{Guild: guild, Asker: corpus.Asker{Channels: []string{"1+2"}}}, quotes},
		{"too long", public, []corpus.Reference{{Document: quotes[0].Document, Revision: quotes[0].Revision, Ranges: many}}},
	} {
		if got := d.reader.Link(test.ground, test.quotes); got != "" {
			t.Errorf("%s: the link is %s, want none", test.name, got)
		}
	}
}

// TestQuoteLimit: no more is shown than may be quoted, whatever is asked for.
func TestQuoteLimit(t *testing.T) {
	d := newDesk(t)
	var text strings.Builder
	text.WriteString("---\nlicence: Short quotes\n---\n")
	for i := range 200 {
		fmt.Fprintf(&text, "Le gardien numéro %d écrit dans son journal que la mer était calme. Il y a ô, ô, ô, à, y, a, ô, ô, ô. ", i)
	}
	document := d.put("journal.md", text.String())
	quote := d.quotes(document, "Le gardien numéro 100 écrit dans son journal que la mer était calme.")
	link := strings.TrimSuffix(d.link(public, quote), "#quote")
	for _, most := range []int{50, 68, 69, 200, 3000} {
		if err := d.texts.SetQuoteLimit(t.Context(), guild, corpus.QuoteLimit{Licence: "short quotes", Runes: most}); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"", "?hit=1", "?hit=7", "?from=0", "?to=5000", "?from=-3&hit=x"} {
			page, _ := d.open(link+query, 200)
			shown := strings.TrimSpace(words(page))
			n := utf8.RuneCountInString(shown)
			if n > most || n < min(most, 68)*3/4 || !strings.Contains(shown, "Le gardien numéro 100 écrit dans son journal"[:min(most-8, 40)]) {
				t.Errorf("of %d characters, %q shows %d: %s", most, query, n, shown)
			}
			if strings.Contains(page, "?from=") || strings.Contains(page, "?to=") || !strings.Contains(page, fmt.Sprintf("no more than %d characters", most)) {
				t.Errorf("of %d characters, %q leads to more, or does not say why it shows so little", most, query)
			}
		}
	}
}

// TestPagesOn follows a long text from page to page in both directions: each page is short,
// and together they are the text.
func TestPagesOn(t *testing.T) {
	d := newDesk(t)
	var text strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&text, "Le paragraphe %d parle de la mer, du vent d'ouest et de la lampe qui tourne.\n\n", i)
	}
	text.WriteString(strings.Repeat("é", 20_000)) // which has no place to cut
	document := d.put("long.txt", text.String())
	link := strings.TrimSuffix(d.link(public, d.quotes(document, "Le paragraphe 500 parle")), "#quote")
	ways := map[string]*regexp.Regexp{"before": regexp.MustCompile(`href="(\?to=\d+)#end"`), "after": regexp.MustCompile(`href="(\?from=\d+)"`)}
	middle, _ := d.open(link, 200)
	if shown := strings.TrimSpace(words(middle)); !strings.HasPrefix(shown, "Le paragraphe") || !strings.HasSuffix(shown, "la lampe qui tourne.") {
		t.Errorf("the page does not begin and end with a paragraph: %s … %s", shown[:40], shown[len(shown)-40:])
	}
	whole := squeezed(words(middle))
	for way, pattern := range ways {
		page := middle
		for n := 0; ; n++ {
			next := pattern.FindStringSubmatch(page)
			if next == nil {
				break
			}
			if n > 100 {
				t.Fatalf("there is no end %s", way)
			}
			if page, _ = d.open(link+html.UnescapeString(next[1]), 200); len(page) > 64<<10 {
				t.Errorf("a page has %d bytes", len(page))
			}
			if way == "before" {
				whole = squeezed(words(page)) + whole
			} else {
				whole += squeezed(words(page))
			}
		}
	}
	if want := squeezed(text.String()); whole != want {
		t.Errorf("together the pages are %d bytes, want the text of %d", len(whole), len(want))
	}
	for _, query := range []string{"?from=99999999999", "?to=0", "?from=100001", "?to=1", "?hit=99", "?from=120001"} {
		page, _ := d.open(link+query, 200)
		if !utf8.ValidString(page) {
			t.Errorf("%s cuts a character", query)
		}
	}
}

// squeezed returns a text without white space.
func squeezed(text string) string { return strings.Join(strings.Fields(text), "") }

// TestHostile shows texts that would run, or break out, on a careless page.
func TestHostile(t *testing.T) {
	d := newDesk(t)
	document := d.put("x.txt", "---\ntitle: \"</title><script>alert(1)</script>\"\nauthor: \"<img src=x onerror=alert(1)>\"\nlanguage: \"fr\\\" onload=\\\"alert(1)\"\nlink: \"javascript:alert(1)\"\n---\n"+
		"# <svg onload=alert(1)>\n\nLe crocodile <script>alert(1)</script> mange <b onclick=alert(1)>des</b> poissons.[^<i>] {{.Title}} \u202e\n\n[^<i>]: <iframe src=x>\n")
	page, _ := d.open(d.link(public, d.quotes(document, "mange <b onclick=alert(1)>des</b> poissons")), 200)
	rest := regexp.MustCompile(`<script defer src="-/reader.js"></script>|<svg[^>]*&`).ReplaceAllString(page, "")
	if found := regexp.MustCompile(`<(script|img|svg|b |iframe|i>)|javascript:|" onload`).FindAllString(strings.ReplaceAll(rest, "<b>", ""), -1); found != nil {
		t.Errorf("the page holds %q:\n%s", found, page)
	}
	if !strings.Contains(page, "<mark id=\"quote-1\" class=\"here\">mange &lt;b onclick=alert(1)&gt;des&lt;/b&gt; poissons</mark>") {
		t.Errorf("the quote is not shown as it is:\n%s", page)
	}
}

// TestKey: the key is made once, also by several at the same time, and is nobody else's.
func TestKey(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "reader.key")
	keys := make([][]byte, 20)
	var all sync.WaitGroup
	for i := range keys {
		all.Go(func() {
			var err error
			if keys[i], err = reader.Key(file); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, key := range keys {
		if len(key) < 32 || string(key) != string(keys[0]) {
			t.Errorf("the keys are %x and %x", key, keys[0])
		}
	}
	other, err := reader.Key(filepath.Join(t.TempDir(), "reader.key"))
	if err != nil || string(other) == string(keys[0]) {
		t.Errorf("the key of another folder is %x, %v", other, err)
	}
	if info, err := os.Stat(file); err != nil || runtime.GOOS != "windows" && info.Mode() != 0o600 {
		t.Errorf("the file of the key is %v, %v, want it to be its owner's alone", info.Mode(), err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("there are %v, %v, want nothing beside the key", files, err)
	}
	if err := os.WriteFile(file, []byte("abc\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if key, err := reader.Key(file); err == nil {
		t.Errorf("a part of a key is taken for one: %x", key)
	}
}
