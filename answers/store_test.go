package answers_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// eachCurated runs a test on a store of curated answers on each engine.
func eachCurated(t *testing.T, test func(t *testing.T, s *answers.Store, texts *corpus.Store)) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		clock := time.UnixMilli(1_000_000)
		var mutex sync.Mutex
		now := func() time.Time {
			mutex.Lock()
			defer mutex.Unlock()
			clock = clock.Add(time.Second)
			return clock
		}
		texts := corpus.NewStore(db, now)
		test(t, answers.NewStore(db, texts, now), texts)
	})
}

func putText(t testing.TB, texts *corpus.Store, name, text string) corpus.Document {
	t.Helper()
	d, err := corpus.Read(corpus.File{Name: name, Data: []byte(text)})
	if err == nil {
		_, err = texts.Put(t.Context(), guild, []corpus.Draft{d}, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	document, err := texts.DocumentNamed(t.Context(), corpus.Everything(guild), name)
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func quoteOf(d corpus.Document, quote string) answers.Source {
	return answers.Source{Reference: corpus.Reference{Document: d.ID}, Quote: quote}
}

func content(question, answer string) answers.Content {
	return answers.Content{Question: question, Answer: answer}
}

func add(t *testing.T, s *answers.Store, guild string, c answers.Content) answers.Curated {
	t.Helper()
	added, err := s.Add(t.Context(), guild, "ana", c)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

// TestCuratedLanguage: the language of a new curated answer is that of most of its texts, however
// long one in another language is.
func TestCuratedLanguage(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		for _, test := range []struct {
			question, wording, answer, want string
		}{
			{"Qui dirige le comité ?", "Who was it that did the most of the work of the committee, and what is the name of it?", "C'est Anna.", "fr"},
			{"¿Quién dirige el comité?", "Wer ist es, der den Ausschuss leitet, und wie ist er zu dem Amt gekommen?", "Es la que fue elegida.", "es"},
			{"Who leads it?", "Who is the leader?", "C'est Anna qui dirige le comité de la ville et de la région depuis les élections.", "en"},
			{"Der Ausschuss", "Ausschuss", "Er ist von der Leiterin bestellt.", "de"},
			{"Soviet", "Soviet", "Conseil", ""},
		} {
			got := add(t, s, guild, answers.Content{Question: test.question, Wordings: []string{test.wording}, Answer: test.answer}).Language
			if got != test.want {
				t.Errorf("%s, %s, %s: language %q, want %q", test.question, test.wording, test.answer, got, test.want)
			}
		}
	})
}

func TestCuratedLife(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		ctx, all := t.Context(), corpus.Everything(guild)
		a := add(t, s, guild, answers.Content{
			Question: "  Qu'est-ce que\nle soviet ? ", Wordings: []string{"C'est quoi un soviet ?", "", "C'est quoi un soviet ?"},
			Answer: "Un **conseil**.\r\n\n- élu\n", Sources: []answers.Source{{Text: "cours du 3 mars"}}, Course: "rev",
		})
		want := answers.Content{
			Question: "Qu'est-ce que le soviet ?", Wordings: []string{"C'est quoi un soviet ?"},
			Answer: "Un **conseil**.\n\n- élu", Sources: []answers.Source{{Text: "cours du 3 mars"}}, Course: "rev", Language: "fr",
		}
		if fmt.Sprint(a.Content) != fmt.Sprint(want) || a.Revision != 1 || a.Author != "ana" || a.Added.IsZero() {
			t.Errorf("Add = %+v, want revision 1 of %+v by ana", a, want)
		}
		edited := a.Content
		edited.Answer = "Un conseil d'ouvriers."
		b, err := s.Edit(ctx, guild, a.ID, 1, "ben", edited)
		if err != nil || b.Revision != 2 || b.Answer != edited.Answer || b.Author != "ana" || b.Editor != "ben" || !b.Edited.After(b.Added) {
			t.Errorf("Edit = %+v, %v, want revision 2 by ben, added by ana", b, err)
		}
		if b, err = s.Edit(ctx, guild, a.ID, 2, "cid", edited); err != nil || b.Revision != 2 {
			t.Errorf("Edit without a change = revision %d, %v, want 2", b.Revision, err)
		}
		if b, err = s.Remove(ctx, guild, a.ID, 2, "ben"); err != nil || b.Removed.IsZero() {
			t.Errorf("Remove = %+v, %v", b, err)
		}
		if _, err = s.Remove(ctx, guild, a.ID, 0, "ben"); !errors.Is(err, answers.ErrRemoved) {
			t.Errorf("second Remove = %v, want %v", err, answers.ErrRemoved)
		}
		if _, err = s.Edit(ctx, guild, a.ID, 0, "ben", a.Content); !errors.Is(err, answers.ErrRemoved) {
			t.Errorf("Edit of a removed answer = %v, want %v", err, answers.ErrRemoved)
		}
		if list, _ := s.List(ctx, all, false); len(list) != 0 {
			t.Errorf("List = %v, want none", list)
		}
		if list, _ := s.List(ctx, all, true); len(list) != 1 {
			t.Errorf("List with removed ones = %v, want one", list)
		}
		if b, err = s.Restore(ctx, guild, a.ID, 3, "ana"); err != nil || !b.Removed.IsZero() || b.Answer != edited.Answer {
			t.Errorf("Restore = %+v, %v", b, err)
		}
		if _, err = s.Restore(ctx, guild, a.ID, 0, "ana"); !errors.Is(err, answers.ErrNotRemoved) {
			t.Errorf("second Restore = %v, want %v", err, answers.ErrNotRemoved)
		}
		if b, err = s.Revert(ctx, guild, a.ID, 4, 1, "dora"); err != nil || b.Answer != a.Answer || b.Revision != 5 {
			t.Errorf("Revert = %+v, %v, want revision 5 with the first answer", b, err)
		}
		if _, err = s.Revert(ctx, guild, a.ID, 0, 99, "dora"); !errors.Is(err, answers.ErrNotFound) {
			t.Errorf("Revert to 99 = %v, want %v", err, answers.ErrNotFound)
		}
		history, err := s.History(ctx, all, a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, r := range history {
			var changed []string
			if i > 0 {
				changed = r.Changed(history[i-1])
			}
			got = append(got, fmt.Sprintf("%d %s %s %v", r.Number, r.Action, r.Author, changed))
		}
		wanted := []string{"1 added ana []", "2 edited ben [answer]", "3 removed ben []", "4 restored ana []", "5 reverted dora [answer]"}
		if !slices.Equal(got, wanted) {
			t.Errorf("History = %q, want %q", got, wanted)
		}
	})
}

// TestOutdated: of two who edit the same revision, the second is told, and by whom the
// answer was changed.
func TestOutdated(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		a := add(t, s, guild, content("Quand ?", "En mai."))
		const editors = 8
		var group sync.WaitGroup
		var mutex sync.Mutex
		won := 0
		for i := range editors {
			group.Go(func() {
				_, err := s.Edit(t.Context(), guild, a.ID, 1, fmt.Sprint("editor ", i), content("Quand ?", fmt.Sprint("En juin ", i)))
				mutex.Lock()
				defer mutex.Unlock()
				outdated, _ := errors.AsType[*answers.OutdatedError](err)
				switch {
				case err == nil:
					won++
				case !errors.Is(err, answers.ErrOutdated) || outdated.Current.Revision != 2 || outdated.Base != 1:
					t.Errorf("Edit = %v, want %v with revision 2", err, answers.ErrOutdated)
				}
			})
		}
		group.Wait()
		history, err := s.History(t.Context(), corpus.Everything(guild), a.ID)
		if won != 1 || err != nil || len(history) != 2 {
			t.Errorf("%d editors of one revision won, %d revisions, %v, want 1 and 2", won, len(history), err)
		}
	})
}

