package bot_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// choose lets a person choose values in the select with a placeholder, and returns what
// the message shows then.
func (s *stage) choose(who *fakediscord.Person, m fakediscord.Message, placeholder string, values ...string) fakediscord.Message {
	s.t.Helper()
	id := customID(m, placeholder)
	if id == "" {
		s.t.Fatalf("no select %q on %q", placeholder, shown(m))
	}
	i, err := who.Choose(m.ID, id, values...)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.answer(i)
}

// setting opens the page of a setting and chooses there.
func (s *stage) setting(who *fakediscord.Person, name, placeholder string, values ...string) fakediscord.Message {
	s.t.Helper()
	m, _ := s.slashed(who, s.channel, "settings", nil)
	m = s.choose(who, m, "Choisissez ce qu’il faut changer", name)
	return s.choose(who, m, placeholder, values...)
}

// TestSettings: every setting is shown with its value in force and its default, can be
// changed with selects alone, and given its default again, in each language.
func TestSettings(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	s.put(s.guild.ID, "a.md", "---\ncourse: Droit\nlicence: CC BY\n---\n\nLe soviet siège.")
	s.start()
	for locale, want := range map[string]string{
		"fr":    "**Réglages de ce serveur**\nPar défaut\u00a0:\n- Langue des réponses\u00a0: celle de la question\n- Extraits par réponse\u00a0: 3\n",
		"es-ES": "**Ajustes de este servidor**\nPor defecto:\n- Idioma de las respuestas: el de la pregunta\n",
		"en-US": "**Settings of this server**\nBy default:\n- Language of replies: as the question\n",
	} {
		ada.SetLocale(locale)
		m, i := s.slashed(ada, s.channel, "settings", nil)
		if !strings.HasPrefix(shown(m), want) || !i.State().Ephemeral || strings.Count(shown(m), "\n- ") != 13 {
			t.Errorf("in %s: %q, want %q, 13 lines, for who asks alone", locale, shown(m), want)
		}
	}
	ada.SetLocale("fr")
	s.setting(ada, "excerpts", "Choisissez", "1")
	if m, _ := s.slashed(ada, s.channel, "settings", nil); !strings.HasPrefix(shown(m), "**Réglages de ce serveur**\nChangé ici\u00a0:\n- Extraits par réponse\u00a0: 1\nPar défaut\u00a0:\n- Langue") || strings.Count(shown(m), "\n- ") != 13 {
		t.Errorf("with one that is changed: %q", shown(m))
	}
	const one, roles, channel, channels = "Choisissez", "Choisissez des rôles", "Choisissez un salon", "Choisissez des salons"
	for _, test := range []struct{ name, select_, value, want, fallback string }{
		{"language", one, "es", "espagnol", "celle de la question"},
		{"excerpts", one, "1", "1", "3"},
		{"answers", one, "few", "moins de réponses, plus sûres", "équilibre"},
		{"private", one, "yes", "oui", "non"},
		{"channels", channels, s.channel, "<#" + s.channel + ">", "partout"},
		{"moderator_roles", roles, tutors, "<@&" + tutors + ">", "aucun"},
		{"retention", one, "30", "30 jours", "90 jours"},
		{"digest", one, "weekly", "chaque semaine", "jamais"},
		{"digest_channel", channel, s.channel, "<#" + s.channel + ">", "aucun"},
		{"log_channel", channel, s.channel, "<#" + s.channel + ">", "aucun"},
	} {
		m := s.setting(ada, test.name, test.select_, test.value)
		if got, want := shown(m), "Actuellement\u00a0: **"+test.want+"** · Par défaut\u00a0: "+test.fallback; !strings.Contains(got, want) || !strings.HasPrefix(got, "✅ Enregistré") {
			t.Errorf("%s: %q, want it saved and %q", test.name, got, want)
		}
		m, _ = s.press(ada, m, "Revenir au défaut")
		if got, want := shown(m), "Actuellement\u00a0: **"+test.fallback+"**"; !strings.Contains(got, want) {
			t.Errorf("%s after its reset: %q, want %q", test.name, got, want)
		}
		if m, _ = s.press(ada, m, "Tous les réglages"); !strings.HasPrefix(shown(m), "**Réglages") {
			t.Errorf("back: %q", shown(m))
		}
	}
}

