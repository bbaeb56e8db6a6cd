package answers_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
)

// TestLog: what people change is logged with who did it, once for each change and not for
// what changes nothing, fails or is only tried; what nobody is known to do is not.
func TestLog(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		putText(t, d.texts, "before.md", "Le soviet siège.")
		ana := database.By(ctx, database.Actor{Who: "ana", Via: database.ViaDiscord, Now: func() time.Time { return *d.clock }})
		content := answers.Content{Question: "Qui siège ?", Answer: "Le soviet."}
		c, err := s.Add(ana, guild, "ana", content)
		must(t, err)
		for _, nothing := range []func() error{
			func() error { _, err := s.Edit(ana, guild, c.ID, 0, "ana", content); return err },
			func() error { _, err := s.Edit(ana, guild, c.ID, 0, "ana", answers.Content{}); return ignore(err) },
			func() error { _, err := s.Remove(ana, guild, c.ID, 7, "ana"); return ignore(err) },
			func() error {
				_, err := s.ChangeAnswers(ana, guild, "ana", []answers.Change{{Content: answers.Content{Question: "x ?", Answer: "y"}}}, true)
				return err
			},
		} {
			must(t, nothing())
		}
		_, err = s.Remove(ana, guild, c.ID, 0, "ana")
		must(t, err)
		tutors := corpus.Only(guild, "tutors")
		secret, open := d.gather(t, tutors, "Pourquoi Makhno ?"), d.gather(t, everything, "Où est Omsk ?")
		must(t, s.Dismiss(ana, everything, secret.ID, "non"))
		_, err = s.AnswerOpen(ana, everything, open.ID, "ana", answers.Content{Question: "Où est Omsk ?", Answer: "Loin.", Course: "tutors"})
		must(t, err)
		p, err := s.Propose(ana, everything, "bob", answers.Content{Question: "Où est Kiev ?", Answer: "Sur le Dniepr."})
		must(t, err)
		must(t, s.FollowProposal(ana, guild, p.ID, "bob"))
		must(t, s.Decline(ana, everything, p.ID, "ana", "non"))
		g, err := s.AddGroup(ana, guild, "ana", []string{"soviet", "conseil"})
		must(t, err)
		must(t, s.RemoveGroup(ana, guild, g.ID, 0))
		settings := config.NewGuildSettings(d.db)
		must(t, settings.Set(ana, guild, "language", "fr"))
		must(t, settings.Set(ana, guild, "language", "fr"))
		draft, err := corpus.Read(corpus.File{Name: "a.md", Data: []byte("---\ncourse: tutors\n---\nLe soviet.")})
		must(t, err)
		for range 2 {
			_, err = d.texts.Put(ana, guild, []corpus.Draft{draft}, false)
			must(t, err)
		}
		must(t, d.texts.SetLimits(ana, guild, "tutors", &corpus.Limits{Roles: []string{"1"}}))

		log := func(access corpus.Access) string {
			all, err := s.Log(ctx, access, 100)
			must(t, err)
			var lines []string
			for _, l := range all {
				if l.Who != "ana" && l.Who != answers.FormerMember || l.Via != database.ViaDiscord {
					t.Errorf("%+v, want that ana did it on Discord", l)
				}
				lines = append([]string{fmt.Sprintf("%s %s: %s", l.Kind, l.Action, l.Name)}, lines...)
			}
			return strings.Join(lines, "\n")
		}
		const all = `answer added: Qui siège ?
answer removed: Qui siège ?
question dismissed: Pourquoi Makhno ?
answer added: Où est Omsk ?
question answered: Où est Omsk ?
proposal declined: Où est Kiev ?
glossary added: soviet = conseil
glossary removed: soviet = conseil
setting set: language
document added: a.md
course limited: tutors`
		if got := log(everything); got != all {
			t.Errorf("log\n%s\nwant\n%s", got, all)
		}
		if got := log(corpus.AllBut(guild, "tutors")); strings.Contains(got, "Omsk") || strings.Contains(got, "Makhno") || strings.Contains(got, "a.md") || strings.Contains(got, "tutors") || !strings.Contains(got, "Qui siège") {
			t.Errorf("who does not see tutors sees\n%s", got)
		}

		untold, err := s.Untold(ctx, everything, 3)
		must(t, err)
		if len(untold) != 3 || untold[0].Name != "Qui siège ?" {
			t.Errorf("untold %+v, want the first three", untold)
		}
		must(t, s.Told(ctx, guild, untold[2].Number))
		if untold, err = s.Untold(ctx, everything, 100); err != nil || len(untold) != 8 || untold[0].Name != "Où est Omsk ?" {
			t.Errorf("untold afterwards %+v, %v", untold, err)
		}

		stored, err := s.Personal(ctx, everything, "ana")
		must(t, err)
		if stored.Logged != 11 {
			t.Errorf("%d entries of ana, want 11", stored.Logged)
		}
		_, err = s.Forget(ctx, guild, "ana")
		must(t, err)
		_, err = s.Forget(ctx, guild, "bob") // whose proposal goes, and its words
		must(t, err)
		if got, want := log(everything), strings.Replace(all, "declined: Où est Kiev ?", "declined: ", 1); got != want {
			t.Errorf("log after ana and bob are forgotten\n%s\nwant\n%s", got, want)
		}
		entries, err := s.Log(ctx, everything, 1)
		if err != nil || len(entries) != 1 || entries[0].Who != answers.FormerMember {
			t.Errorf("the last entry is %+v, %v, want that of a former member", entries, err)
		}
		d.pass(91 * 24 * time.Hour)
		purged, err := s.Purge(ctx, guild, 90*24*time.Hour)
		if err != nil || purged.Logged != 11 || log(everything) != "" {
			t.Errorf("purged %+v, %v, want 11 entries", purged, err)
		}
	})
}

