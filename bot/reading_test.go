package bot_test

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// A linking notes what the bot wants links for, and gives them.
type linking struct {
	mutex  sync.Mutex
	guild  string
	asker  corpus.Asker
	quotes []corpus.Reference
	length int // of the links
}

func (l *linking) link(guild string, asker corpus.Asker, quotes []corpus.Reference) string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.guild, l.asker, l.quotes = guild, asker, quotes
	address := "https://texts.example/" + quotes[0].Document
	return address + strings.Repeat("x", max(0, l.length-len(address)))
}

// wants checks what the last link was for.
func (l *linking) wants(t *testing.T, name, guild string, asker corpus.Asker, quotes int) {
	t.Helper()
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.guild != guild || !reflect.DeepEqual(l.asker, asker) || len(l.quotes) != quotes {
		t.Errorf("%s: the link is for %+v of %s with %d quotes, want %+v of %s with %d", name, l.asker, l.guild, len(l.quotes), asker, guild, quotes)
	}
}

const lamps = "---\ntitle: Le phare\nlanguage: fr\n---\n# La lampe\n\nLe gardien Anselme allume la lampe du phare à la tombée de la nuit.\n"

// TestLinks: a quote has a link to its place in the text, made for the place where the reply
// stands or for the asker alone.
func TestLinks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "tuteurs"}).ID
	other := s.NewRole(s.guild.ID, fakediscord.Role{Name: "chorale"}).ID
	if err := s.student.SetRoles(s.guild.ID, role, other); err != nil {
		t.Fatal(err)
	}
	thread := "" // of the channel
	s.put(s.guild.ID, "phare.md", lamps)
	s.put(s.guild.ID, "moulin.md", "---\ntitle: Le moulin\ncourse: Tutorat\nlanguage: fr\n---\nLe meunier Barnabé moud le seigle au moulin du village.\n")
	if err := s.store.SetLimits(t.Context(), s.guild.ID, "tutorat", &corpus.Limits{Roles: []string{role}}); err != nil {
		t.Fatal(err)
	}
	l := new(linking)
	s.options.Link = l.link
	s.start()

	got := s.ask(s.student, s.channel, "Qui allume la lampe du phare ?")
	if want := "\n[Lire dans le texte](https://texts.example/"; len(got.Embeds) != 1 || !strings.Contains(got.Embeds[0].Description, want) || !strings.Contains(got.Embeds[0].Footer.Text, "Le phare") {
		t.Errorf("the reply is %+v, want %q in it", got.Embeds, want)
	}
	l.wants(t, "before all", s.guild.ID, corpus.Asker{Channels: []string{s.channel}, Public: true}, 1)

	m, err := s.student.Post(s.channel, fakediscord.Post{Content: "Un fil"})
	if err != nil {
		t.Fatal(err)
	}
	opened, err := s.student.StartThread(m.ID, "Fil")
	if err != nil {
		t.Fatal(err)
	}
	thread = opened.ID
	s.ask(s.student, thread, "Qui allume la lampe du phare ?")
	l.wants(t, "in a thread", s.guild.ID, corpus.Asker{Channels: []string{thread, s.channel}, Public: true}, 1)

	alone := func(question string) fakediscord.Message {
		i, err := s.student.Slash(s.channel, "ask", fakediscord.Values{"question": question, "private": true})
		if err != nil {
			t.Fatal(err)
		}
		return s.answer(i)
	}
	alone("Que moud le meunier Barnabé ?")
	l.wants(t, "alone, by a role", s.guild.ID, corpus.Asker{Roles: []string{role}, Channels: []string{s.channel}}, 1)
	alone("Qui allume la lampe du phare ?")
	l.wants(t, "alone, what all may see", s.guild.ID, corpus.Asker{Channels: []string{s.channel}}, 1)
}

// TestLongLinks: however long links are, a message stays within Discord's limits, and its
// quotes whole where there is room.
func TestLongLinks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	for i := range 3 {
		var text strings.Builder
		fmt.Fprintf(&text, "---\ntitle: %s\nlanguage: fr\n---\n", strings.Repeat("Le phare ", 50))
		fmt.Fprintf(&text, "Le gardien numéro %d allume la lampe du phare (%s) à la tombée de la nuit.\n", i, strings.Repeat("de l'île *verte* ", 15))
		s.put(s.guild.ID, fmt.Sprintf("%d.md", i), text.String())
	}
	l := &linking{length: 990}
	s.options.Link = l.link
	s.start()
	for _, length := range []int{990, 1500} {
		l.mutex.Lock()
		l.length = length
		l.mutex.Unlock()
		got := s.ask(s.student, s.channel, "Quel gardien allume la lampe du phare à la tombée de la nuit ?")
		for _, e := range got.Embeds {
			if linked := strings.Contains(e.Description, "](https://texts.example/"); linked != (length < 1000) || !strings.Contains(e.Description, "allume") {
				t.Errorf("with links of %d characters, a quote is %q", length, e.Description)
			}
		}
	}
}

// TestCuratedLinks: the sources of a moderator's answer have links, one for each text.
func TestCuratedLinks(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "phare.md", lamps)
	documents, err := s.store.Documents(t.Context(), corpus.Everything(s.guild.ID), false)
	if err != nil {
		t.Fatal(err)
	}
	const words = "Le gardien Anselme allume la lampe"
	source, err := s.store.Text(t.Context(), corpus.Everything(s.guild.ID), documents[0].ID, corpus.Range{End: documents[0].Bytes})
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(source, words)
	quote := corpus.Reference{Document: documents[0].ID, Revision: documents[0].Revision, Ranges: []corpus.Range{{Start: at, End: at + len(words)}}}
	s.curate(s.guild.ID, answers.Content{
		Question: "Qui garde le phare ?", Answer: "C'est Anselme.",
		Sources: []answers.Source{{Reference: quote}, {Text: "cours du 3 mars"}},
	})
	l := new(linking)
	s.options.Link = l.link
	s.start()
	got := s.ask(s.student, s.channel, "Qui garde le phare ?")
	want := "C'est Anselme.\n[Lire dans le texte](https://texts.example/" + documents[0].ID + ")"
	if len(got.Embeds) == 0 || got.Embeds[0].Description != want {
		t.Errorf("the reply is %+v, want %q", got.Embeds, want)
	}
}
