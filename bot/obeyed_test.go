package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// unsure are questions to history that its words answer less and less.
var unsure = []string{
	"Où siège le soviet de Petrograd ?", "Qui fait grève ?", "Le soviet a-t-il un palais ?", "Que prennent les ouvriers au soviet ?",
	"Quelle révolution en province ?", "Combien de soldats à la capitale ?", "Pourquoi le palais ?", "Les ouvriers de Lyon font-ils la révolution ?",
	"Quel jour de février les soldats rentrent-ils ?", "Qui a peint le palais de Versailles ?", "Comment cuire un rôti de porc ?",
}

// TestCertaintyObeyed: who sets that replies must be surer gets fewer, who sets the other gets
// more, and each question that is answered at the one is answered at the other.
func TestCertaintyObeyed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	s.put(s.guild.ID, "cours.md", history)
	var gardening strings.Builder // in the shortest texts no doubt is between the settings
	for row := range 40 {
		fmt.Fprintf(&gardening, "# Rang %d\n\nOn sème des radis au rang %d, et on les arrose le soir.\n\n", row, row)
	}
	s.put(s.guild.ID, "jardin.md", gardening.String())
	s.start()
	answered := map[string][]string{}
	for _, value := range []string{"few", "balanced", "many"} {
		s.setting(ada, "answers", "Choisissez", value)
		for _, question := range unsure {
			m, _ := s.slashed(s.student, s.channel, "ask", fakediscord.Values{"question": question, "private": true})
			if !strings.Contains(shown(m), "ne répondent pas") {
				answered[value] = append(answered[value], question)
			}
		}
	}
	few, many := answered["few"], answered["many"]
	if len(few) == 0 || len(few) >= len(many) || len(many) == len(unsure) {
		t.Errorf("answered with few %q, with many %q of %d questions, want some, and more", few, many, len(unsure))
	}
	for _, question := range few {
		if !slices.Contains(answered["balanced"], question) || !slices.Contains(many, question) {
			t.Errorf("%s is answered with few alone", question)
		}
	}
}

// TestRetentionObeyed: what is set on Discord is how long open questions are kept.
func TestRetentionObeyed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	everything := corpus.Everything(s.guild.ID)
	clock := fakediscord.NewClock(time.Now())
	old := answers.NewStore(s.db, s.store, clock.Now)
	if _, err := s.options.Answerer.Gather(t.Context(), answers.Asking{Text: "Qui est Makhno ?", Access: everything, Reason: answers.Sent}); err != nil {
		t.Fatal(err)
	}
	clock.Advance(31 * 24 * time.Hour)
	s.start()
	for _, test := range []struct {
		days string
		left int
	}{{"180", 1}, {"30", 0}} {
		s.setting(ada, "retention", "Choisissez", test.days)
		settings, err := s.options.Settings.Get(t.Context(), s.guild.ID)
		if err == nil {
			_, err = old.Purge(t.Context(), s.guild.ID, settings.Retention)
		}
		if n := len(s.openQuestions()); err != nil || n != test.left {
			t.Errorf("after 31 days, kept for %s days: %d open questions, %v, want %d", test.days, n, err, test.left)
		}
	}
}

// TestLogObeyed: what moderators do stands in the channel that is set on Discord from then on,
// and in none when it is taken back.
func TestLogObeyed(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{})
	ada := s.curator("Ada", "fr")
	room := s.NewChannel(fakediscord.Channel{GuildID: s.guild.ID, Name: "journal"}).ID
	s.start()
	stands := func(text string) bool {
		return slices.ContainsFunc(s.Messages(room), func(m fakediscord.Message) bool { return strings.Contains(m.Content, text) })
	}
	s.setting(ada, "log_channel", "Choisissez un salon", room)
	s.waitFor("the change of the setting is logged", func() bool { return stands("changed a setting. Channel of the log: <#" + room + ">") })
	s.setting(ada, "excerpts", "Choisissez", "1")
	s.waitFor("a change is logged", func() bool { return stands(ada.Mention()) && stands("Excerpts in a reply: 1") })
	told := len(s.Messages(room))
	m, _ := s.slashed(ada, s.channel, "settings", nil)
	m = s.choose(ada, m, "Choisissez ce qu’il faut changer", "log_channel")
	s.press(ada, m, "Revenir au défaut")
	s.setting(ada, "excerpts", "Choisissez", "2")
	s.waitFor("nothing waits to be logged", func() bool {
		left, err := s.curated.Untold(t.Context(), corpus.Everything(s.guild.ID), 1)
		return err == nil && len(left) == 0
	})
	if got := s.Messages(room); len(got) != told {
		t.Errorf("without a channel there stands %+v, want %d messages", got, told)
	}
}
