package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestRoomForNotes: what is to be said above a page that fills a message takes away none of
// the page but its last lines.
func TestRoomForNotes(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	zoe := s.curator("Zoé", "fr")
	long, author := strings.Repeat("Makhno ", 60), strings.Repeat("Zoé ", 25)
	curated := s.curate(s.guild.ID, answers.Content{Question: long + "?", Answer: "0"})
	for n := range 30 {
		if _, err := s.curated.Edit(t.Context(), s.guild.ID, curated.ID, 0, author, answers.Content{Question: long + "?", Answer: fmt.Sprint(n + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	s.start()
	history, _ := s.slashed(zoe, s.channel, "curated history", fakediscord.Values{"answer": curated.ID})
	old := strings.Replace(customID(history, "Retour"), ".1", ".0", 1)
	i, err := zoe.Raw(s.channel, history.ID, fakediscord.ComponentInteraction, fmt.Appendf(nil, `{"component_type": 2, "custom_id": %q}`, old))
	if err != nil {
		t.Fatal(err)
	}
	m := s.answer(i)
	s.want(m, "Rien n’a été fait", "Historique de", "31. modifiée", "25. modifiée")
	if !strings.HasSuffix(m.Content, "\n…") {
		t.Errorf("the page ends with %q, want a sign that lines are left out", m.Content[len(m.Content)-40:])
	}
}

// TestManyRoles: a course that is limited to more roles and channels than a select has room
// for loses none of them when one is added or taken away.
func TestManyRoles(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	var roles, forums []string
	for n := range 30 {
		roles = append(roles, s.NewRole(s.guild.ID, fakediscord.Role{Name: fmt.Sprint("Groupe ", n)}).ID)
		forums = append(forums, s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: fmt.Sprint("forum-", n), Type: fakediscord.ForumChannel}).ID)
	}
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "Droit", &corpus.Limits{Roles: roles}); err != nil {
		t.Fatal(err)
	}
	if err := s.options.Homes.SetForums(t.Context(), s.guild.ID, forums); err != nil {
		t.Fatal(err)
	}
	s.start()
	chosen := func(m fakediscord.Message, placeholder string) []string {
		var ids []string
		for _, row := range m.Components {
			for _, c := range row.Components {
				for _, d := range c.DefaultValues {
					if c.Placeholder == placeholder {
						ids = append(ids, d.ID)
					}
				}
			}
		}
		return ids
	}
	m, _ := s.slashed(ada, s.channel, "corpus access", fakediscord.Values{"course": "Droit"})
	shownRoles := chosen(m, "Choisissez des rôles")
	s.want(m, "Le menu ne montre que les 25 premiers ; les 5 autres restent choisis.")
	s.choose(ada, m, "Choisissez des rôles", shownRoles[:2]...)
	courses, err := s.store.Courses(t.Context(), corpus.Everything(s.guild.ID))
	if err != nil || len(courses) != 1 || len(courses[0].Limits.Roles) != 7 {
		t.Fatalf("%+v, %v, want 2 roles that are chosen and 5 that were not shown", courses, err)
	}
	for _, id := range roles {
		if !slices.Contains(shownRoles, id) && !slices.Contains(courses[0].Limits.Roles, id) {
			t.Errorf("role %s, which was not shown, is lost", id)
		}
	}
	m, _ = s.slashed(ada, s.channel, "settings", nil)
	m = s.choose(ada, m, "Choisissez ce qu’il faut changer", "forums")
	s.choose(ada, m, "Choisissez des salons", chosen(m, "Choisissez des salons")[0])
	if now, err := s.options.Homes.Forums(t.Context(), s.guild.ID); err != nil || len(now) != 6 {
		t.Errorf("forums %v, %v, want one that is chosen and 5 that were not shown", now, err)
	}
}

// TestCommandsLimited: who uses commands without end is told to wait, and nobody else is.
func TestCommandsLimited(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	clock := fakediscord.NewClock(time.Now())
	s.options.Now = clock.Now
	s.options.Limits = bot.Limits{Presses: bot.Rate{Burst: 2, Every: 3 * time.Second}}
	ada, zoe := s.curator("Ada", "fr"), s.curator("Zoé", "es-ES")
	s.start()
	for _, want := range []string{"Réglages de ce serveur", "Réglages de ce serveur", "Cela fait beaucoup à la fois. Continuez dans 3 s."} {
		m, _ := s.slashed(ada, s.channel, "settings", nil)
		s.want(m, want)
	}
	m, _ := s.slashed(zoe, s.channel, "settings", nil)
	s.want(m, "Ajustes de este servidor")
	clock.Advance(3 * time.Second)
	m, _ = s.slashed(ada, s.channel, "glossary", nil)
	s.want(m, "Le glossaire est vide")
}

// TestNamesAlike: a name is found however its accents are encoded, as systems do it
// differently.
func TestNamesAlike(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.put(s.guild.ID, "a.md", "---\ntitle: L'\u00c9tat et la r\u00e9volution\n---\n\nLe soviet siège.")
	s.start()
	m, _ := s.slashed(ada, s.channel, "corpus info", fakediscord.Values{"document": "l'e\u0301tat et la re\u0301volution"})
	s.want(m, "Fichier : a.md")
}
