package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// file is a text as a person uploads it.
func file(name, text string) fakediscord.File {
	return fakediscord.File{Name: name, Data: []byte(text)}
}

// brings lets a person use a subcommand of /corpus, and returns what stands there in the
// end: meanwhile stands how far it is.
func (s *stage) brings(who *fakediscord.Person, sub string, values fakediscord.Values) (fakediscord.Message, *fakediscord.Interaction) {
	s.t.Helper()
	m, i := s.slashed(who, s.channel, "corpus "+sub, values)
	return s.ended(m), i
}

// ended waits until a message does not say any more how far a work is.
func (s *stage) ended(m fakediscord.Message) fakediscord.Message {
	s.t.Helper()
	s.waitFor("the work ends", func() bool {
		m, _ = s.Message(m.ID)
		return !strings.HasPrefix(m.Content, "📥")
	})
	return m
}

// named returns a document by its name.
func (s *stage) named(name string) corpus.Document {
	s.t.Helper()
	d, err := s.store.DocumentNamed(s.t.Context(), corpus.Everything(s.guild.ID), name)
	if err != nil {
		s.t.Fatalf("document %s: %v", name, err)
	}
	return d
}

// TestCorpusAdd: a moderator gives files, sees what is understood of them, and confirms;
// then they answer. It can be undone.
func TestCorpusAdd(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	m, i := s.brings(ada, "add", fakediscord.Values{"file": file("cours.md", history), "file-2": file("note.txt", "La commune de Paris dure soixante-douze jours."), "course": "Histoire"})
	got := shown(m)
	if !i.State().Ephemeral || !strings.HasPrefix(got, "Voici ce que je comprends des 2 textes. Rien n’est encore enregistré.") {
		t.Errorf("report %q", got)
	}
	for _, want := range []string{"Titre\u00a0: Cours d'histoire", "Auteur\u00a0: Alfred Rosmer", "Langue\u00a0: français", "Cours\u00a0: Histoire", "Pages\u00a0: 11–13", "Notes\u00a0: 1 · Intertitres\u00a0: 2"} {
		if !strings.Contains(got, want) {
			t.Errorf("report %q, want %q", got, want)
		}
	}
	if reply := shown(s.ask(s.student, s.channel, "Combien de jours dure la commune de Paris ?")); strings.Contains(reply, "soixante") {
		t.Errorf("what is not confirmed answers: %q", reply)
	}
	stored, _ := s.press(ada, m, "Ajouter aux textes")
	if got := shown(stored); !strings.HasPrefix(got, "✅ 2 textes ajoutés.") {
		t.Errorf("confirmed: %q", got)
	}
	if reply := shown(s.ask(s.student, s.channel, "Combien de jours dure la commune de Paris ?")); !strings.Contains(reply, "soixante") {
		t.Errorf("what is confirmed does not answer: %q", reply)
	}
	if d := s.named("note.txt"); d.Course != "Histoire" || d.Origin != "discord" {
		t.Errorf("stored %+v", d)
	}
	undone, _ := s.press(ada, stored, "Défaire")
	if got := shown(undone); !strings.HasPrefix(got, "✅ Défait") || s.named("note.txt").Removed.IsZero() || s.named("cours.md").Removed.IsZero() {
		t.Errorf("undone: %q", got)
	}
}