// TestSettingsElsewhere: what stands in tables of its own is set as well: forums, courses
// of channels, lengths of quotes.
func TestSettingsElsewhere(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	forum := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
	s.put(s.guild.ID, "a.md", "---\ncourse: Droit\nlicence: CC BY\n---\n\nLe soviet siège au palais de Tauride.")
	s.put(s.guild.ID, "b.md", "---\ncourse: Histoire\n---\n\nLe soviet siège à l'institut Smolny.")
	s.start()
	m := s.setting(ada, "forums", "Choisissez des salons", forum)
	if got := shown(m); !strings.Contains(got, "Actuellement\u00a0: **<#"+forum+">**") {
		t.Errorf("forums: %q", got)
	}
	if on, err := s.options.Homes.Forum(t.Context(), s.guild.ID, forum); !on || err != nil {
		t.Errorf("the forum is answered: %v, %v", on, err)
	}
	m = s.setting(ada, "courses", "Choisissez un salon", s.channel)
	m = s.choose(ada, m, "Choisissez son cours", "1")
	if got := shown(m); !strings.Contains(got, "<#"+s.channel+"> — Histoire") {
		t.Errorf("courses: %q", got)
	}
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Smolny") || strings.Contains(got, "Tauride") {
		t.Errorf("in a channel of Histoire: %q", got)
	}
	for course, want := range map[string]string{"": "Smolny", "Droit": "Tauride"} {
		values := fakediscord.Values{"words": "soviet"}
		if course != "" {
			values["course"] = course
		}
		found, _ := s.slashed(s.student, s.channel, "search", values)
		if got := shown(found); strings.Contains(got, "Smolny") == strings.Contains(got, "Tauride") || !strings.Contains(got, want) {
			t.Errorf("/search with the course %q in a channel of Histoire: %q, want %q alone", course, got, want)
		}
	}
	named, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": "Où siège le soviet ?", "course": "Droit"})
	if got := shown(named); !strings.Contains(got, "Tauride") {
		t.Errorf("with another course named: %q", got)
	}
	s.choose(ada, m, "Choisissez son cours", "-")
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "Tauride") {
		t.Errorf("without a course again: %q", got)
	}
	m = s.setting(ada, "quotes", "Choisissez une licence ou un cours", "0")
	m = s.choose(ada, m, "Choisissez", "100")
	if got := shown(m); !strings.Contains(got, "100 caractères") {
		t.Errorf("quotes: %q", got)
	}
	all, _ := s.slashed(ada, s.channel, "settings", nil)
	s.want(all, "Forums où je réponds : 1 forum", "Longueur des citations : 1 limite")
}

