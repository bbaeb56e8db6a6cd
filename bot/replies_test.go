package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// curate stores a moderator's answer.
func (s *stage) curate(guild string, c answers.Content) answers.Curated {
	s.t.Helper()
	stored, err := s.curated.Add(s.t.Context(), guild, "moderator", c)
	if err != nil {
		s.t.Fatal(err)
	}
	return stored
}

// TestCurated: a moderator's answer goes before what the texts say, with its sources, and
// its wordings are proposed while somebody types.
func TestCurated(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.curate(s.guild.ID, answers.Content{
		Question: "Qu'est-ce qu'un soviet ?", Wordings: []string{"définition de soviet"},
		Answer:  "Un **conseil** d'ouvriers.\n\n- élu\n- révocable\n\nVoir [le cours](https://evil.example/x) @everyone",
		Sources: []answers.Source{{Text: "cours du 3 mars"}},
	})
	s.start()
	got := shown(s.ask(s.student, s.channel, "C'est quoi, un soviet, quelle définition ?"))
	want := "Réponse des modérateurs\u00a0:\nUn **conseil** d'ouvriers.\n- élu\n- révocable\nVoir le cours \\(https\\:\\/\\/evil.example\\/x\\) \\@everyone\ncours du 3 mars"
	if !strings.HasPrefix(got, want) {
		t.Errorf("reply\n%s\nwant\n%s", got, want)
	}
	for typed, want := range map[string]int{"": 1, "DEFINITION": 1, "soviet": 1, "menchevik": 0} {
		if got := s.proposed(s.student, "ask", "question", fakediscord.Values{"question": typed}); len(got) != want {
			t.Errorf("%q proposes %q, want %d", typed, got, want)
		}
	}
}

// TestNarrowed: a question can be put to one course or text, which are proposed while
// somebody types; of those that nobody knows, the asker is told.
func TestNarrowed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.md", "---\ntitle: Été 1917\ncourse: Première année\n---\n\nLe soviet siège au palais.")
	s.put(s.guild.ID, "b.md", "---\ntitle: Hiver 1918\ncourse: Seconde année\n---\n\nLe soviet siège au Kremlin.")
	s.start()
	if got := s.proposed(s.student, "ask", "course", fakediscord.Values{"course": "annee"}); len(got) != 2 {
		t.Errorf("courses proposed %q, want both", got)
	}
	if got := s.proposed(s.student, "ask", "document", fakediscord.Values{"course": "première année", "document": ""}); len(got) != 1 || got[0] != "Été 1917" {
		t.Errorf("texts proposed %q, want that of the course", got)
	}
	for _, test := range []struct{ option, value, want, not string }{
		{"course", "seconde  ANNÉE", "Kremlin", "palais"},
		{"document", "été 1917", "palais", "Kremlin"},
		{"course", "Troisième *année*", "Il n’y a pas ici de cours «\u00a0Troisième \\*année\\*\u00a0»", "soviet"},
		{"document", "Printemps", "Il n’y a pas ici de document «\u00a0Printemps\u00a0»", "soviet"},
	} {
		m, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?", test.option: test.value})
		if got := shown(m); !strings.Contains(got, test.want) || strings.Contains(got, test.not) {
			t.Errorf("%s %s: %q, want %q and not %q", test.option, test.value, got, test.want, test.not)
		}
	}
}

