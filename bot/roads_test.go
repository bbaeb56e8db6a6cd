package bot_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// An ending is what becomes of what a person does when the bot is ready after its
// interaction has ended.
type ending int

const (
	dropped ending = iota // the log says so
	posted                // as a message in the channel
	said                  // what is said needs no database, and is there
)

// A road is something that a person can do with the bot.
type road struct {
	name string
	do   func() (*fakediscord.Interaction, error)
	late ending
}

// roads returns all that people can do with the bot that runs on the stage: each command,
// each button and select, and typing.
func (s *stage) roads() []road {
	s.t.Helper()
	t := s.t
	for n := range 9 {
		s.put(s.guild.ID, fmt.Sprintf("%d.md", n), fmt.Sprintf("---\ntitle: Texte %d\ncourse: Grèves\n---\n\nLa grève numéro %d commence à Petrograd.", n, n))
	}
	s.put(s.guild.ID, "cours.md", history)
	role := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Modération", Permissions: fakediscord.ManageChannels}).ID
	moderator := s.NewPerson("Ada", "fr").Join(s.guild.ID, role)
	forum := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
	const question = "Où siège le soviet de Petrograd ?"
	who, direct := s.student, s.student.Direct().ID
	stranger := s.NewPerson("Max", "fr").Join(s.guild.ID)
	reply := s.ask(who, s.channel, question)
	s.settled(s.guild.ID)
	shows := func(channel, command string, values fakediscord.Values) fakediscord.Message {
		t.Helper()
		m, _ := s.slashed(who, channel, command, values)
		return m
	}
	pressed := func(m fakediscord.Message, label string) fakediscord.Message {
		t.Helper()
		m, _ = s.press(who, m, label)
		return m
	}
	private := shows(s.channel, "ask", fakediscord.Values{"question": question, "private": true})
	no := shows(s.channel, "ask", fakediscord.Values{"question": "Comment cuire un rôti de porc ?", "private": true})
	found, listed := shows(s.channel, "search", fakediscord.Values{"words": "grève"}), shows(s.channel, "sources", nil)
	privacy, guilds := shows(s.channel, "privacy", nil), shows(direct, "guild", nil)
	panel, own, public := pressed(reply, "Plus"), pressed(private, "Plus"), pressed(reply, "Plus")
	around, further := pressed(pressed(reply, "Plus"), "En contexte"), pressed(pressed(reply, "Plus"), "Autres résultats")
	thanks := pressed(reply, "Pas utile")
	wrote := s.wrote(who, s.channel, question)
	eva := s.curator("Eva", "fr")
	moderates := func(command string, values fakediscord.Values) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return eva.Slash(s.channel, command, values) }
	}
	board, _ := s.slashed(eva, s.channel, "settings", nil)
	page := s.choose(eva, board, "Choisissez ce qu’il faut changer", "language")

	slash := func(channel, command string, values fakediscord.Values) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return who.Slash(channel, command, values) }
	}
	typing := func(command, option string) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) {
			return who.Autocomplete(s.channel, command, option, fakediscord.Values{option: "g"})
		}
	}
	press := func(m fakediscord.Message, label string) func() (*fakediscord.Interaction, error) {
		id := customID(m, label)
		if id == "" {
			t.Fatalf("no button %q among %q", label, labels(m))
		}
		return func() (*fakediscord.Interaction, error) { return who.Press(m.ID, id) }
	}
	choose := func(m fakediscord.Message, placeholder, value string) func() (*fakediscord.Interaction, error) {
		return func() (*fakediscord.Interaction, error) { return who.Choose(m.ID, customID(m, placeholder), value) }
	}
	excerpts := panel.Components[0].Components[0]
	if len(excerpts.Options) < 2 {
		t.Fatalf("the panel has no excerpts to choose from: %q", shown(panel))
	}
	return []road{
		{"/ask", slash(s.channel, "ask", fakediscord.Values{"question": question}), posted},
		{"/ask in private", slash(s.channel, "ask", fakediscord.Values{"question": question, "private": true}), dropped},
		{"/ask in a direct message", slash(direct, "ask", fakediscord.Values{"question": question}), posted},
		{"/ask in a direct message of who has asked nowhere", func() (*fakediscord.Interaction, error) {
			return stranger.Slash(stranger.Direct().ID, "ask", fakediscord.Values{"question": question})
		}, posted},
		{"/ask in a course", slash(s.channel, "ask", fakediscord.Values{"question": question, "course": "Grèves", "private": true}), dropped},
		{"/search", slash(s.channel, "search", fakediscord.Values{"words": "soviet"}), dropped},
		{"/search in a direct message", slash(direct, "search", fakediscord.Values{"words": "soviet"}), dropped},
		{"/sources", slash(s.channel, "sources", nil), dropped},
		{"/guild", slash(s.channel, "guild", nil), dropped},
		{"/guild in a direct message", slash(direct, "guild", nil), dropped},
		{"/privacy", slash(s.channel, "privacy", nil), said},
		{"/help", slash(s.channel, "help", nil), said},
		{"/forum", func() (*fakediscord.Interaction, error) {
			return moderator.Slash(s.channel, "forum", fakediscord.Values{"channel": forum, "on": true})
		}, dropped},
		{"ask about", func() (*fakediscord.Interaction, error) { return who.MessageCommand(wrote.ID, "Ask about this") }, dropped},
		{"typing a question", typing("ask", "question"), said},
		{"typing a course", typing("ask", "course"), said},
		{"typing a text", typing("search", "document"), said},
		{"typing a course of sources", typing("sources", "course"), said},
		{"more", press(reply, "Plus"), dropped},
		{"helpful", press(reply, "Utile"), dropped},
		{"not helpful", press(reply, "Pas utile"), dropped},
		{"why not helpful", choose(thanks, "Pourquoi\u00a0? Ce n’est pas obligatoire.", "reason_part"), dropped},
		{"send", press(no, "Envoyer aux modérateurs"), dropped},
		{"tell me", press(no, "Me prévenir de la réponse"), dropped},
		{"choose an excerpt", choose(panel, excerpts.Placeholder, excerpts.Options[1].Value), dropped},
		{"in context", press(panel, "En contexte"), dropped},
		{"the passage after", press(around, "Suivant"), dropped},
		{"reference", press(panel, "Copier la référence"), dropped},
		{"why", press(panel, "Pourquoi\u00a0?"), dropped},
		{"further", press(panel, "Autres résultats"), dropped},
		{"further results, next page", press(further, "Page suivante"), dropped},
		{"share", press(own, "Partager"), dropped},
		{"remove", press(public, "Retirer"), said},
		{"found, next page", press(found, "Page suivante"), dropped},
		{"sources, next page", press(listed, "Page suivante"), dropped},
		{"export", press(privacy, "Exporter mes données"), dropped},
		{"forget", press(privacy, "M’oublier"), dropped},
		{"/settings", moderates("settings", nil), dropped},
		{"/corpus list", moderates("corpus list", nil), dropped},
		{"/corpus info", moderates("corpus info", fakediscord.Values{"document": "Texte 1"}), dropped},
		{"/corpus rename", moderates("corpus rename", fakediscord.Values{"document": "Texte 2", "title": "Leçon"}), dropped},
		{"a setting", func() (*fakediscord.Interaction, error) {
			return eva.Choose(page.ID, customID(page, "Choisissez"), "fr")
		}, dropped},
		{"choose a server", choose(guilds, "", s.guild.ID), dropped},
	}
}

