package answers_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// A guildModel is a guild as the store should keep it, in plain maps. Whatever sequence of
// operations is carried out on both, they do the same.
type guildModel struct {
	store   *answers.Store
	guild   string
	answers map[string]*modelAnswer
	groups  map[string]*modelGroup
	strange []string // IDs that this guild does not know: of the other guild, and of none
}

type modelAnswer struct {
	says    []string // of each revision, as saying writes it
	removed bool
	uses    int
}

type modelGroup struct {
	revision int
	terms    []string
}

// saying writes what a revision says in one line.
func saying(action answers.Action, author string, c answers.Content) string {
	return fmt.Sprint(action, " by ", author, ": ", c.Question, "|", c.Answer, "|", strings.Join(c.Wordings, "/"), "|", c.Course)
}

// contentOf returns what of a saying edits compare.
func contentOf(saying string) string {
	_, content, _ := strings.Cut(saying, ": ")
	return content
}

func (m *guildModel) content(r *rapid.T) answers.Content {
	c := answers.Content{
		Question: rapid.SampledFrom([]string{"Où ?", "Qui ?", "Quand ?"}).Draw(r, "question"),
		Answer:   rapid.SampledFrom([]string{"Là.", "Elle.", "Hier."}).Draw(r, "answer"),
		Course:   rapid.SampledFrom([]string{"", "licence"}).Draw(r, "course"),
		Language: "fr",
	}
	if rapid.Bool().Draw(r, "worded") {
		c.Wordings = []string{"autrement"}
	}
	return c
}

// id draws an answer or group that is there, or rarely one that is not.
func id[V any](r *rapid.T, m *guildModel, there map[string]V) string {
	if len(there) == 0 || rapid.IntRange(0, 5).Draw(r, "strange") == 0 {
		return rapid.SampledFrom(m.strange).Draw(r, "id")
	}
	return rapid.SampledFrom(slices.Sorted(maps.Keys(there))).Draw(r, "id")
}

// base draws the revision that an editor has seen: none in particular, the current one,
// or an old one.
func base(r *rapid.T, current int) int {
	return max(0, rapid.SampledFrom([]int{0, current, current, current - 1}).Draw(r, "base"))
}

// want fails unless an error is the one that is expected.
func want(r *rapid.T, err, expected error) {
	r.Helper()
	if expected == nil && err != nil || !errors.Is(err, expected) {
		r.Fatalf("error %v, want %v", err, expected)
	}
}

// change says what a change of an answer with these prerequisites should fail with.
func (m *guildModel) change(id string, base int, needs func(*modelAnswer) error) error {
	a := m.answers[id]
	switch {
	case a == nil:
		return answers.ErrNotFound
	case base != 0 && base != len(a.says):
		return answers.ErrOutdated
	}
	return needs(a)
}

func notRemoved(a *modelAnswer) error {
	if a.removed {
		return answers.ErrRemoved
	}
	return nil
}

func (m *guildModel) revisions(id string) int {
	if a := m.answers[id]; a != nil {
		return len(a.says)
	}
	return 1
}

