//go:build unix

package cli_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// TestAway: while PostgreSQL is away, commands are answered from what a process keeps, as
// far as their askers may see it; what is to be stored is refused in a sentence; and what is
// stored when it is back is found.
func TestAway(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process of its own")
	}
	t.Parallel()
	f := newFleet(t, fakediscord.Options{Shards: 1, Concurrency: 1}, 1, time.Second)
	guild, channel, student := f.Guilds()[0].ID, f.channels[0], f.people[0][0]
	role := f.NewRole(guild, fakediscord.Role{Name: "tutorat"}).ID
	tutor := f.NewPerson("Tutrice", "fr").Join(guild, role)
	store := corpus.NewStore(f.db, time.Now)
	f.storeIn(store, guild, "b.txt", "Tutorat", "Le sujet de l'examen est la révolte de Kronstadt.")
	if err := store.SetLimits(t.Context(), guild, "Tutorat", &corpus.Limits{Roles: []string{role}}); err != nil {
		t.Fatal(err)
	}
	curated := answers.NewStore(f.db, store, time.Now)
	renewal, err := curated.Add(t.Context(), guild, "ana", answers.Content{Question: "Comment prolonger un emprunt ?", Answer: "Au guichet."})
	for _, now := range []string{"Au guichet ou par courriel.", "Par courriel à la bibliothèque."} {
		if err == nil {
			_, err = curated.Edit(t.Context(), guild, renewal.ID, 0, "ana", answers.Content{Question: "Comment prolonger un emprunt ?", Answer: now})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	ops := freeAddress(t)
	m := f.join("--ops-listen", ops)
	f.await("the process answers", func() bool { return f.heard(1) })
	m.waitLog("the indexes are ready", 1)

	asks := func(who *fakediscord.Person, question, want, not string) fakediscord.Message {
		t.Helper()
		i, err := who.Slash(channel, "ask", fakediscord.Values{"question": question, "private": true})
		if err != nil {
			t.Fatal(err)
		}
		reply := f.answer(i)
		if text := strings.ReplaceAll(fmt.Sprint(reply.Content, reply.Embeds), "*", ""); !strings.Contains(text, want) || not != "" && strings.Contains(text, not) {
			t.Errorf("%q is answered by %q, want %q in it, and not %q", question, text, want, not)
		}
		return reply
	}
	const seat, exam, secret = "Où siège le soviet numéro 0 ?", "Quel est le sujet de l'examen ?", "Kronstadt"

	healthy := func() { // else whoever watches would start it again, without the database
		t.Helper()
		response, err := http.Get("http://" + ops + "/healthz")
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("/healthz while the database is away is %s: %s", response.Status, body)
		}
	}
	f.wire.Silence(true)
	asks(student, seat, "Tauride", "")
	healthy()

	f.wire.Cut(true)
	f.wire.Silence(false)
	m.waitLog("the database can't be asked who answers", 1)
	time.Sleep(f.lease) // until its lease is over, too
	reply := asks(student, seat, "Tauride", "")
	asks(tutor, exam, secret, "")
	asks(student, exam, "", secret)
	asks(student, "Comment prolonger un emprunt ?", "Par courriel à la bibliothèque", "")
	healthy()
	vote := func() string {
		t.Helper()
		i, err := student.Press(reply.ID, f.button(reply, "Utile"))
		if err != nil {
			t.Fatal(err)
		}
		return f.answer(i).Content
	}
	if said := vote(); !strings.Contains(said, "base de données") {
		t.Errorf("a vote while the database is away says %q", said)
	}

	f.wire.Cut(false)
	m.waitLog("the database answers again", 1)
	f.await("votes are taken", func() bool { return strings.Contains(vote(), "noté comme utile") })
	f.storeIn(store, guild, "c.txt", "", "La conférence de Zimmerwald eut lieu en 1915.")
	f.await("what is new is found", func() bool {
		return strings.Contains(fmt.Sprint(asks(student, "Quand eut lieu la conférence de Zimmerwald ?", "", "").Embeds), "1915")
	})
}

// TestAwayFromOne: where one process alone can't reach the database, another takes over its
// shard while its session goes on, so that Discord tells both. Each question has one reply.
func TestAwayFromOne(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes of its own")
	}
	t.Parallel()
	f := newFleet(t, fakediscord.Options{Shards: 1, Concurrency: 1}, 1, time.Second)
	own := databasetest.NewWire(t, f.wire.Target())
	one := f.joinThrough(own)
	f.await("the first has the shard", func() bool { return f.heard(1) && f.holds(one) })
	one.waitLog("the indexes are ready", 1)
	two := f.join()
	own.Cut(true)
	f.await("the other has the shard", func() bool { return f.holds(two) })
	f.await("both have sessions", func() bool { return len(f.Sessions()) == 2 && f.Sessions()[0].Connected && f.Sessions()[1].Connected })
	two.waitLog("the indexes are ready", 1)
	for n := range 10 {
		f.slash(n % 4)
		f.mention(n % 4)
	}
	for n, i := range f.trips {
		m := f.answer(i)
		if text := fmt.Sprint(m.Content, m.Embeds); !strings.Contains(text, "Tauride") {
			t.Errorf("command %d is answered by %q", n, text)
		}
		if more := i.State().Followups; len(more) > 0 {
			t.Errorf("command %d has a second reply", n)
		}
	}
	f.settled(false)
	own.Cut(false)
	one.waitLog("another process answers for a shard now", 1)
	time.Sleep(100 * time.Millisecond) // for what it would wrongly say now
	f.settled(false)
}

// answer waits for the reply to an interaction.
func (f *fleet) answer(i *fakediscord.Interaction) fakediscord.Message {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	m, err := i.Answer(ctx)
	if err != nil {
		f.t.Fatalf("no answer: %v", err)
	}
	return m
}

// button returns what a button of a message is known by.
func (f *fleet) button(m fakediscord.Message, label string) string {
	f.t.Helper()
	for _, row := range m.Components {
		for _, c := range row.Components {
			if c.Label == label {
				return c.CustomID
			}
		}
	}
	f.t.Fatalf("no button %q in %+v", label, m)
	return ""
}
