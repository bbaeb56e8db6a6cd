package retrieval_test

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A changing source is one whose documents change at will.
type changing struct {
	mutex     sync.Mutex
	documents map[string]database.Change
	revision  int64
	hold      chan struct{} // Changes waits for its end; nil: it does not wait
}

func (c *changing) put(id, course string, texts ...database.Text) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.revision++
	if c.documents == nil {
		c.documents = map[string]database.Change{}
	}
	c.documents[id] = database.Change{Revision: c.revision, ID: id, Name: id, Course: course, Texts: texts}
}

func (c *changing) Head(context.Context, string) (database.Head, error) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return database.Head{Revision: c.revision, Stamp: fmt.Sprint(c.revision)}, nil
}

func (c *changing) Stamp(_ context.Context, _ string, revision int64) (string, error) {
	return fmt.Sprint(revision), nil
}

func (c *changing) Changes(_ context.Context, _ string, since int64) ([]database.Change, error) {
	c.mutex.Lock()
	hold := c.hold
	c.mutex.Unlock()
	if hold != nil {
		<-hold
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	all := slices.SortedFunc(maps.Values(c.documents), func(x, y database.Change) int { return cmp.Compare(x.Revision, y.Revision) })
	return slices.DeleteFunc(all, func(d database.Change) bool { return d.Revision <= since }), nil
}

// TestNothingBetterIsPassedOver: the best passages are the same as where all that share a
// word with the question are ranked, to the last bit of their scores and also where many
// score the same, through changes and with filters; also where words are misspelt, parts of
// compounds in German, or equal by the glossary, and whichever terms are tallied.
func TestNothingBetterIsPassedOver(t *testing.T) {
	vocabulary := strings.Fields("greve grevier grevistes syndicat syndicale usine usinier pain Lenin congres delegue delegation un deux")
	german := strings.Fields("Regierung Bundesregierung Bund Staat Streik Generalstreik Staatsstreik Lenin")
	misspelt := strings.Fields("usinie grevie delegatoin syndicta congrse Regierugn Bundesregierugn Stata Streki")
	glossary := retrieval.NewGlossary([][]string{{"syndicat", "congres", "Bund"}, {"usine", "un pain", "greve deux"}})
	rapid.Check(t, func(r *rapid.T) {
		tallied := rapid.SampledFrom([]int{0, 0, 20, 1000}).Draw(r, "tallied")
		words := func(vocabulary []string, least, most int) string {
			drawn := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) string {
				// The first words are the most frequent.
				return vocabulary[min(rapid.IntRange(0, len(vocabulary)-1).Draw(r, "i"), rapid.IntRange(0, len(vocabulary)-1).Draw(r, "j"))]
			}), least, most).Draw(r, "words")
			return strings.Join(drawn, " ")
		}
		source := &changing{}
		most := rapid.SampledFrom([]string{"und", "de"}).Draw(r, "most")
		asked := map[string][]string{"und": vocabulary, "de": german}[most]
		change := func(documents int) {
			for range documents {
				id := fmt.Sprint(rapid.IntRange(0, 40).Draw(r, "id"))
				language := rapid.SampledFrom([]string{most, most, most, "fr"}).Draw(r, "language")
				of := vocabulary
				if language == "de" {
					of = german
				}
				var texts []database.Text
				for i := range rapid.IntRange(0, 8).Draw(r, "passages") {
					texts = append(texts, database.Text{Ordinal: i, Body: words(of, 1, 6), Language: language})
				}
				source.put(id, rapid.SampledFrom([]string{"A", "B"}).Draw(r, "course"), texts...)
			}
		}
		x, err := retrieval.OpenIndexes(t.TempDir(), source, slog.New(slog.DiscardHandler))
		check(t, err)
		defer x.Close()
		for _, documents := range []int{40, 3, 8} {
			change(documents)
			for range 4 {
				q := retrieval.Query{Text: words(asked, 1, 5), Access: corpus.Everything(guild)}
				switch rapid.IntRange(0, 6).Draw(r, "kind") {
				case 0:
					q.Access = corpus.Only(guild, "A")
				case 1:
					q.Filter.Documents = []string{"1", "2", "3", "4", "5"}
				case 2:
					q.Text += ` "` + words(asked, 1, 2) + `"`
				case 3:
					q.Text += " " + words(misspelt, 1, 2)
				case 4:
					q.Glossary = glossary
				}
				best, err := x.Rank(t.Context(), q, 50, nil)
				check(t, err)
				all, err := x.Rank(t.Context(), q, 1000, nil) // none is passed over
				check(t, err)
				if want := all[:min(50, len(all))]; !slices.Equal(best, want) {
					r.Fatalf("ranking of %q is %v, want %v", q.Text, best, want)
				}
				againstPlain(t, r.Fatalf, x, q, rapid.SampledFrom([]int{1, 2, 10, 50}).Draw(r, "limit"), tallied)
				beyond, err := x.BeyondBounds(t.Context(), q, func() bool { return rapid.Bool().Draw(r, "tally") })
				check(t, err)
				if beyond != "" {
					r.Fatal(beyond)
				}
			}
		}
	})
}