// actions are the operations, by their names.
func (m *guildModel) actions(t *testing.T) map[string]func(*rapid.T) {
	ctx := t.Context()
	return map[string]func(*rapid.T){
		"add": func(r *rapid.T) {
			c := m.content(r)
			a, err := m.store.Add(ctx, m.guild, "ana", c)
			want(r, err, nil)
			m.answers[a.ID] = &modelAnswer{says: []string{saying(answers.Added, "ana", c)}}
		},
		"edit": func(r *rapid.T) {
			id, c := id(r, m, m.answers), m.content(r)
			base := base(r, m.revisions(id))
			expected := m.change(id, base, notRemoved)
			_, err := m.store.Edit(ctx, m.guild, id, base, "ben", c)
			want(r, err, expected)
			if says := saying(answers.Edited, "ben", c); err == nil && contentOf(says) != contentOf(m.last(id)) {
				m.answers[id].says = append(m.answers[id].says, says)
			}
		},
		"remove": func(r *rapid.T) {
			id := id(r, m, m.answers)
			base := base(r, m.revisions(id))
			expected := m.change(id, base, notRemoved)
			_, err := m.store.Remove(ctx, m.guild, id, base, "cid")
			want(r, err, expected)
			if err == nil {
				m.revise(id, "removed by cid: "+contentOf(m.last(id)))
				m.answers[id].removed = true
			}
		},
		"restore": func(r *rapid.T) {
			id := id(r, m, m.answers)
			base := base(r, m.revisions(id))
			expected := m.change(id, base, func(a *modelAnswer) error {
				if !a.removed {
					return answers.ErrNotRemoved
				}
				return nil
			})
			_, err := m.store.Restore(ctx, m.guild, id, base, "cid")
			want(r, err, expected)
			if err == nil {
				m.revise(id, "restored by cid: "+contentOf(m.last(id)))
				m.answers[id].removed = false
			}
		},
		"revert": func(r *rapid.T) {
			id := id(r, m, m.answers)
			n := m.revisions(id)
			base, to := base(r, n), rapid.IntRange(1, n+1).Draw(r, "to")
			expected := m.change(id, base, func(a *modelAnswer) error {
				if to > len(a.says) {
					return answers.ErrNotFound
				}
				return nil
			})
			_, err := m.store.Revert(ctx, m.guild, id, base, to, "dan")
			want(r, err, expected)
			if err == nil {
				a := m.answers[id]
				if content := contentOf(a.says[to-1]); a.removed || content != contentOf(m.last(id)) {
					m.revise(id, "reverted by dan: "+content)
				}
				a.removed = false
			}
		},
		"use": func(r *rapid.T) {
			id := id(r, m, m.answers)
			want(r, m.store.Used(ctx, m.guild, id), nil)
			if a := m.answers[id]; a != nil {
				a.uses++
			}
		},
		"several": func(r *rapid.T) { // an answer changed and one added, both or none
			id, c, added := id(r, m, m.answers), m.content(r), m.content(r)
			base, dry := base(r, m.revisions(id)), rapid.Bool().Draw(r, "dry")
			expected := m.change(id, base, notRemoved)
			made, err := m.store.ChangeAnswers(ctx, m.guild, "eva", []answers.Change{{Content: added}, {ID: id, Base: base, Content: c}}, dry)
			want(r, err, expected)
			if err == nil && !dry {
				m.answers[made[0].ID] = &modelAnswer{says: []string{saying(answers.Added, "eva", added)}}
				if says := saying(answers.Edited, "eva", c); contentOf(says) != contentOf(m.last(id)) {
					m.revise(id, says)
				}
			}
		},
		"add group": func(r *rapid.T) {
			terms := m.terms(r)
			g, err := m.store.AddGroup(ctx, m.guild, "ana", terms)
			want(r, err, m.taken("", terms))
			if err == nil {
				m.groups[g.ID] = &modelGroup{1, terms}
			}
		},
		"edit group": func(r *rapid.T) {
			id, terms := id(r, m, m.groups), m.terms(r)
			base := base(r, m.groupRevision(id))
			expected := m.changeGroup(id, base)
			if expected == nil {
				expected = m.taken(id, terms)
			}
			_, err := m.store.EditGroup(ctx, m.guild, id, base, "ben", terms)
			want(r, err, expected)
			if g := m.groups[id]; err == nil && !slices.Equal(g.terms, terms) {
				g.terms = terms
				g.revision++
			}
		},
		"remove group": func(r *rapid.T) {
			id := id(r, m, m.groups)
			base := base(r, m.groupRevision(id))
			expected := m.changeGroup(id, base)
			want(r, m.store.RemoveGroup(ctx, m.guild, id, base), expected)
			if expected == nil {
				delete(m.groups, id)
			}
		},
	}
}

func (m *guildModel) last(id string) string {
	says := m.answers[id].says
	return says[len(says)-1]
}

func (m *guildModel) revise(id, says string) { m.answers[id].says = append(m.answers[id].says, says) }

func (m *guildModel) terms(r *rapid.T) []string {
	all := []string{"IC", "Komintern", "soviet", "conseil", "clero"}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(all), 2, 3, rapid.ID[string]).Draw(r, "terms")
}

// taken says what a group with these terms should fail with.
func (m *guildModel) taken(id string, terms []string) error {
	for other, g := range m.groups {
		if other != id && slices.ContainsFunc(g.terms, func(term string) bool { return slices.Contains(terms, term) }) {
			return answers.ErrTerms
		}
	}
	return nil
}

func (m *guildModel) groupRevision(id string) int {
	if g := m.groups[id]; g != nil {
		return g.revision
	}
	return 1
}

func (m *guildModel) changeGroup(id string, base int) error {
	switch g := m.groups[id]; {
	case g == nil:
		return answers.ErrNoGroup
	case base != 0 && base != g.revision:
		return answers.ErrOutdated
	}
	return nil
}