// TestConcurrentAdding: nothing is lost when many add and edit at once.
func TestConcurrentAdding(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				a, err := s.Add(t.Context(), guild, "ana", content(fmt.Sprint("Question ", i), "Oui."))
				for n := 1; n <= 3 && err == nil; n++ {
					_, err = s.Edit(t.Context(), guild, a.ID, n, "ana", content(fmt.Sprint("Question ", i), fmt.Sprint("Non ", n)))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		list, err := s.List(t.Context(), corpus.Everything(guild), false)
		if err != nil || len(list) != 6 {
			t.Fatalf("List = %d answers, %v, want 6", len(list), err)
		}
		for i, a := range list {
			if a.Question != fmt.Sprint("Question ", i) || a.Revision != 4 || a.Answer != "Non 3" {
				t.Errorf("answer %d = %+v, want revision 4 with its last edit", i, a)
			}
		}
	})
}

func TestContentThatCannotBeStored(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		d := putText(t, texts, "a.txt", "Le soviet siège à Petrograd.")
		with := func(change func(*answers.Content)) answers.Content {
			c := content("Où ?", "Là.")
			change(&c)
			return c
		}
		tests := []struct {
			content answers.Content
			want    string
		}{
			{content(" ", "Là."), "question is empty"},
			{content("Où ?", "\n"), "answer is empty"},
			{content("Où ?", strings.Repeat("é", answers.MaxAnswer+1)), "4001 characters"},
			{content("Où ?", strings.Repeat("é", answers.MaxAnswer)), ""},
			{content("Où ?", "a\x00b"), "not text"},
			{content("Où ?", "a\xffb"), "not text"},
			{content(strings.Repeat("a", 501), "Là."), "501 characters"},
			{with(func(c *answers.Content) { c.Sources = []answers.Source{{}} }), "source is empty"},
			{with(func(c *answers.Content) { c.Sources = []answers.Source{quoteOf(d, "siège à Moscou")} }), "does not hold the quote"},
			{with(func(c *answers.Content) { c.Sources = []answers.Source{quoteOf(d, "siège à Petro")} }), "does not hold the quote"},
			{with(func(c *answers.Content) { c.Sources = []answers.Source{quoteOf(d, "siège à  Petrograd.")} }), ""},
			{with(func(c *answers.Content) { c.Sources = []answers.Source{quoteOf(corpus.Document{ID: "x"}, "siège")} }), "not a document"},
		}
		for _, test := range tests {
			_, err := s.Add(t.Context(), guild, "ana", test.content)
			if test.want == "" && err != nil || test.want != "" && (!errors.Is(err, answers.ErrContent) || !strings.Contains(err.Error(), test.want)) {
				t.Errorf("Add(%.80q) = %v, want %q", fmt.Sprint(test.content), err, test.want)
			}
		}
	})
}