// TestSettingsObeyed: the bot does what is set.
func TestSettingsObeyed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	other := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "autre"}).ID
	s.put(s.guild.ID, "a.md", "# A\n\nLe soviet de Petrograd siège.\n\n# B\n\nLe soviet de Moscou aussi.\n\n# C\n\nLe soviet de Kiev enfin.")
	s.start()
	ask := func(channel string, values fakediscord.Values) (string, bool) {
		values["question"] = "soviet ?"
		m, i := s.slashed(s.student, channel, "ask", values)
		return shown(m), i.State().Ephemeral
	}
	s.setting(ada, "private", "Choisissez", "yes")
	if _, private := ask(s.channel, fakediscord.Values{}); !private {
		t.Error("a reply is public, want it private by default")
	}
	if _, private := ask(s.channel, fakediscord.Values{"private": false}); private {
		t.Error("a reply is private that was asked for before all")
	}
	s.setting(ada, "excerpts", "Choisissez", "1")
	if got, _ := ask(s.channel, fakediscord.Values{}); strings.Count(got, "> ") != 1 {
		t.Errorf("reply %q, want one excerpt", got)
	}
	s.setting(ada, "language", "Choisissez", "es")
	if got, _ := ask(s.channel, fakediscord.Values{"private": false}); !strings.HasPrefix(got, "Quizá en estos pasajes") {
		t.Errorf("reply %q, want Spanish", got)
	}
	s.setting(ada, "channels", "Choisissez des salons", s.channel)
	for _, values := range []fakediscord.Values{{}, {"private": true}, {"private": false}} {
		if got, private := ask(other, values); got != "Je réponds aux questions dans <#"+s.channel+">." || !private {
			t.Errorf("elsewhere: %q, want where it answers, for who asks alone", got)
		}
	}
	if got, _ := ask(s.channel, fakediscord.Values{}); !strings.Contains(got, "soviet") {
		t.Errorf("where it answers: %q", got)
	}
	for command, values := range map[string]fakediscord.Values{"search": {"words": "soviet"}, "sources": nil} {
		m, _ := s.slashed(s.student, other, command, values)
		if got := shown(m); got != "Je réponds aux questions dans <#"+s.channel+">." {
			t.Errorf("/%s elsewhere: %q, want where it answers", command, got)
		}
		if m, _ := s.slashed(s.student, s.channel, command, values); !strings.Contains(shown(m), "a") || strings.Contains(shown(m), "Je réponds") {
			t.Errorf("/%s where it answers: %q", command, shown(m))
		}
	}
	said := s.wrote(s.student, s.channel, "fil")
	thread, err := s.student.StartThread(said.ID, "fil")
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := ask(thread.ID, fakediscord.Values{}); !strings.Contains(got, "> ") {
		t.Errorf("in a thread: %q", got)
	}
	s.wrote(s.student, other, s.mention()+"soviet ?")
	there := s.posts(other, 1)
	if got := shown(there[len(there)-1]); got != "Respondo a preguntas en <#"+s.channel+">." {
		t.Errorf("a mention elsewhere: %q", got)
	}
}