// TestCorpusRefused: what is no text, too large, or not of Discord's is not taken, and
// each is said in a sentence. The bot fetches nothing else, and without its token.
func TestCorpusRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	add := func(f fakediscord.File) string {
		m, _ := s.brings(ada, "add", fakediscord.Values{"file": f})
		if customID(m, "Ajouter aux textes") != "" {
			t.Errorf("%s can be added", f.Name)
		}
		return shown(m)
	}
	for want, f := range map[string]fakediscord.File{
		"Je ne lis pas ce format":         file("cours.exe", "MZ"),
		"Ce n’est pas du texte":           file("cours.txt", "a\x00b"),
		"Je ne reconnais pas l’encodage":  file("cours.md", "\xEA\xE1\xEB\xE7\xEC\xDD\xF1\xE1 \xF3\xE5 \xFC\xEB\xEF\xF5\xF2"),
		"Il n’y a pas de texte dedans":    file("cours.md", "---\ntitle: A\n---\n"),
		"S’il commence par des lignes":    file("cours.md", "---\ntitle: {\n---\nTexte."),
		"Ce fichier ne peut pas être lu.": file(strings.Repeat("x", 600)+".md", "Texte."),
	} {
		if got := add(f); !strings.HasPrefix(got, "Rien n’a été enregistré.") || !strings.Contains(got, want) {
			t.Errorf("%.20s: %q, want %q", f.Name, got, want)
		}
	}
	forge := func(attachment string) string {
		i, err := ada.Raw(s.channel, "", fakediscord.CommandInteraction, []byte(`{"type": 1, "name": "corpus",
			"options": [{"type": 1, "name": "add", "options": [{"type": 11, "name": "file", "value": "1"}]}],
			"resolved": {"attachments": {"1": `+attachment+`}}}`))
		if err != nil {
			t.Fatal(err)
		}
		return shown(s.ended(s.answer(i)))
	}
	for want, attachment := range map[string]string{
		"Je ne prends que des fichiers de Discord": `{"filename": "a.md", "size": 5, "url": "https://evil.example/attachments/1/2/a.md"}`,
		"que des fichiers de Discord":              `{"filename": "a.md", "size": 5, "url": "` + s.URL() + `/api/v10/users/@me"}`,
		"des fichiers de Discord":                  `{"filename": "a.md", "size": 5, "url": "http://cdn.discordapp.com/attachments/1/2/a.md"}`,
		"prends que des fichiers de Discord":       `{"filename": "a.md", "size": 5, "url": "file:///etc/passwd"}`,
		"Il dépasse 20":                            `{"filename": "a.md", "size": 99000000, "url": "` + s.URL() + `/attachments/1/2/a.md"}`,
		"Je ne prends que des fichiers":            `{"filename": "a.md", "size": 5, "url": "` + s.URL() + `/attachments/%2e%2e/api/v10/gateway"}`,
		"n’est pas arrivé entier":                  `{"filename": "a.md", "size": 5, "url": "` + s.URL() + `/attachments/1/2/a.md"}`,
	} {
		if got := forge(attachment); !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", attachment, got, want)
		}
	}
	if got := forge(`7`); !strings.Contains(got, "Rien n’a été enregistré") && !strings.Contains(got, "trop ancien") {
		t.Errorf("no attachment: %q", got)
	}
}