// readers is how many read from the database at a time, at least.
const readers = 16

// jam makes the database so slow that nothing comes of it until release is called.
func (s *stage) jam() (release func()) {
	s.t.Helper()
	held := make(chan struct{})
	begun := make(chan struct{}, readers+1)
	ctx, cancel := context.WithCancel(context.Background())
	hold := func(*sql.Tx) error {
		begun <- struct{}{}
		<-held
		return nil
	}
	var all sync.WaitGroup
	for range readers {
		all.Go(func() { s.db.Read(ctx, hold) })
	}
	all.Go(func() { s.db.Write(ctx, s.guild.ID, hold) })
	release = sync.OnceFunc(func() {
		cancel() // those that have not begun never do
		close(held)
		all.Wait()
	})
	s.t.Cleanup(release)
	s.waitFor("nobody else can read", func() bool {
		waiting, stop := context.WithTimeout(s.t.Context(), 100*time.Millisecond)
		defer stop()
		return s.db.Read(waiting, func(*sql.Tx) error { return nil }) != nil
	})
	return release
}

// TestSlowDatabase: however long the database takes, each thing that a person does is
// acknowledged before it answers. What comes of it when the interaction has ended meanwhile
// is posted where all may read it, or dropped, and the log says so; nothing else fails.
//
// Discord's clock stands: that an acknowledgement comes at all shows that it does not wait.
func TestSlowDatabase(t *testing.T) {
	t.Parallel()
	clock := fakediscord.NewClock(time.Now())
	s := newStage(t, fakediscord.Options{Now: clock.Now})
	s.start()
	roads := s.roads()
	posts := len(s.Requests("POST", "/channels/{channel_id}/messages"))
	release := s.jam()
	began := make([]*fakediscord.Interaction, len(roads))
	for n, road := range roads {
		i, err := road.do()
		if err != nil {
			t.Fatalf("%s: %v", road.name, err)
		}
		began[n] = i
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for n, road := range roads {
		state, err := began[n].Acknowledged(ctx)
		if err != nil || state.Failed {
			t.Fatalf("%s: not acknowledged while the database takes its time: %v\n%s", road.name, err, s.log)
		}
	}
	clock.Advance(16 * time.Minute)
	release()
	for n, road := range roads {
		if road.late == dropped {
			s.waitFor(road.name+" is dropped", func() bool {
				return strings.Contains(s.log.String(), `msg="a reply is dropped: it came too late" interaction=`+began[n].ID)
			})
		}
		if road.late == posted {
			posts++
		}
	}
	if _, err := s.WaitRequests(ctx, posts, "POST", "/channels/{channel_id}/messages"); err != nil {
		t.Errorf("not all late replies are posted: %v\n%s", err, s.log)
	}
	if log := s.log.String(); strings.Contains(log, "interaction failed") {
		t.Errorf("something else failed:\n%s", log)
	}
}