// TestSettingsRefused: who does not moderate, or does not any more, changes nothing; nor do
// forged choices, and roles give themselves on to nobody.
func TestSettingsRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	tutors := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Tutorat"}).ID
	zoe := s.NewPerson("Zoé", "fr").Join(s.guild.ID, tutors)
	if err := s.options.Settings.Set(t.Context(), s.guild.ID, "moderator_roles", tutors); err != nil {
		t.Fatal(err)
	}
	s.start()
	if _, err := s.student.Slash(s.channel, "settings", nil); err == nil {
		t.Error("a student is offered /settings")
	}
	forge := func(who *fakediscord.Person, message, data string, kind fakediscord.InteractionType) string {
		i, err := who.Raw(s.channel, message, kind, []byte(data))
		if err != nil {
			t.Fatal(err)
		}
		return shown(s.answer(i))
	}
	if got := forge(s.student, "", `{"type": 1, "name": "settings"}`, fakediscord.CommandInteraction); !strings.HasPrefix(got, "C’est réservé aux modérateurs") {
		t.Errorf("to a student: %q", got)
	}
	m, _ := s.slashed(ada, s.channel, "settings", nil)
	page := s.choose(ada, m, "Choisissez ce qu’il faut changer", "excerpts")
	id := customID(page, "Choisissez")
	if got := forge(zoe, page.ID, `{"component_type": 3, "custom_id": "`+id+`", "values": ["1"]}`, fakediscord.ComponentInteraction); !strings.HasPrefix(got, "C’est trop ancien, ou ce n’est pas pour vous") {
		t.Errorf("another moderator at the desk: %q", got)
	}
	for _, value := range []string{`"7"`, `""`, `"1","2"`, `"@everyone"`, ``} {
		m, _ = s.slashed(ada, s.channel, "settings", nil)
		page = s.choose(ada, m, "Choisissez ce qu’il faut changer", "excerpts")
		id = customID(page, "Choisissez")
		if got := forge(ada, page.ID, `{"component_type": 3, "custom_id": "`+id+`", "values": [`+value+`]}`, fakediscord.ComponentInteraction); !strings.HasPrefix(got, "⚠️ Ce réglage n’est pas possible") {
			t.Errorf("the forged value %s: %q", value, got)
		}
	}
	m, _ = s.slashed(ada, s.channel, "settings", nil)
	page = s.choose(ada, m, "Choisissez ce qu’il faut changer", "channels")
	id = customID(page, "Choisissez des salons")
	if got := forge(ada, page.ID, `{"component_type": 8, "custom_id": "`+id+`", "values": ["123"]}`, fakediscord.ComponentInteraction); !strings.HasPrefix(got, "⚠️ Ce réglage n’est pas possible") {
		t.Errorf("a channel of nowhere: %q", got)
	}
	foreign := s.NewChannel(fakediscord.Channel{GuildID: s.NewGuild(fakediscord.Guild{Name: "Ailleurs"}).ID, Name: "public"}).ID
	m, _ = s.slashed(ada, s.channel, "settings", nil)
	logs := s.choose(ada, m, "Choisissez ce qu’il faut changer", "log_channel")
	if got := forge(ada, logs.ID, `{"component_type": 8, "custom_id": "`+customID(logs, "Choisissez un salon")+`", "values": ["`+foreign+`"]}`, fakediscord.ComponentInteraction); !strings.HasPrefix(got, "⚠️ Ce réglage n’est pas possible") {
		t.Errorf("a channel of another guild: %q", got)
	}
	if got := s.Messages(foreign); len(got) > 0 {
		t.Errorf("in a channel of another guild stands %+v", got)
	}
	m, _ = s.slashed(ada, s.channel, "settings", nil)
	page = s.choose(ada, m, "Choisissez ce qu’il faut changer", "channels")
	if err := ada.SetRoles(s.guild.ID); err != nil {
		t.Fatal(err)
	}
	if got := shown(s.choose(ada, page, "Choisissez des salons", s.channel)); !strings.HasPrefix(got, "C’est réservé aux modérateurs") {
		t.Errorf("to who moderates no more: %q", got)
	}
	i, err := zoe.Raw(s.channel, "", fakediscord.CommandInteraction, []byte(`{"type": 1, "name": "settings"}`))
	if err != nil {
		t.Fatal(err)
	}
	m = s.choose(zoe, s.answer(i), "Choisissez ce qu’il faut changer", "moderator_roles")
	if got := shown(s.choose(zoe, m, "Choisissez des rôles")); !strings.HasPrefix(got, "⚠️ Seules les personnes qui peuvent gérer les messages") {
		t.Errorf("roles changed by a role: %q", got)
	}
	if g, err := s.options.Settings.Get(t.Context(), s.guild.ID); err != nil || g.Excerpts != 3 || g.Channels != nil || len(g.ModeratorRoles) != 1 {
		t.Errorf("settings %+v, %v, want those from before", g, err)
	}
}

// TestSettingsUnseen: a change that can't be shown is saved once, and that is said. A
// channel in which the bot may not write is not taken.
func TestSettingsUnseen(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.start()
	for value, play := range map[string]fakediscord.Play{"2": fakediscord.Fails(403), "1": fakediscord.LostBefore()} {
		m, _ := s.slashed(ada, s.channel, "settings", nil)
		page := s.choose(ada, m, "Choisissez ce qu’il faut changer", "excerpts")
		stop := s.Always("PATCH", "/webhooks/{webhook_id}/{webhook_token}/messages/@original", play)
		i, err := ada.Choose(page.ID, customID(page, "Choisissez"), value)
		if err != nil {
			t.Fatal(err)
		}
		s.waitFor("that it is saved is said", func() bool {
			said := i.State().Followups
			return len(said) == 1 && strings.HasPrefix(said[0].Content, "C’est enregistré")
		})
		stop()
		if g, err := s.options.Settings.Get(t.Context(), s.guild.ID); err != nil || strconv.Itoa(g.Excerpts) != value {
			t.Errorf("%d excerpts, %v, want %s", g.Excerpts, err, value)
		}
	}
	secret := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "secret", Overwrites: []fakediscord.Overwrite{
		{ID: s.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: fakediscord.SendMessages},
	}}).ID
	if got := shown(s.setting(ada, "log_channel", "Choisissez un salon", secret)); !strings.HasPrefix(got, "⚠️ Je ne peux pas écrire dans <#"+secret+">") {
		t.Errorf("a channel where the bot may not write: %q", got)
	}
	if g, err := s.options.Settings.Get(t.Context(), s.guild.ID); err != nil || g.LogChannel != "" {
		t.Errorf("the channel of the log is %q, %v", g.LogChannel, err)
	}
}

