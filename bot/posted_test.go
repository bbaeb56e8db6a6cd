package bot_test

import (
	"strings"
	"testing"

	"verbatim/bot/fakediscord"
)

// mention is how a text mentions the bot.
func (s *stage) mention() string { return "<@" + s.Bot().ID + "> " }

// wrote lets a person write in a channel.
func (s *stage) wrote(who *fakediscord.Person, channel, text string) fakediscord.Message {
	s.t.Helper()
	m, err := who.Post(channel, fakediscord.Post{Content: text})
	if err != nil {
		s.t.Fatal(err)
	}
	return m
}

// TestMention: who mentions the bot in a channel or a thread gets a reply to the message;
// what others say to each other gets none. No privileged intent is needed.
func TestMention(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	s.wrote(s.student, s.channel, "Où siège le soviet ?")
	s.wrote(s.student, s.channel, "<@"+s.student.ID+"> où siège le soviet ?")
	asked := s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
	got := s.posts(s.channel, 1)
	if len(got) != 1 || !strings.Contains(shown(got[0]), "Tauride") || got[0].Reference == nil || got[0].Reference.MessageID != asked.ID {
		t.Fatalf("posts %+v, want one reply, to the message that mentions the bot", got)
	}
	thread, err := s.student.StartThread(asked.ID, "Suite")
	if err != nil {
		t.Fatal(err)
	}
	s.wrote(s.student, thread.ID, s.mention()+"Qui fait grève dans la capitale ?")
	s.posts(s.channel, 2)
	if got := s.posts(thread.ID, 2); len(got) != 1 || !strings.Contains(shown(got[0]), "ouvriers") {
		t.Errorf("posts in the thread %+v", got)
	}
	s.wrote(s.student, s.channel, s.mention())
	if got := s.posts(s.channel, 3); !strings.Contains(shown(got[len(got)-1]), "/ask") {
		t.Errorf("reply to a mention without words %q, want how to ask", shown(got[len(got)-1]))
	}
}

// TestMentionAlone: who only mentions the bot is told how to ask, in the language of the
// server, or that which its moderators have set.
func TestMentionAlone(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	g := s.NewGuild(fakediscord.Guild{Name: "Curso", PreferredLocale: "es-ES"})
	channel := s.NewChannel(fakediscord.Channel{GuildID: g.ID, Name: "preguntas"}).ID
	s.student.Join(g.ID)
	s.start()
	for i, test := range []struct{ set, want string }{{"", "Escribe tu pregunta"}, {"fr", "Écrivez votre question"}} {
		if test.set != "" {
			if err := s.options.Settings.Set(t.Context(), g.ID, "language", test.set); err != nil {
				t.Fatal(err)
			}
		}
		s.wrote(s.student, channel, s.mention())
		if got := shown(s.posts(channel, i+1)[i]); !strings.HasPrefix(got, test.want) {
			t.Errorf("with the language %q set: %q, want %q", test.set, got, test.want)
		}
	}
}

// TestMentionSentTwice: when the answer to a reply is lost, it is not posted twice.
func TestMentionSentTwice(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	s.Next("POST", "/channels/{channel_id}/messages", fakediscord.LostAnswer(), fakediscord.Fails(502))
	s.wrote(s.student, s.channel, s.mention()+"où siège le soviet ?")
	if got := s.posts(s.channel, 2); len(got) != 1 {
		t.Errorf("%d posts, want 1", len(got))
	}
}

// TestMayNotWrite: where the bot may not write, it says nothing, and the log says why.
func TestMayNotWrite(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.SetOverwrites(s.channel, fakediscord.Overwrite{ID: s.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: fakediscord.SendMessages})
	s.start()
	s.wrote(s.student, s.channel, s.mention()+"où siège le soviet ?")
	s.logs("may not answer in a channel")
	if got := s.posts(s.channel, 1); len(got) != 0 {
		t.Errorf("posts %+v", got)
	}
}

