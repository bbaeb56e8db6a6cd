package bot_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// TestLife: a guild arrives, departs, comes again, and what is stored of it is kept for 30
// days after it has departed.
func TestLife(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		clock := fakediscord.NewClock(time.Now())
		homes := bot.NewHomes(db, clock.Now)
		first := clock.Now().Add(-time.Hour)
		for _, step := range []struct {
			name    string
			after   time.Duration
			departs bool
			joined  time.Time
			want    bot.Arrival
			expired int
		}{
			{"arrives", 0, false, first, bot.Arrived, 0},
			{"is told of again", time.Hour, false, first, bot.Stayed, 0},
			{"departs", 0, true, first, 0, 0},
			{"is away for 29 days", 29 * 24 * time.Hour, true, first, 0, 0},
			{"comes again", 0, false, first.Add(24 * time.Hour), bot.CameAgain, 0},
			{"is there for long", 60 * 24 * time.Hour, false, first.Add(24 * time.Hour), bot.Stayed, 0},
			{"departs again", 0, true, first, 0, 0},
			{"is away for 30 days", 30 * 24 * time.Hour, true, first, 0, 1},
		} {
			clock.Advance(step.after)
			var got bot.Arrival
			var err error
			if step.departs {
				err = homes.Depart(t.Context(), "a")
			} else {
				got, err = homes.Join(t.Context(), "a", step.joined)
			}
			expired, err2 := homes.Expired(t.Context())
			if err != nil || err2 != nil || got != step.want || len(expired) != step.expired {
				t.Errorf("%s: arrival %v, %v, expired %v, %v, want %v and %d expired", step.name, got, err, expired, err2, step.want, step.expired)
			}
		}
		if err := homes.Depart(t.Context(), "never"); err != nil {
			t.Error(err)
		}
		if _, err := homes.Join(t.Context(), "b", first); err != nil {
			t.Error(err)
		}
		if err := errors.Join(homes.Depart(t.Context(), "b"), homes.Return(t.Context(), "b")); err != nil {
			t.Error(err)
		}
		clock.Advance(31 * 24 * time.Hour)
		if err := homes.Erase(t.Context(), "b"); err != nil { // as if it came again just before
			t.Error(err)
		}
		if got, err := homes.Join(t.Context(), "b", first.Add(time.Hour)); got != bot.CameAgain || err != nil {
			t.Errorf("a guild that came again: %v, %v, want what was stored to be there", got, err)
		}
		if err := homes.Erase(t.Context(), "a"); err != nil {
			t.Error(err)
		}
		if got, err := homes.Join(t.Context(), "a", first); got != bot.Arrived || err != nil {
			t.Errorf("after its erasure: %v, %v, want as if for the first time", got, err)
		}
	})
}

// toJoin makes a guild with a channel, in which the bot is not.
func (s *stage) toJoin(locale string, o ...fakediscord.Overwrite) (fakediscord.Guild, string) {
	s.t.Helper()
	g := s.NewGuild(fakediscord.Guild{Name: "Nouveau", PreferredLocale: locale})
	s.RemoveBot(g.ID)
	channel := s.NewChannel(fakediscord.Channel{GuildID: g.ID, Name: "accueil", Overwrites: o}).ID
	return g, channel
}