// TestSources: quotes are found in their document, and shown while they stand there.
func TestSources(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		const text = "---\ntitle: Soviets\n---\n# Naissance\n\nLe soviet siège\nà Petrograd. Il y a foule. Le vote a lieu en mai."
		d := putText(t, texts, "a.md", text)
		c := content("Où siège le soviet ?", "À Petrograd.")
		c.Sources = []answers.Source{quoteOf(d, "Le soviet siège à Petrograd. […] Le vote"), {Text: "le cours"}}
		a := add(t, s, guild, c)
		if n := len(a.Sources[0].Reference.Ranges); n != 2 || a.Sources[0].Quote != "Le soviet siège à Petrograd. […] Le vote" {
			t.Errorf("source = %+v, want two ranges", a.Sources[0])
		}
		shown := func(access corpus.Access) string {
			excerpts, err := s.Sources(t.Context(), access, a)
			if err != nil {
				t.Fatal(err)
			}
			var out []string
			for _, e := range excerpts {
				out = append(out, e.Text+" ("+e.Citation+")")
			}
			return strings.Join(out, " | ")
		}
		if got, want := shown(corpus.Everything(guild)), "Le soviet siège à Petrograd. […] Le vote (Soviets, Naissance) |  (le cours)"; got != want {
			t.Errorf("Sources = %q, want %q", got, want)
		}
		if got := shown(corpus.Only(guild, "other")); got != " (le cours)" {
			t.Errorf("Sources without access = %q, want only what needs none", got)
		}
		putText(t, texts, "a.md", text+" Fin.")
		if got := shown(corpus.Everything(guild)); !strings.HasPrefix(got, "Le soviet") {
			t.Errorf("Sources of a text that changed elsewhere = %q, want the quote", got)
		}
		putText(t, texts, "a.md", strings.Replace(text, "soviet", "conseil", 1))
		if got := shown(corpus.Everything(guild)); got != " (le cours)" {
			t.Errorf("Sources of a changed text = %q, want no quote", got)
		}
		c.Answer = "À Petrograd, en mai."
		c.Sources = a.Sources
		if b, err := s.Edit(t.Context(), guild, a.ID, 1, "ben", c); err != nil || b.Sources[0].Quote != a.Sources[0].Quote {
			t.Errorf("Edit with a stale source = %+v, %v, want it kept", b, err)
		}
	})
}