// TestCorpusDownload: a file that does not come whole, sends on elsewhere, or is longer
// than Discord has said, is not taken. The token goes with no download.
func TestCorpusDownload(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	var play http.HandlerFunc
	var auth []string
	s.options.API = s.proxied(func(w http.ResponseWriter, r *http.Request) bool {
		if !strings.HasPrefix(r.URL.Path, "/attachments/") {
			return false
		}
		auth = append(auth, r.Header.Get("Authorization"))
		play(w, r)
		return true
	})
	s.start()
	for name, test := range map[string]struct {
		play http.HandlerFunc
		want string
	}{
		"cut":      {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("Un")) }, "n’est pas arrivé entier"},
		"longer":   {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("Un texte plus long.")) }, "n’est pas arrivé entier"},
		"sent on":  {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/elsewhere", http.StatusFound) }, "n’est pas arrivé entier"},
		"endless":  {func(w http.ResponseWriter, _ *http.Request) { w.Write(make([]byte, 21<<20)) }, "Il dépasse 20"},
		"complete": {func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("Un texte.")) }, "Voici ce que je comprends"},
	} {
		play = test.play
		i, err := ada.Raw(s.channel, "", fakediscord.CommandInteraction, []byte(`{"type": 1, "name": "corpus",
			"options": [{"type": 1, "name": "add", "options": [{"type": 11, "name": "file", "value": "1"}]}],
			"resolved": {"attachments": {"1": {"filename": "a.md", "size": 9, "url": "`+strings.TrimSuffix(s.options.API, "/api")+`/attachments/1/2/a.md"}}}}`))
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(s.ended(s.answer(i))); !strings.Contains(got, test.want) {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := strings.Join(auth, ""); got != "" || len(auth) != 5 {
		t.Errorf("downloads with the headers %q, want 5 without a token", auth)
	}
}

// TestCorpusChange: a text is replaced, sorted into a course, removed and brought back,
// listed and looked at.
func TestCorpusChange(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.put(s.guild.ID, "dossier/cours.md", "---\ntitle: Les soviets\ncourse: Histoire\nlicence: CC BY\n---\n\nLe soviet siège au palais de Tauride.")
	s.start()
	before := s.named("dossier/cours.md")
	command := func(sub string, values fakediscord.Values) fakediscord.Message {
		t.Helper()
		m, i := s.brings(ada, sub, values)
		if !i.State().Ephemeral {
			t.Errorf("/corpus %s is public", sub)
		}
		return m
	}
	m := command("replace", fakediscord.Values{"document": "les soviets", "file": file("nouveau.txt", "Le soviet siège à l'institut Smolny.")})
	if got := shown(m); !strings.Contains(got, "nouveau.txt prend la place de ce texte.") || strings.Contains(got, "existe déjà") {
		t.Errorf("replace: %q", got)
	}
	m, _ = s.press(ada, m, "Remplacer le texte")
	after := s.named("dossier/cours.md")
	if got := shown(m); !strings.HasPrefix(got, "✅ 1 texte remplacé.") || after.ID != before.ID || after.Revision == before.Revision || after.Course != "Histoire" || after.Licence != "CC BY" {
		t.Errorf("replaced: %q, %+v, want the same document with another text", got, after)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Smolny") || strings.Contains(got, "Tauride") {
		t.Errorf("reply %q, want the new text", got)
	}
	m, _ = s.press(ada, m, "Défaire")
	if got, d := shown(m), s.named("dossier/cours.md"); !strings.HasPrefix(got, "✅ Défait") || d.Revision != before.Revision || d.ID != before.ID || d.Title != before.Title || d.Origin != before.Origin {
		t.Errorf("undone: %q, %+v, want the text from before", got, d)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") || strings.Contains(got, "Smolny") {
		t.Errorf("reply %q, want the text from before", got)
	}
	newer := file("nouveau.txt", "Le soviet siège à l'institut Smolny.")
	m, _ = s.press(ada, command("replace", fakediscord.Values{"document": before.ID, "file": newer}), "Remplacer le texte")
	s.put(s.guild.ID, "dossier/cours.md", "Le soviet siège à Moscou.") // another moderator's
	if m, _ = s.press(ada, m, "Défaire"); !strings.HasPrefix(shown(m), "⚠️ Changés depuis") {
		t.Errorf("undone after another's change: %q", shown(m))
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Moscou") {
		t.Errorf("reply %q, want the other moderator's text", got)
	}
	s.press(ada, command("replace", fakediscord.Values{"document": before.ID, "file": newer}), "Remplacer le texte")
	m = command("course", fakediscord.Values{"document": before.ID, "course": "Droit"})
	if got := shown(m); !strings.Contains(got, "Cours\u00a0: Droit") || s.named("dossier/cours.md").Course != "Droit" {
		t.Errorf("course: %q", got)
	}
	m = command("remove", fakediscord.Values{"document": before.ID})
	if got := shown(m); !strings.HasPrefix(got, "✅ Retiré") {
		t.Errorf("remove: %q", got)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); strings.Contains(got, "Smolny") {
		t.Errorf("reply %q of a removed text", got)
	}
	if got := shown(command("list", nil)); !strings.Contains(got, "(retiré)") {
		t.Errorf("list: %q", got)
	}
	m, _ = s.press(ada, m, "Remettre")
	if got := shown(m); !strings.HasPrefix(got, "✅ Remis") || !s.named("dossier/cours.md").Removed.IsZero() {
		t.Errorf("brought back: %q", got)
	}
	if got := shown(command("info", fakediscord.Values{"document": before.ID})); !strings.Contains(got, "Fichier\u00a0: dossier\\/cours.md") || !strings.Contains(got, "Taille") {
		t.Errorf("info: %q", got)
	}
	if got := shown(command("info", fakediscord.Values{"document": "rien"})); !strings.Contains(got, "rien") {
		t.Errorf("of no document: %q", got)
	}
	if got := s.proposed(ada, "corpus info", "document", fakediscord.Values{"document": ""}); len(got) != 1 {
		t.Errorf("proposes %q, want the text", got)
	}
}

// TestCorpusAccess: a course is limited to roles and channels, and opened again.
func TestCorpusAccess(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	tutor := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	s.put(s.guild.ID, "a.md", "---\ncourse: Corrigés\n---\n\nLe barème donne douze points.")
	s.start()
	sees := func(who *fakediscord.Person) bool {
		m, _ := s.slashed(who, s.channel, "ask", fakediscord.Values{"question": "Combien de points donne le barème ?", "private": true})
		return strings.Contains(shown(m), "douze")
	}
	misspelt, _ := s.brings(ada, "access", fakediscord.Values{"course": "Corigés"})
	s.want(misspelt, "Cours Corigés** · 0 texte", "Aucun texte n’est du cours « Corigés »")
	m, _ := s.brings(ada, "access", fakediscord.Values{"course": "corrigés"})
	for _, step := range []struct {
		name           string
		do             func() fakediscord.Message
		says           string
		student, tutor bool
	}{
		{"at first", func() fakediscord.Message { return m }, "Visible de tout le monde", true, true},
		{"roles", func() fakediscord.Message { return s.choose(ada, m, "Choisissez des rôles", tutors) }, "Dans les réponses privées\u00a0: <@&" + tutors, false, true},
		{"no roles", func() fakediscord.Message { return s.choose(ada, m, "Choisissez des rôles") }, "Visible des modérateurs seuls", false, false},
		{"channels", func() fakediscord.Message { return s.choose(ada, m, "Choisissez des salons", s.channel) }, "Tout le monde dans\u00a0: <#" + s.channel, true, true},
		{"moderators", func() fakediscord.Message { m, _ := s.press(ada, m, "Modérateurs seuls"); return m }, "Visible des modérateurs seuls", false, false},
		{"everybody", func() fakediscord.Message { m, _ := s.press(ada, m, "Tout le monde"); return m }, "Visible de tout le monde", true, true},
	} {
		m = step.do()
		if got := shown(m); !strings.Contains(got, step.says) || !strings.Contains(got, "1 texte") {
			t.Errorf("%s: %q, want %q", step.name, got, step.says)
		}
		if got, tutors := sees(s.student), sees(tutor); got != step.student || tutors != step.tutor {
			t.Errorf("%s: a student sees it: %v, a tutor: %v, want %v, %v", step.name, got, tutors, step.student, step.tutor)
		}
	}
}

// TestCorpusUnseen: texts that are stored, but of which nothing can be shown, are stored
// once, which is said; and who moderates no more stores nothing.
func TestCorpusUnseen(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	m, _ := s.brings(ada, "add", fakediscord.Values{"file": file("a.md", "Un texte.")})
	stop := s.Always("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", fakediscord.Fails(403))
	i, err := ada.Press(m.ID, customID(m, "Ajouter aux textes"))
	if err != nil {
		t.Fatal(err)
	}
	s.waitFor("that it is stored is said", func() bool {
		said := i.State().Followups
		return len(said) == 1 && strings.HasPrefix(said[0].Content, "C’est enregistré")
	})
	stop()
	stored := s.named("a.md")
	again, _ := s.press(ada, m, "Ajouter aux textes")
	if got := shown(again); !strings.Contains(got, "On peut déjà poser") || s.named("a.md") != stored {
		t.Errorf("pressed again: %q", got)
	}
	m, _ = s.brings(ada, "add", fakediscord.Values{"file": file("b.md", "Un autre texte.")})
	if err := ada.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	if refused, _ := s.press(ada, m, "Ajouter aux textes"); !strings.HasPrefix(shown(refused), "C’est réservé aux modérateurs") {
		t.Errorf("to who moderates no more: %q", shown(refused))
	}
	if _, err := s.store.DocumentNamed(t.Context(), corpus.Everything(s.guild.ID), "b.md"); err == nil {
		t.Error("who moderates no more has stored a text")
	}
}

// TestCorpusForeign: whatever stands in a file or its name, nothing of it misleads in what
// is shown of it.
func TestCorpusForeign(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	quoted := strings.ReplaceAll(hostile, `"`, "")
	front := "---\ntitle: \"" + quoted + "\"\nauthor: \"" + quoted + "\"\ncourse: \"" + quoted + "\"\nlicence: \"" + quoted + "\"\n---\n\n"
	m, _ := s.brings(ada, "add", fakediscord.Values{"file": file("@everyone **x**.md", front+"Un texte [^"+quoted+"].")})
	show := map[string]fakediscord.Message{"report": m}
	show["stored"], _ = s.press(ada, m, "Ajouter aux textes")
	show["list"], _ = s.brings(ada, "list", nil)
	show["info"], _ = s.brings(ada, "info", fakediscord.Values{"document": s.named("@everyone **x**.md").ID})
	show["access"], _ = s.brings(ada, "access", fakediscord.Values{"course": strings.ReplaceAll(quoted, "\u202e", "")})
	show["unread"], _ = s.brings(ada, "add", fakediscord.Values{"file": file("\u202e@everyone.exe", "x")})
	for name, m := range show {
		if found := misleadsIn(m); found != "" {
			t.Errorf("%s: %s", name, found)
		}
	}
}

// proxied returns the address of an API that does some requests by itself, and hands the
// others on.
func (s *stage) proxied(do func(http.ResponseWriter, *http.Request) bool) string {
	s.t.Helper()
	target, err := url.Parse(s.URL())
	if err != nil {
		s.t.Fatal(err)
	}
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !do(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	s.t.Cleanup(server.Close)
	return server.URL + "/api"
}

// TestCorpusProgress: while a file is read, the moderator is told how far it is; what takes
// too long for Discord's acknowledgement is no matter.
func TestCorpusProgress(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	goOn := make(chan struct{})
	s.options.API = s.proxied(func(_ http.ResponseWriter, r *http.Request) bool {
		if strings.HasPrefix(r.URL.Path, "/attachments/") {
			<-goOn
		}
		return false
	})
	b := s.bot()
	b.SetProgress(10 * time.Millisecond)
	s.run(b)
	i, err := ada.Raw(s.channel, "", fakediscord.CommandInteraction, []byte(`{"type": 1, "name": "corpus",
		"options": [{"type": 1, "name": "add", "options": [{"type": 11, "name": "file", "value": "1"}]}],
		"resolved": {"attachments": {"1": {"filename": "a.md", "size": 9, "url": "`+strings.TrimSuffix(s.options.API, "/api")+`/attachments/1/2/a.md"}}}}`))
	if err != nil {
		t.Fatal(err)
	}
	m := s.answer(i)
	if got := shown(m); !strings.HasPrefix(got, "📥 Lecture de **a.md** (1 sur 1)… depuis 1 s.") {
		t.Errorf("meanwhile: %q", got)
	}
	close(goOn)
	if got := shown(s.ended(m)); !strings.HasPrefix(got, "Rien n’a été enregistré.") {
		t.Errorf("in the end: %q", got)
	}
}

// TestCorpusEndless: reading that does not end is given up, and the bot answers meanwhile.
// Its place stays taken until it ends.
func TestCorpusEndless(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.put(s.guild.ID, "b.txt", "Le soviet siège au palais de Tauride.")
	goOn := make(chan struct{})
	end := sync.OnceFunc(func() { close(goOn) })
	b := s.bot()
	b.SetReader(func(ctx context.Context, f corpus.File) (corpus.Report, error) {
		<-goOn
		return corpus.Check(ctx, corpus.InProcess{}, f)
	}, 200*time.Millisecond)
	s.run(b)
	t.Cleanup(end)
	for tries, full := 0, false; !full && tries < 50; tries++ { // on a slow machine some do not come in time
		full = b.Reading() == 2
		m, _ := s.brings(ada, "add", fakediscord.Values{"file": file("a.md", "Un texte.")})
		if got := shown(m); !strings.HasPrefix(got, "Rien n’a été enregistré.") || !strings.Contains(got, "C’était trop long.") {
			t.Errorf("in the end: %q, want that it took too long", got)
		}
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") || b.Reading() != 2 {
		t.Errorf("meanwhile: %q, and %d places are taken, want 2", got, b.Reading())
	}
	end()
	s.waitFor("the places are free", func() bool { return b.Reading() == 0 })
}

// TestPile: what waits to be confirmed is bounded in bytes and in time, and is taken once.
func TestPile(t *testing.T) {
	clock := fakediscord.NewClock(time.Now())
	p := bot.NewPile(10, clock.Now)
	p.Put("a", "12345")
	p.Put("b", "12345")
	p.Put("c", "123")
	p.Put("long", strings.Repeat("x", 50))
	for id, want := range map[string]bool{"a": false, "b": false, "c": false, "long": true, "never": false} {
		if got := p.Holds(id); got != want || p.Holds(id) {
			t.Errorf("%s is there: %v, want %v, and once", id, got, want)
		}
	}
	p.Put("d", "12345")
	clock.Advance(61 * time.Minute)
	p.Put("e", "12345")
	p.Expire()
	if p.Holds("d") || !p.Holds("e") {
		t.Error("what waits for too long is there, or what does not is gone")
	}
}

// TestCorpusAdvice: of a file that can't be read is said what to do instead, in the language
// of who gave it.
func TestCorpusAdvice(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	for _, test := range []struct {
		locale string
		file   fakediscord.File
		want   string
	}{
		{"fr", file("page.jpg", "\xFF\xD8\xFF\xE0"), "C’est une image. Passez-la à la reconnaissance de caractères"},
		{"es-ES", file("page.png", "\x89PNG\r\n\x1A\n"), "Es una imagen. Pásala por el reconocimiento de texto"},
		{"en-US", file("scan.pdf", "\xFF\xD8\xFF\xE0"), "It is an image. Run it through text recognition"},
		{"fr", file("cours.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "enregistrez-le en DOCX ou ODT, sans mot de passe"},
		{"es-ES", file("clase.docx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "guárdalo como DOCX u ODT, sin contraseña"},
		{"en-US", file("course.rtf", "{\\rtf1 a}"), "It is an RTF file"},
		{"fr", file("cours.txt", "PK\x05\x06"), "Décompressez-la"},
	} {
		ada.SetLocale(test.locale)
		m, _ := s.brings(ada, "add", fakediscord.Values{"file": test.file})
		s.want(m, test.want)
	}
	for _, err := range []error{corpus.ErrProtected, corpus.ErrScan, corpus.ErrDamaged, corpus.ErrTooMuch, corpus.ErrTooDeep, corpus.ErrOther} {
		if !bot.SaysWhy(err) {
			t.Errorf("of a file that is %v is said nothing of its own", err)
		}
	}
}

// TestCorpusTwins: of two files of one name that are given together, one is not taken, and
// that is said.
func TestCorpusTwins(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	m, _ := s.brings(ada, "add", fakediscord.Values{
		"file": file("cours.md", "Le soviet siège au palais de Tauride."), "file-2": file("cours.md", "Le soviet siège à l'institut Smolny."),
		"file-3": file("notes.md", "La commune de Paris."),
	})
	s.want(m, "Voici ce que je comprends des 2 textes", "Un autre fichier de cette liste porte le même nom")
	m, _ = s.press(ada, m, "Ajouter aux textes")
	s.want(m, "2 textes ajoutés")
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") || strings.Contains(got, "Smolny") {
		t.Errorf("reply %q, want the first of the two files", got)
	}
}

// TestCorpusMeanwhile: what somebody else has stored under the name of a file between its
// report and its confirmation is not replaced before that is told.
func TestCorpusMeanwhile(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	m, _ := s.brings(ada, "add", fakediscord.Values{"file": file("cours.md", "Le soviet siège au palais de Tauride.")})
	if strings.Contains(shown(m), "il sera remplacé") {
		t.Fatalf("of a new text: %q", shown(m))
	}
	s.put(s.guild.ID, "cours.md", "Le soviet siège à l'institut Smolny.")
	there := s.named("cours.md").Revision
	m, _ = s.press(ada, m, "Ajouter aux textes")
	s.want(m, "Un texte de ce nom a été ajouté, changé ou retiré entre-temps", "Rien n’est encore enregistré", "il sera remplacé")
	if s.named("cours.md").Revision != there {
		t.Fatal("the other text is replaced before that is told")
	}
	m, _ = s.press(ada, m, "Remplacer le texte")
	s.want(m, "1 texte remplacé")
	m, _ = s.press(ada, m, "Défaire")
	if s.named("cours.md").Revision != there {
		t.Errorf("undone: %q, and another text stands there", shown(m))
	}
}