// compare fails unless the store holds what the model does.
func (m *guildModel) compare(t *testing.T, r *rapid.T) {
	all := corpus.Everything(m.guild)
	for _, id := range m.strange {
		if m.answers[id] != nil || m.groups[id] != nil {
			r.Fatalf("%s is an ID of another guild too", id)
		}
	}
	list, err := m.store.List(t.Context(), all, true)
	want(r, err, nil)
	if len(list) != len(m.answers) {
		r.Fatalf("%d answers, want %d", len(list), len(m.answers))
	}
	for _, c := range list {
		a := m.answers[c.ID]
		if a == nil || c.Revision != len(a.says) || !c.Removed.IsZero() != a.removed || c.Uses != a.uses ||
			contentOf(saying("", "", c.Content)) != contentOf(m.last(c.ID)) {
			r.Fatalf("answer %+v, want %+v", c, a)
		}
		history, err := m.store.History(t.Context(), all, c.ID)
		want(r, err, nil)
		var says []string
		for _, h := range history {
			says = append(says, saying(h.Action, h.Author, h.Content))
		}
		if !slices.Equal(says, a.says) {
			r.Fatalf("history %q, want %q", says, a.says)
		}
	}
	groups, err := m.store.Glossary(t.Context(), all)
	want(r, err, nil)
	if len(groups) != len(m.groups) {
		r.Fatalf("%d groups, want %d", len(groups), len(m.groups))
	}
	for _, g := range groups {
		if w := m.groups[g.ID]; w == nil || g.Revision != w.revision || !slices.Equal(g.Terms, w.terms) {
			r.Fatalf("group %+v, want %+v", g, w)
		}
	}
}

// TestModel carries out random sequences of operations on the store and on a model.
func TestModel(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		store := answers.NewStore(db, corpus.NewStore(db, time.Now), time.Now)
		foreign := add(t, store, "other", content("Où ?", "Ailleurs."))
		group, err := store.AddGroup(t.Context(), "other", "ana", []string{"IC", "Komintern"})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			n++
			m := &guildModel{
				store: store, guild: fmt.Sprint("guild", n), strange: []string{foreign.ID, group.ID, "nothing"},
				answers: map[string]*modelAnswer{}, groups: map[string]*modelGroup{},
			}
			actions := m.actions(t)
			names := slices.Sorted(maps.Keys(actions))
			for range rapid.IntRange(1, 25).Draw(r, "operations") {
				actions[rapid.SampledFrom(names).Draw(r, "operation")](r)
			}
			m.compare(t, r)
		})
		now, err := store.Curated(t.Context(), corpus.Everything("other"), foreign.ID)
		if got := glossaryOf(t, store, "other"); err != nil || now.Revision != 1 || now.Uses != 0 || got != "IC=Komintern" {
			t.Errorf("the other guild has %+v, %v and %s", now, err, got)
		}
	})
}

// TestEditorsAtOnce: of editors who have seen the same revision one succeeds, and the
// others are told; nothing that succeeded is lost.
func TestEditorsAtOnce(t *testing.T) {
	const editors, edits = 4, 6
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		a := add(t, s, guild, content("Où ?", "0"))
		g := addGroup(t, s, "IC", "Komintern")
		written := make([][]string, editors)
		done := make(chan error)
		for n := range editors {
			go func() {
				var failed error
				for i := range edits {
					text := fmt.Sprintf("%d.%d", n, i)
					now, err := s.Curated(t.Context(), corpus.Everything(guild), a.ID)
					if err == nil {
						_, err = s.Edit(t.Context(), guild, a.ID, now.Revision, text, content("Où ?", text))
					}
					if err == nil {
						written[n] = append(written[n], text)
					} else if !errors.Is(err, answers.ErrOutdated) {
						failed = err
					}
					_, err = s.EditGroup(t.Context(), guild, g.ID, 0, text, []string{"IC", "Komintern", text})
					failed = cmp.Or(failed, err)
				}
				done <- failed
			}()
		}
		for range editors {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		history, err := s.History(t.Context(), corpus.Everything(guild), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var said []string
		for _, r := range history[1:] {
			if r.Author != r.Answer {
				t.Errorf("revision %d says %s and is by %s", r.Number, r.Answer, r.Author)
			}
			said = append(said, r.Answer)
		}
		slices.Sort(said)
		if want := slices.Sorted(slices.Values(slices.Concat(written...))); !slices.Equal(said, want) || len(want) < edits {
			t.Errorf("the history says %v, written was %v", said, want)
		}
		groups, err := s.Glossary(t.Context(), corpus.Everything(guild))
		if err != nil || groups[0].Revision != 1+editors*edits {
			t.Errorf("the group is %+v, %v, want revision %d", groups, err, 1+editors*edits)
		}
	})
}