// TestSettingsPages: courses and licences that are more than a select holds, with hostile
// and with long names, can all be chosen.
func TestSettingsPages(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	var drafts []corpus.Draft
	for n := range 26 {
		name := fmt.Sprintf("%02d ", n) + strings.ReplaceAll(strings.ReplaceAll(hostile, `"`, ""), "\\", "") + strings.Repeat("é", 60)
		d, err := corpus.Read(corpus.File{Name: fmt.Sprintf("%d.md", n), Data: []byte("---\ncourse: \"" + name + "\"\nlicence: \"Licence " + name + "\"\n---\n\nLe soviet siège.")})
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, d)
	}
	if _, err := s.store.Put(t.Context(), s.guild.ID, drafts, false); err != nil {
		t.Fatal(err)
	}
	s.start()
	m := s.setting(ada, "courses", "Choisissez un salon", s.channel)
	m, _ = s.press(ada, m, "Page suivante")
	m = s.choose(ada, m, "Choisissez son cours", "25")
	got, bound := shown(m), "<#"+s.channel+"> — 25 "
	if found := misleads(strings.ReplaceAll(got, bound, "")); !strings.HasPrefix(got, "✅ Enregistré") || !strings.Contains(got, bound) || found != "" {
		t.Errorf("the last course: %q, %s", got, found)
	}
	m, _ = s.slashed(ada, s.channel, "settings", nil)
	m = s.choose(ada, m, "Choisissez ce qu’il faut changer", "quotes")
	m, _ = s.press(ada, m, "Page suivante")
	m, _ = s.press(ada, m, "Page suivante")
	m = s.choose(ada, m, "Choisissez une licence ou un cours", "51")
	m = s.choose(ada, m, "Choisissez", "100")
	if got := shown(m); !strings.HasPrefix(got, "✅ Enregistré") || !strings.Contains(got, "100 caractères") || misleadsIn(m) != "" {
		t.Errorf("the last licence or course: %q, %s", got, misleadsIn(m))
	}
	m, _ = s.press(ada, m, "Page précédente")
	if customID(m, "Choisissez une licence ou un cours") == "" {
		t.Errorf("the page before: %q", shown(m))
	}
}

// TestSettingsQuotes: the bot quotes no more of a text than its licence allows by /settings,
// and any length again without.
func TestSettingsQuotes(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.put(s.guild.ID, "a.md", "---\nlicence: CC BY\n---\n\nLe soviet siège au palais de Tauride, où se trouvent les députés des usines, des casernes et des quartiers de la ville, et où parlent aussi les délégués des paysans.")
	s.start()
	quoted := func() string { return shown(s.ask(s.student, s.channel, "Où siège le soviet ?")) }
	if got := quoted(); !strings.Contains(got, "paysans") {
		t.Errorf("without a limit: %q", got)
	}
	m := s.setting(ada, "quotes", "Choisissez une licence ou un cours", "0")
	m = s.choose(ada, m, "Choisissez", "100")
	if got := shown(m); !strings.Contains(got, "Licence CC BY — 100") {
		t.Errorf("the licence is named %q, want it as the text has it", got)
	}
	if got := quoted(); strings.Contains(got, "paysans") || !strings.Contains(got, "Tauride") {
		t.Errorf("with a limit of 100 characters: %q", got)
	}
	s.choose(ada, m, "Choisissez", "0")
	if got := quoted(); !strings.Contains(got, "paysans") {
		t.Errorf("without a limit again: %q", got)
	}
}