// TestSearch: /search finds words and phrases, narrowed by what is known of the texts,
// page by page.
func TestSearch(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	for n := range 6 {
		s.put(s.guild.ID, fmt.Sprintf("%d.md", n), fmt.Sprintf("---\ntitle: Texte %d\ndate: 191%d\nauthor: Rosa Luxemburg\n---\n\nLa grève de masse numéro %d commence.", n, n, n))
	}
	s.start()
	search := func(values fakediscord.Values) fakediscord.Message {
		t.Helper()
		m, i := s.slashed(s.student, s.channel, "search", values)
		if !i.State().Ephemeral {
			t.Error("a list is shown to all")
		}
		return m
	}
	page := search(fakediscord.Values{"words": `"grève de masse"`})
	if got := shown(page); !strings.HasPrefix(got, "Passages 1–4") || len(page.Embeds) != 4 {
		t.Errorf("first page %q", got)
	}
	page, _ = s.press(s.student, page, "Page suivante")
	if got := shown(page); !strings.HasPrefix(got, "Passages 5–6") || len(page.Embeds) != 2 || customID(page, "Page suivante") == "" {
		t.Errorf("second page %q", got)
	}
	page, _ = s.press(s.student, page, "Page précédente")
	if got := shown(page); !strings.HasPrefix(got, "Passages 1–4") {
		t.Errorf("first page again %q", got)
	}
	for _, test := range []struct {
		values fakediscord.Values
		want   string
	}{
		{fakediscord.Values{"words": "grève", "from": "1913", "to": "1914"}, "Passages 1–2"},
		{fakediscord.Values{"words": "grève", "author": "luxemburg"}, "Passages 1–4"},
		{fakediscord.Values{"words": "grève", "author": "Lénine"}, "Aucun passage"},
		{fakediscord.Values{"words": "grève", "language": "es"}, "Aucun passage"},
		{fakediscord.Values{"words": "grève", "from": "hier"}, "«\u00a0hier\u00a0» n’est pas une date"},
		{fakediscord.Values{"words": `"masse de grève"`}, "Aucun passage ne contient l’expression\u00a0: masse de grève."},
	} {
		if got := shown(search(test.values)); !strings.Contains(got, test.want) {
			t.Errorf("%v shows %q, want %q", test.values, got, test.want)
		}
	}
}

// TestSources lists the texts by their courses, with what is known of them, page by page.
func TestSources(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	for n := range 8 {
		s.put(s.guild.ID, fmt.Sprintf("%d.md", n), fmt.Sprintf("---\ntitle: Texte *%d*\ncourse: Grèves\n---\n\nLa grève numéro %d.", n, n))
	}
	s.start()
	page, _ := s.slashed(s.student, s.channel, "sources", nil)
	want := "9 textes, page 1 sur 2\u00a0:\n**Sans cours**\n- Alfred Rosmer, Cours d'histoire, 1932, français, licence\u00a0\\: CC BY\n**Cours Grèves**\n- Texte \\*0\\*"
	if got := shown(page); !strings.HasPrefix(got, want) {
		t.Errorf("first page\n%s\nwant\n%s", got, want)
	}
	page, _ = s.press(s.student, page, "Page suivante")
	if got := shown(page); !strings.HasPrefix(got, "9 textes, page 2 sur 2") || !strings.Contains(got, "Texte \\*7\\*") {
		t.Errorf("second page\n%s", got)
	}
}