// TestLongQuote: a quote is no copy of a text.
func TestLongQuote(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		text := strings.TrimSpace(strings.Repeat("Le soviet vote. ", 200))
		d := putText(t, texts, "long.md", text)
		for length, want := range map[int]error{1999: nil, 3199: answers.ErrContent} {
			c := content("Que fait le soviet ?", "Il vote.")
			c.Sources = []answers.Source{quoteOf(d, text[:length])}
			if _, err := s.Add(t.Context(), guild, "ana", c); !errors.Is(err, want) {
				t.Errorf("Add with a quote of %d characters = %v, want %v", length, err, want)
			}
		}
	})
}

func TestCuratedSearch(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		add(t, s, guild, content("Qui dirige le soviet ?", "Tchkhéidzé, un menchevik, préside."))
		add(t, s, guild, content("Que veulent les mencheviks ?", "Un parti large."))
		removed := add(t, s, guild, content("Les mencheviks ont-ils tort ?", "Peut-être."))
		if _, err := s.Remove(t.Context(), guild, removed.ID, 0, "ana"); err != nil {
			t.Fatal(err)
		}
		tests := []struct {
			search string
			want   []string
		}{
			{"mencheviks", []string{"Que veulent les mencheviks ?", "Qui dirige le soviet ?"}},
			{"soviet tchkheidze", []string{"Qui dirige le soviet ?"}},
			{"parti soviet", nil},
			{"le", nil},
		}
		for _, test := range tests {
			found, err := s.Search(t.Context(), corpus.Everything(guild), test.search)
			var got []string
			for _, c := range found {
				got = append(got, c.Question)
			}
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("Search(%q) = %q, %v, want %q", test.search, got, err, test.want)
			}
		}
	})
}

func TestUses(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		a := add(t, s, guild, content("Quand ?", "En mai."))
		before, err := s.Head(t.Context(), guild)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if err := s.Used(t.Context(), guild, a.ID); err != nil {
				t.Fatal(err)
			}
		}
		if err := s.Used(t.Context(), "g2", a.ID); err != nil {
			t.Fatal(err)
		}
		b, err := s.Curated(t.Context(), corpus.Everything(guild), a.ID)
		if err != nil || b.Uses != 3 || b.Used.IsZero() || b.Revision != 1 {
			t.Errorf("after three uses %+v, %v", b, err)
		}
		if changes, err := s.Changes(t.Context(), guild, 1); err != nil || len(changes) != 0 {
			t.Errorf("uses are changes: %v, %v", changes, err)
		}
		if after, err := s.Head(t.Context(), guild); err != nil || after != before {
			t.Errorf("Head after three uses = %v, %v, want %v as before: an index would follow", after, err, before)
		}
	})
}