// TestUntoldSent: in the channel of the log stand no words that were sent to moderators alone.
func TestUntoldSent(t *testing.T) {
	eachDesk(t, func(t *testing.T, d desk) {
		ctx, s := t.Context(), d.curated
		ana := database.By(ctx, database.Actor{Who: "ana", Via: database.ViaDiscord, Now: func() time.Time { return *d.clock }})
		sent, err := d.Gather(ctx, answers.Asking{Text: "Pourquoi Makhno ?", Access: everything, Language: "fr", Reason: answers.Sent})
		must(t, err)
		must(t, s.Dismiss(ana, everything, sent.ID, ""))
		must(t, s.Dismiss(ana, everything, d.gather(t, everything, "Où est Omsk ?").ID, ""))
		untold, err := s.Untold(ctx, everything, 10)
		must(t, err)
		if len(untold) != 2 || untold[0].Name != "" || untold[0].Subject != sent.ID || untold[1].Name != "Où est Omsk ?" {
			t.Errorf("untold %+v, want the words of the second alone", untold)
		}
		if all, err := s.Log(ctx, everything, 10); err != nil || len(all) != 2 || all[1].Name != "Pourquoi Makhno ?" {
			t.Errorf("Log = %+v, %v, want the words of both", all, err)
		}
	})
}

// ignore passes over an error that is wanted.
func ignore(error) error { return nil }

// TestLogOfHiddenTexts: what becomes of a text in a course that not everybody sees is told to
// those alone who see it, also where its file states no course, or another by and by.
func TestLogOfHiddenTexts(t *testing.T) {
	for _, test := range []struct {
		name string
		do   func(texts *corpus.Store, d corpus.Document, put func(name, text string) error) error
		want string // what who sees open courses alone reads
	}{
		{"another text", func(_ *corpus.Store, _ corpus.Document, put func(name, text string) error) error {
			return put("a.md", "Le soviet siège ailleurs.")
		}, ""},
		{"into an open course by its file", func(_ *corpus.Store, _ corpus.Document, put func(name, text string) error) error {
			return put("a.md", "---\ncourse: open\n---\nLe soviet siège.")
		}, ""},
		{"into an open course", func(texts *corpus.Store, d corpus.Document, _ func(name, text string) error) error {
			return texts.SetCourse(ana(t), guild, d.ID, "open")
		}, ""},
		{"a new one, which is open", func(_ *corpus.Store, _ corpus.Document, put func(name, text string) error) error {
			return put("b.md", "Le soviet siège.")
		}, "added b.md"},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachDesk(t, func(t *testing.T, d desk) {
				must(t, d.texts.SetLimits(t.Context(), guild, "tutors", &corpus.Limits{}))
				putText(t, d.texts, "a.md", "Le soviet.")
				documents, err := d.texts.Documents(t.Context(), everything, false)
				must(t, err)
				must(t, d.texts.SetCourse(t.Context(), guild, documents[0].ID, "tutors"))
				must(t, test.do(d.texts, documents[0], func(name, text string) error {
					draft, err := corpus.Read(corpus.File{Name: name, Data: []byte(text)})
					must(t, err)
					_, err = d.texts.Put(ana(t), guild, []corpus.Draft{draft}, false)
					return err
				}))
				entries, err := d.curated.Log(t.Context(), corpus.AllBut(guild, "tutors"), 10)
				must(t, err)
				var got []string
				for _, l := range entries {
					got = append(got, l.Action+" "+l.Name)
				}
				if strings.Join(got, ", ") != test.want {
					t.Errorf("who does not see the course reads %q, want %q", got, test.want)
				}
				if all, err := d.curated.Log(t.Context(), everything, 10); err != nil || len(all) != 1 {
					t.Errorf("there are %d entries, %v, want 1", len(all), err)
				}
			})
		})
	}
}

// ana is a context in which somebody changes things on Discord.
func ana(t *testing.T) context.Context {
	return database.By(t.Context(), database.Actor{Who: "ana", Via: database.ViaDiscord, Now: time.Now})
}