// TestShareAndRemove: a private reply can be shown to the channel; a public one can be
// taken away by who asked and by moderators, and by nobody else.
func TestShareAndRemove(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Modération", Permissions: fakediscord.ManageMessages}).ID
	moderator := s.NewPerson("Ada", "fr").Join(s.guild.ID, role)
	reader := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	tutor := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	if err := s.options.Settings.Set(t.Context(), s.guild.ID, "moderator_roles", tutors); err != nil {
		t.Fatal(err)
	}
	s.start()
	const question = "Où siège le soviet de *Petrograd* ?"
	private, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": question, "private": true})
	panel, _ := s.press(s.student, private, "Plus")
	done, pressed := s.press(s.student, panel, "Partager")
	if shown(done) != "C’est maintenant dans le salon." {
		t.Errorf("sharing says %q", shown(done))
	}
	shared := pressed.State().Followups
	if len(shared) != 1 || shared[0].For != "" || !strings.HasPrefix(shown(shared[0]), "Question\u00a0: Où siège le soviet de \\*Petrograd\\* ?\nUn extrait") {
		t.Fatalf("shared %+v", shared)
	}
	for _, test := range []struct {
		name  string
		who   *fakediscord.Person
		hides bool
	}{{"a reader", reader, true}, {"who asked", s.student, false}, {"a moderator", moderator, false}, {"who has a moderators' role", tutor, false}} {
		reply := s.ask(s.student, s.channel, question)
		panel, _ := s.press(test.who, reply, "Plus")
		if hidden := customID(panel, "Retirer") == ""; hidden != test.hides {
			t.Errorf("%s: the button is hidden: %v", test.name, hidden)
		}
		if test.hides {
			continue
		}
		done, _ := s.press(test.who, panel, "Retirer")
		if _, there := s.Message(reply.ID); there || shown(done) != "La réponse est retirée." {
			t.Errorf("%s: removing says %q, and the reply is there: %v", test.name, shown(done), there)
		}
	}
	reply := s.ask(s.student, s.channel, question)
	panel, _ = s.press(tutor, reply, "Plus")
	if err := tutor.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	if done, _ := s.press(tutor, panel, "Retirer"); !strings.HasPrefix(shown(done), "Seule la personne") {
		t.Errorf("to who has the role no more, removing says %q", shown(done))
	}
}

// TestRemoveUnseen: in a channel that the bot does not see, a reply can be taken away as
// long as its interaction lasts, and after that the bot says who can.
func TestRemoveUnseen(t *testing.T) {
	t.Parallel()
	clock := fakediscord.NewClock(time.Now())
	s := newStage(t, fakediscord.Options{Now: clock.Now})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	first := s.ask(s.student, s.channel, "Où siège le soviet ?")
	second := s.ask(s.student, s.channel, "Où siège le soviet ?")
	s.SetOverwrites(s.channel, fakediscord.Overwrite{ID: s.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: fakediscord.ViewChannel})
	panel, _ := s.press(s.student, first, "Plus")
	if done, _ := s.press(s.student, panel, "Retirer"); shown(done) != "La réponse est retirée." {
		t.Errorf("removing says %q", shown(done))
	}
	clock.Advance(16 * time.Minute)
	panel, _ = s.press(s.student, second, "Plus")
	if done, _ := s.press(s.student, panel, "Retirer"); !strings.HasPrefix(shown(done), "Je ne peux pas la retirer") {
		t.Errorf("removing says %q", shown(done))
	}
}