// TestCuratedAccess: nobody sees what the course or the guild hides.
func TestCuratedAccess(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		c := content("Quand ?", "En mai.")
		c.Course = "closed"
		a := add(t, s, guild, c)
		add(t, s, "g2", content("Quand ailleurs ?", "En juin."))
		for name, access := range map[string]corpus.Access{
			"nothing": {}, "another course": corpus.Only(guild, "open", ""), "another guild": corpus.Everything("g2"),
		} {
			if _, err := s.Curated(t.Context(), access, a.ID); !errors.Is(err, answers.ErrNotFound) {
				t.Errorf("%s: Curated = %v, want %v", name, err, answers.ErrNotFound)
			}
			if _, err := s.History(t.Context(), access, a.ID); !errors.Is(err, answers.ErrNotFound) {
				t.Errorf("%s: History = %v, want %v", name, err, answers.ErrNotFound)
			}
			list, err := s.List(t.Context(), access, true)
			found, err2 := s.Search(t.Context(), access, "mai")
			if err != nil || err2 != nil || slices.ContainsFunc(append(list, found...), func(c answers.Curated) bool { return c.ID == a.ID && c.Answer == "En mai." }) {
				t.Errorf("%s: List, Search = %v, %v", name, list, found)
			}
		}
		if _, err := s.Edit(t.Context(), "g3", a.ID, 0, "eve", c); !errors.Is(err, answers.ErrNotFound) {
			t.Errorf("Edit from another guild = %v, want %v", err, answers.ErrNotFound)
		}
		for name, change := range map[string]func() error{
			"Remove":  func() error { _, err := s.Remove(t.Context(), "g3", a.ID, 0, "eve"); return err },
			"Restore": func() error { _, err := s.Restore(t.Context(), "g3", a.ID, 0, "eve"); return err },
			"Revert":  func() error { _, err := s.Revert(t.Context(), "g3", a.ID, 0, 1, "eve"); return err },
		} {
			if err := change(); !errors.Is(err, answers.ErrNotFound) {
				t.Errorf("%s from another guild = %v, want %v", name, err, answers.ErrNotFound)
			}
		}
		// What was said while the course was closed stays so.
		c.Course, c.Answer = "open", "Au printemps."
		if _, err := s.Edit(t.Context(), guild, a.ID, 1, "ana", c); err != nil {
			t.Fatal(err)
		}
		history, err := s.History(t.Context(), corpus.Only(guild, "open"), a.ID)
		if err != nil || len(history) != 1 || history[0].Answer != "Au printemps." {
			t.Errorf("History = %+v, %v, want the open revision alone", history, err)
		}
	})
}

func TestCuratedChanges(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, texts *corpus.Store) {
		a := add(t, s, guild, answers.Content{Question: "Quand ?", Wordings: []string{"À quelle date ?"}, Answer: "En mai.", Course: "c"})
		b := add(t, s, guild, content("Où ?", "Là."))
		if _, err := s.Remove(t.Context(), guild, a.ID, 0, "ana"); err != nil {
			t.Fatal(err)
		}
		changes, err := s.Changes(t.Context(), guild, 0)
		if err != nil || len(changes) != 2 {
			t.Fatalf("Changes = %v, %v, want 2", changes, err)
		}
		if c := changes[0]; c.ID != b.ID || c.Revision != 2 || len(c.Texts) != 1 || c.Texts[0].Body != "Où ?" {
			t.Errorf("first change = %+v, want %s at revision 2", c, b.ID)
		}
		if c := changes[1]; c.ID != a.ID || c.Revision != 3 || len(c.Texts) != 0 {
			t.Errorf("second change = %+v, want %s gone at revision 3", c, a.ID)
		}
		if _, err := s.Restore(t.Context(), guild, a.ID, 0, "ana"); err != nil {
			t.Fatal(err)
		}
		changes, err = s.Changes(t.Context(), guild, 3)
		if err != nil || len(changes) != 1 || changes[0].Texts[0].Body != "Quand ?\nÀ quelle date ?" || changes[0].Course != "c" {
			t.Errorf("Changes since 3 = %+v, %v, want the restored answer with all its wordings", changes, err)
		}
	})
}