// againstPlain holds the best passages for a question against those of a loop that scores all.
func againstPlain(t *testing.T, fatalf func(string, ...any), x *retrieval.Indexes, q retrieval.Query, limit, tallied int) {
	t.Helper()
	got, err := x.RankTallied(t.Context(), q, limit, tallied)
	check(t, err)
	want, err := x.RankPlainly(t.Context(), q, limit)
	check(t, err)
	if !slices.Equal(got, want) {
		fatalf("the best %d of %+v, with %d tallied, are %v, want %v", limit, q, tallied, got, want)
	}
}

// TestNothingBetterIsPassedOverAmongMany: likewise among thousands of passages, many of them the
// same, where most are passed over.
func TestNothingBetterIsPassedOverAmongMany(t *testing.T) {
	vocabulary := strings.Fields("greve grevier grevistes syndicat syndicale usine usinier pain Lenin congres delegue delegation moulin meunier farine riviere rivage pont pontife route routier cheval chevalier chateau village villageois marche marchand foire laine")
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(5, seed))
		words := func(n int) string {
			var drawn []string
			for range n {
				drawn = append(drawn, vocabulary[int(float64(len(vocabulary))*random.Float64()*random.Float64())])
			}
			return strings.Join(drawn, " ")
		}
		var repeated []string
		for range 40 {
			repeated = append(repeated, words(1+random.IntN(12)))
		}
		source := &changing{}
		put := func(document int) {
			var texts []database.Text
			for i := range 20 {
				text, language := words(1+random.IntN(30)), "und"
				switch random.IntN(8) {
				case 0, 1:
					text = repeated[random.IntN(len(repeated))]
				case 2: // beside these the others differ little
					text = words(3) + strings.Repeat(" moissonneuse", 500+random.IntN(500))
				}
				if random.IntN(4) == 0 {
					language = "fr"
				}
				texts = append(texts, database.Text{Ordinal: i, Body: text, Language: language})
			}
			source.put(fmt.Sprint(document), []string{"A", "B"}[document%2], texts...)
		}
		for document := range 60 + 30*int(seed) {
			put(document)
		}
		x, err := retrieval.OpenIndexes(t.TempDir(), source, slog.New(slog.DiscardHandler))
		check(t, err)
		defer x.Close()
		for i := range 300 {
			if i == 150 {
				put(1)
				put(2)
			}
			q := retrieval.Query{Text: words(1 + random.IntN(2)*random.IntN(6)), Access: corpus.Everything(guild)}
			switch random.IntN(6) {
			case 0:
				q.Access = corpus.Only(guild, "A")
			case 1:
				for range 1 + random.IntN(12) {
					q.Filter.Documents = append(q.Filter.Documents, fmt.Sprint(random.IntN(60)))
				}
			case 2:
				q.Text += ` "` + words(1+random.IntN(2)) + `"`
			case 3:
				q.Text += ` "` + words(2) + `" "` + words(1) + `"`
			}
			againstPlain(t, t.Fatalf, x, q, []int{1, 2, 10, 50}[random.IntN(4)], []int{0, 0, 100, 1000}[random.IntN(4)])
		}
	}
}

// TestQuestionsDoNotWaitForImports: while much is indexed, questions are answered from what
// was there before; then from all.
func TestQuestionsDoNotWaitForImports(t *testing.T) {
	source := &changing{}
	source.put("1", "", database.Text{Body: "Le syndicat appelle à la grève."})
	x, err := retrieval.OpenIndexes(t.TempDir(), source, slog.New(slog.DiscardHandler))
	check(t, err)
	defer x.Close()
	x.WaitAtMost(time.Millisecond)
	found := func() int {
		hits, err := x.Rank(t.Context(), retrieval.Query{Text: "syndicat", Access: corpus.Everything(guild)}, 10, nil)
		check(t, err)
		return len(hits)
	}
	if n := found(); n != 1 { // where nothing is indexed yet, questions wait
		t.Fatalf("found %d passages at first, want 1", n)
	}
	imported := make(chan struct{})
	source.hold = imported
	source.put("2", "", database.Text{Body: "Un syndicat d'usine."})
	for range 3 {
		if n := found(); n != 1 {
			t.Errorf("found %d passages during the import, want 1", n)
		}
	}
	close(imported)
	for end := time.Now().Add(time.Minute); found() != 2; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("what was imported is not found")
		}
	}
}