// TestNoFrames: where the bot may not use frames, the quotes stand in the message itself.
func TestNoFrames(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.SetOverwrites(s.channel, fakediscord.Overwrite{ID: s.Bot().ID, Type: fakediscord.MemberOverwrite, Deny: fakediscord.EmbedLinks})
	s.start()
	s.wrote(s.student, s.channel, s.mention()+"où siège le soviet de Petrograd ?")
	got := s.posts(s.channel, 2) // the first one is refused
	if len(got) != 1 || len(got[0].Embeds) != 0 || !strings.Contains(got[0].Content, "palais de Tauride") || !strings.Contains(got[0].Content, "\n-# Alfred Rosmer, Cours d'histoire") {
		t.Errorf("posts %+v, want one with the quotes in it", got)
	}
}

// TestDirectMessage: a direct message is answered from the guild in which its writer has
// asked last, or has chosen, and not any more once they have left it or want it forgotten.
func TestDirectMessage(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	other := s.NewGuild(fakediscord.Guild{Name: "Autre *cours*"})
	there := s.NewChannel(fakediscord.Channel{GuildID: other.ID, Name: "questions"}).ID
	s.student.Join(other.ID)
	s.put(s.guild.ID, "a.txt", "Le soviet de Petrograd siège au palais.")
	s.put(other.ID, "b.txt", "Le soviet de Moscou siège au Kremlin.")
	s.start()
	direct := s.student.Direct().ID
	n := 0
	says := func() string {
		t.Helper()
		n++
		s.wrote(s.student, direct, "Où siège le soviet ?")
		got := s.posts(direct, n)
		return strings.ReplaceAll(shown(got[len(got)-1]), "*", "")
	}
	if got := says(); !strings.HasPrefix(got, "Je ne sais pas encore") {
		t.Errorf("before any question: %q", got)
	}
	s.ask(s.student, s.channel, "Où siège le soviet ?")
	s.settled(s.guild.ID)
	if got := says(); !strings.Contains(got, "palais") {
		t.Errorf("after a question in a server: %q", got)
	}
	s.ask(s.student, there, "Où siège le soviet ?")
	s.settled(other.ID)
	m, i := s.slashed(s.student, direct, "guild", nil)
	if !i.State().Ephemeral || len(m.Components) != 1 {
		t.Fatalf("/guild shows %+v", m)
	}
	// It forgets the servers alone: "M'oublier" is what /privacy offers.
	if offered := m.Components[0].Components[0].Options; offered[len(offered)-1].Label != "Oublier ces serveurs" {
		t.Errorf("/guild offers %+v", offered)
	}
	if got := says(); !strings.Contains(got, "Kremlin") {
		t.Errorf("after a question in another server: %q", got)
	}
	m, i = s.slashed(s.student, direct, "ask", fakediscord.Values{"question": "Où siège le soviet ?"})
	if got := strings.ReplaceAll(shown(m), "*", ""); !strings.Contains(got, "Kremlin") || !i.State().Ephemeral {
		t.Errorf("/ask in a direct message: %q", got)
	}
	m, _ = s.slashed(s.student, direct, "guild", nil)
	chosen, err := s.student.Choose(m.ID, m.Components[0].Components[0].CustomID, s.guild.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := shown(s.answer(chosen)); got != "Je réponds maintenant à vos messages privés d’après les textes de **Cours**." {
		t.Errorf("/guild says %q", got)
	}
	if got := says(); !strings.Contains(got, "palais") {
		t.Errorf("after the choice: %q", got)
	}
	s.student.Leave(s.guild.ID)
	if got := says(); !strings.HasPrefix(got, "Vous n’êtes plus dans le serveur") {
		t.Errorf("after leaving: %q", got)
	}
	m, _ = s.slashed(s.student, direct, "guild", nil)
	if options := m.Components[0].Components[0].Options; len(options) != 2 || options[0].Label != "Autre *cours*" {
		t.Errorf("/guild offers %+v, want the other server and to forget", options)
	}
	chosen, err = s.student.Choose(m.ID, m.Components[0].Components[0].CustomID, "forget")
	if err != nil {
		t.Fatal(err)
	}
	s.answer(chosen)
	if got := says(); !strings.HasPrefix(got, "Je ne sais pas encore") {
		t.Errorf("after it is forgotten: %q", got)
	}
}

// settled waits until the bot has noted that the student asked last in a guild.
func (s *stage) settled(guild string) {
	s.t.Helper()
	s.waitFor("it is noted where the student asked", func() bool {
		homes, err := s.options.Homes.Of(s.t.Context(), s.student.ID)
		return err == nil && len(homes) > 0 && homes[0].Guild == guild
	})
}

// TestAskAbout: the command on a message asks what stands there, for who uses it alone.
func TestAskAbout(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	s.put(s.guild.ID, "cours.md", history)
	s.start()
	wrote := s.wrote(s.student, s.channel, "<@"+s.student.ID+"> où siège le soviet de Petrograd ?")
	empty := s.wrote(s.student, s.channel, "<@"+s.student.ID+">")
	for message, want := range map[string]string{wrote.ID: "Tauride", empty.ID: "n’a pas de texte"} {
		i, err := s.student.MessageCommand(message, "Ask about this")
		if err != nil {
			t.Fatal(err)
		}
		if got := shown(s.answer(i)); !strings.Contains(got, want) || !i.State().Ephemeral {
			t.Errorf("reply %q, want %q, for who asks alone", got, want)
		}
	}
}

// TestForum: a post of a forum that a moderator has switched on gets an answer, when there
// is one by its title, or with the intent for content, by what it says.
func TestForum(t *testing.T) {
	t.Parallel()
	for _, content := range []bool{false, true} {
		t.Run(map[bool]string{false: "titles", true: "content"}[content], func(t *testing.T) {
			t.Parallel()
			s := newStage(t, fakediscord.Options{Privileged: map[bool]fakediscord.Intents{true: fakediscord.MessageContentIntent}[content]})
			s.options.MessageContent = content
			s.put(s.guild.ID, "cours.md", history)
			moderators := s.NewRole(s.guild.ID, fakediscord.Role{Name: "Modération", Permissions: fakediscord.ManageChannels}).ID
			moderator := s.NewPerson("Ada", "fr").Join(s.guild.ID, moderators)
			forum := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "forum", Type: fakediscord.ForumChannel}).ID
			elsewhere := s.NewPerson("Eva", "fr").Join(s.guild.ID)
			s.SetOverwrites(s.channel, fakediscord.Overwrite{ID: elsewhere.ID, Type: fakediscord.MemberOverwrite, Allow: fakediscord.ManageChannels})
			s.start()
			if m, _ := s.slashed(elsewhere, s.channel, "forum", fakediscord.Values{"channel": forum, "on": true}); !strings.HasPrefix(shown(m), "Seul un modérateur") {
				t.Errorf("to who manages another channel alone, /forum says %q", shown(m))
			}
			open := func(title, body string) string {
				t.Helper()
				thread, _, err := s.student.PostInForum(forum, title, fakediscord.Post{Content: body})
				if err != nil {
					t.Fatal(err)
				}
				return thread.ID
			}
			if _, err := s.student.Slash(s.channel, "forum", fakediscord.Values{"channel": forum, "on": true}); err == nil {
				t.Error("a student can use /forum")
			}
			silent := open("Où siège le soviet de Petrograd ?", "Merci d'avance")
			s.logs("post=" + silent)
			// That questions are answered elsewhere only says nothing of a forum that is chosen.
			if err := s.options.Settings.Set(t.Context(), s.guild.ID, "channels", s.channel); err != nil {
				t.Fatal(err)
			}
			m, _ := s.slashed(moderator, s.channel, "forum", fakediscord.Values{"channel": forum, "on": true})
			if !strings.HasPrefix(shown(m), "Les nouvelles publications de <#"+forum) {
				t.Errorf("/forum says %q", shown(m))
			}
			titled := open("Où siège le soviet de Petrograd ?", "Merci d'avance")
			s.posts(titled, 1)
			unknown := open("Comment cuire un rôti de porc ?", "Merci d'avance")
			bodied := open("Une question", "Où siège le soviet de Petrograd ?")
			last := open("Où siège le soviet de Petrograd ?", "Encore")
			wanted := 2
			if content {
				wanted = 3
			}
			s.posts(last, wanted)
			for _, post := range []struct {
				name, id string
				answered bool
			}{{"before", silent, false}, {"title", titled, true}, {"unknown", unknown, false}, {"body", bodied, content}, {"last", last, true}} {
				got := s.posts(post.id, wanted)
				if (len(got) == 1) != post.answered || len(got) == 1 && !strings.Contains(shown(got[0]), "Tauride") {
					t.Errorf("%s: posts %+v, want an answer: %v", post.name, got, post.answered)
				}
			}
		})
	}
}