// TestLimits: who asks too much is told when they can ask again, alone, and can then.
func TestLimits(t *testing.T) {
	t.Parallel()
	clock := fakediscord.NewClock(time.Now())
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.options.Now = clock.Now
	s.options.Limits = bot.Limits{User: bot.Rate{Burst: 2, Every: 10 * time.Second}, Channel: bot.Rate{Burst: 3, Every: 7 * time.Second}}
	other := s.NewPerson("Léo", "es-ES").Join(s.guild.ID)
	s.start()
	ask := func(who *fakediscord.Person) (string, bool) {
		m, i := s.slashed(who, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
		return shown(m), i.State().Ephemeral
	}
	for range 2 {
		if got, _ := ask(s.student); !strings.Contains(got, "Tauride") {
			t.Errorf("reply %q", got)
		}
	}
	if got, private := ask(s.student); !strings.HasSuffix(got, "dans 10 s.") || !private {
		t.Errorf("too many of one: %q, private %v", got, private)
	}
	if got, _ := ask(other); !strings.Contains(got, "Tauride") {
		t.Errorf("another: %q", got)
	}
	if got, private := ask(other); !strings.Contains(got, "en este canal") || !private {
		t.Errorf("too many in the channel: %q, private %v", got, private)
	}
	s.wrote(s.student, s.channel, s.mention()+"Où siège le soviet ?")
	s.posts(s.channel, 1)
	s.wrote(s.student, s.channel, s.mention()+"Où siège le soviet ?")
	s.logs("a message over a limit is passed over")
	clock.Advance(20 * time.Second)
	if got, _ := ask(s.student); !strings.Contains(got, "Tauride") {
		t.Errorf("later: %q", got)
	}
	if got := s.Requests("POST", "/channels/{channel_id}/messages"); len(got) > 1 {
		t.Errorf("%d messages to who writes too much, want at most one", len(got))
	}
}

// TestPrivacy: who wants to know reads what is stored of them, and it is gone when they
// want that.
func TestPrivacy(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	stranger := s.NewPerson("Léo", "fr").Join(s.guild.ID)
	s.start()
	reply := s.ask(s.student, s.channel, "Où siège le soviet ?")
	s.settled(s.guild.ID)
	shows := func(label string) string {
		t.Helper()
		m, _ := s.slashed(s.student, s.channel, "privacy", nil)
		done, _ := s.press(s.student, m, label)
		return shown(done)
	}
	if got := shows("Exporter mes données"); !strings.Contains(got, s.guild.ID) {
		t.Errorf("the export is %q", got)
	}
	m, _ := s.slashed(s.student, s.channel, "privacy", nil)
	i, err := stranger.Raw(s.channel, reply.ID, fakediscord.ComponentInteraction, []byte(`{"component_type": 2, "custom_id": "`+customID(m, "M’oublier")+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(s.answer(i)); !strings.HasPrefix(got, "Ce bouton est trop ancien") {
		t.Errorf("somebody else gets %q", got)
	}
	if got := shows("M’oublier"); !strings.HasPrefix(got, "Oublié") {
		t.Errorf("forgetting says %q", got)
	}
	if got := shows("Exporter mes données"); got != "Rien n’est gardé de vous." {
		t.Errorf("the export is %q afterwards", got)
	}
}

// TestHelp: each language has its help, within the limits, which the fake Discord enforces.
func TestHelp(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.start()
	for locale, want := range map[string]string{"fr": "**/demander**", "es-419": "**/preguntar**", "en-GB": "**/ask**", "de": "**/ask**"} {
		s.student.SetLocale(locale)
		if m, i := s.slashed(s.student, s.channel, "help", nil); !strings.Contains(shown(m), want) || !i.State().Ephemeral {
			t.Errorf("%s: %q, want %s", locale, shown(m), want)
		}
	}
}

// TestQuoteLimits: of a text whose licence allows only short quotes, no more is shown, in
// whatever way, and none of what stands around.
func TestQuoteLimits(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.md", "---\nlicence: Tous droits réservés\n---\n\nLe soviet siège au palais de Tauride, et "+strings.Repeat("les ouvriers parlent, ", 12)+"jusqu'au matin.")
	if err := s.store.SetQuoteLimit(t.Context(), s.guild.ID, corpus.QuoteLimit{Licence: "tous droits réservés", Runes: 60}); err != nil {
		t.Fatal(err)
	}
	s.start()
	reply := s.ask(s.student, s.channel, "Où siège le soviet ?")
	panel, _ := s.press(s.student, reply, "Plus")
	further, _ := s.press(s.student, panel, "Autres résultats")
	found, _ := s.slashed(s.student, s.channel, "search", fakediscord.Values{"words": "soviet ouvriers"})
	for name, m := range map[string]fakediscord.Message{"the reply": reply, "the panel": panel, "further results": further, "search": found} {
		for _, e := range m.Embeds {
			quoted := strings.ReplaceAll(strings.TrimPrefix(e.Description, "> "), "*", "")
			if n := len([]rune(quoted)); n > 60 || n < 30 || !strings.HasSuffix(quoted, "…") {
				t.Errorf("%s quotes %d characters: %q", name, n, quoted)
			}
		}
	}
	around, _ := s.press(s.student, further, "En contexte")
	if got := shown(around); got != "Seules de courtes citations de ce texte sont permises." {
		t.Errorf("in context: %q", got)
	}
}