// TestGreeting: where the bot joins it says so once, and each of the three steps is behind
// a button.
func TestGreeting(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	g, channel := s.toJoin("fr")
	s.start()
	s.AddBot(g.ID)
	hello := s.posts(channel, 1)[0]
	if got := shown(hello); !strings.HasPrefix(got, "👋 Bonjour") || len(labels(hello)) != 3 {
		t.Fatalf("greeting %q with %q", got, labels(hello))
	}
	role := s.NewRole(g.ID, fakediscord.Role{Name: "Modération", Permissions: fakediscord.ManageMessages}).ID
	ada := s.NewPerson("Ada", "fr").Join(g.ID, role)
	m, i := s.press(ada, hello, "1. Réglages")
	if !strings.HasPrefix(shown(m), "**Réglages de ce serveur**") || !i.State().Ephemeral {
		t.Errorf("the first step shows %q", shown(m))
	}
	_, window := s.opens(ada, hello, "2. Ajouter des textes")
	report := s.ended(s.sends(ada, window, fakediscord.Values{"file": file("a.md", "Le soviet de Petrograd siège au palais de Tauride.")}))
	if got := shown(report); !strings.HasPrefix(got, "Voici ce que je comprends du texte") {
		t.Errorf("the second step shows %q", got)
	}
	s.press(ada, report, "Ajouter aux textes")
	_, window = s.opens(ada, hello, "3. Demander")
	if got := shown(s.sends(ada, window, fakediscord.Values{"question": "Où siège le soviet ?"})); !strings.Contains(got, "Tauride") {
		t.Errorf("the third step shows %q", got)
	}
	reader := s.NewPerson("Léo", "es-ES").Join(g.ID)
	for _, label := range []string{"1. Réglages", "2. Ajouter des textes"} {
		if m, i := s.press(reader, hello, label); !strings.HasPrefix(shown(m), "Esto es para los moderadores") || !i.State().Ephemeral {
			t.Errorf("%s shows %q to who does not moderate", label, shown(m))
		}
	}
	i, err := s.curator("Eva", "fr").Raw(s.channel, "", fakediscord.ComponentInteraction, []byte(`{"component_type": 2, "custom_id": "`+customID(hello, "1. Réglages")+`"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(s.answer(i)); !strings.HasPrefix(got, "Ce bouton est trop ancien") {
		t.Errorf("in another guild it shows %q", got)
	}
	s.SetAvailable(g.ID, false)
	s.SetAvailable(g.ID, true)
	s.RemoveBot(g.ID)
	s.waitFor("the bot notes that it has left", func() bool {
		present, err := s.options.Homes.Present(t.Context())
		return err == nil && len(present) == 1
	})
	s.AddBot(g.ID)
	s.waitFor("the bot is back and says so", func() bool {
		return slices.ContainsFunc(s.Messages(channel), func(m fakediscord.Message) bool { return strings.HasPrefix(shown(m), "👋 Me revoilà") })
	})
	if m, _ := s.slashed(ada, channel, "corpus list", nil); !strings.Contains(shown(m), "a") {
		t.Errorf("its texts are %q", shown(m))
	}
}

// TestGreetingRefused: where the bot may write nowhere, the owner is greeted; a bot that
// finds guilds in which it has been for long greets nobody.
func TestGreetingRefused(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	g, _ := s.toJoin("es-ES", fakediscord.Overwrite{ID: s.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: fakediscord.SendMessages})
	s.start()
	s.AddBot(g.ID)
	owner, ok := s.Person(g.OwnerID)
	if !ok {
		t.Fatal("no owner")
	}
	direct := owner.Direct().ID
	s.waitFor("the owner is greeted", func() bool { return len(s.Messages(direct)) == 1 })
	if m := s.Messages(direct)[0]; !strings.HasPrefix(shown(m), "👋 ¡Hola!") {
		t.Errorf("the owner reads %q", shown(m))
	}
	if got := s.Messages(s.channel); len(got) > 0 {
		t.Errorf("in a guild from before stands %+v", got)
	}
}

// TestDepartureUnseen: a guild that the bot has left while it was not connected is noted at
// the next start.
func TestDepartureUnseen(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "a.txt", "Le soviet siège.")
	present := func(n int) {
		t.Helper()
		s.waitFor("guilds are noted", func() bool {
			guilds, err := s.options.Homes.Present(t.Context())
			return err == nil && len(guilds) == n
		})
	}
	stop := s.start()
	present(1)
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.RemoveBot(s.guild.ID)
	s.start()
	present(0)
	s.AddBot(s.guild.ID)
	present(1)
	if got := shown(s.ask(s.student, s.channel, "Où siège le soviet ?")); !strings.Contains(got, "soviet") {
		t.Errorf("back again: %q", got)
	}
}

// TestDigest: moderators get what waits for them as often as they have set, once, also when
// Discord fails; the queues are behind buttons.
func TestDigest(t *testing.T) {
	t.Parallel()
	clock := fakediscord.NewClock(time.Now())
	s := newStage(t, fakediscord.Options{})
	s.options.Now = clock.Now
	ada := s.curator("Ada", "fr")
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "modération"}).ID
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais de Tauride.")
	for name, value := range map[string]string{"digest": "daily", "digest_channel": room, "language": "fr"} {
		if err := s.options.Settings.Set(t.Context(), s.guild.ID, name, value); err != nil {
			t.Fatal(err)
		}
	}
	failing := s.Always("POST", "/channels/{channel_id}/messages", fakediscord.LostAnswer())
	if _, err := s.curated.Propose(t.Context(), corpus.Everything(s.guild.ID), s.student.ID, answers.Content{Question: "Où ?", Answer: "Là."}); err != nil {
		t.Fatal(err)
	}
	s.start()
	s.waitLog("digest of guild", 1)
	clock.Advance(time.Second) // the next attempt is another moment
	failing()
	digests := func() []fakediscord.Message {
		return slices.DeleteFunc(s.Messages(room), func(m fakediscord.Message) bool { return m.For != "" })
	}
	s.waitFor("the digest stands, and is noted", func() bool {
		at, err := s.options.Homes.Digested(t.Context(), s.guild.ID)
		return err == nil && at.Equal(clock.Now().Truncate(time.Millisecond)) && len(digests()) == 1
	})
	digest := digests()[0]
	got := shown(digest)
	for _, want := range []string{"**Ce qui attend les modérateurs**", "- Une proposition à relire"} {
		if !strings.Contains(got, want) {
			t.Errorf("digest %q, want %q", got, want)
		}
	}
	if found := misleadsIn(digest); found != "" {
		t.Errorf("digest: %s", found)
	}
	if m, i := s.press(ada, digest, "Propositions"); !strings.Contains(shown(m), "Où") || !i.State().Ephemeral {
		t.Errorf("proposals: %q", shown(m))
	}
	if m, _ := s.press(s.student, digest, "Propositions"); strings.Contains(shown(m), "Où") {
		t.Errorf("proposals to a student: %q", shown(m))
	}
	s.ask(s.student, s.channel, "Comment cuire un rôti ? "+hostile)
	clock.Advance(23 * time.Hour)
	s.waitFor("the open question is there", func() bool { return len(s.openQuestions()) == 1 })
	clock.Advance(2 * time.Hour)
	s.waitFor("the next digest stands", func() bool { return len(digests()) == 2 })
	if got := shown(digests()[1]); !strings.Contains(got, "- Une question ouverte\u00a0:\n  - Comment cuire un rôti ?") || misleads(got) != "" {
		t.Errorf("digest %q, %s", got, misleads(got))
	}
}
