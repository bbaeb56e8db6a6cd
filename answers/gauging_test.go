package answers_test

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A gauged library counts how often foreign questions are asked.
type gauged struct {
	library
	dir     string
	indexes *retrieval.Indexes
	log     *strings.Builder
}

func openGauged(t *testing.T) *gauged {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	g := &gauged{dir: t.TempDir(), log: &strings.Builder{}}
	g.store = corpus.NewStore(db, time.Now)
	g.reopen(t)
	t.Cleanup(func() { g.indexes.Close() })
	return g
}

// reopen opens the indexes as after a restart.
func (g *gauged) reopen(t *testing.T) {
	t.Helper()
	if g.indexes != nil {
		if err := g.indexes.Close(); err != nil {
			t.Fatal(err)
		}
	}
	var err error
	log := slog.New(slog.NewTextHandler(g.log, nil))
	if g.indexes, err = retrieval.OpenIndexes(g.dir, g.store, log); err != nil {
		t.Fatal(err)
	}
	g.Answerer = answers.New(g.store, g.indexes, log)
}

// course writes documents on a mill, numbered from one to another, a passage each.
func (g *gauged) course(t *testing.T, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		g.put(t, fmt.Sprintf("%d.txt", i), fmt.Sprintf(
			"La meule numéro %d du moulin de Valserre pèse %d livres. Le meunier la tourne en %d, et la rivière monte. Au village de la ville haute, on compte les sacs.", i, 100+i, 1700+i))
	}
}

// asked checks how often foreign questions were asked since the last time.
func (g *gauged) asked(t *testing.T, question, when string, want int) {
	t.Helper()
	g.log.Reset()
	g.ask(t, question)
	if got := strings.Count(g.log.String(), "foreign questions asked"); got != want {
		t.Errorf("%s: foreign questions asked %d times, want %d; log %s", when, got, want, g.log)
	}
}

// TestForeignQuestionsAreAskedOnce for each language, and again when the texts have
// grown or shrunk by a quarter, or their index is built anew.
func TestForeignQuestionsAreAskedOnce(t *testing.T) {
	g := openGauged(t)
	const french, english = "Combien pèse la meule numéro 7 du moulin ?", "What is the weight of the mill in Valserre?"
	g.course(t, 0, 20)
	g.asked(t, french, "with few passages", 0)
	g.course(t, 20, 60)
	g.asked(t, french, "with enough passages", 1)
	g.asked(t, french, "once more", 0)
	g.asked(t, english, "in another language", 1)
	g.asked(t, english, "in another language once more", 0)
	g.reopen(t)
	g.asked(t, french, "after a restart", 0)
	g.course(t, 60, 70)
	g.asked(t, french, "with a sixth more", 0)
	g.course(t, 70, 80)
	g.asked(t, french, "with a third more", 1)
	g.reopen(t)
	g.asked(t, french, "after another restart", 0)
}

// TestGuildsHaveGaugesOfTheirOwn: questions in one guild tell nothing of another.
func TestGuildsHaveGaugesOfTheirOwn(t *testing.T) {
	g := openGauged(t)
	g.course(t, 0, 60)
	g.asked(t, "Combien pèse la meule numéro 7 ?", "in the guild", 1)
	for i := range 60 {
		d, err := corpus.Read(corpus.File{Name: fmt.Sprint(i, ".txt"), Data: []byte("Le phare de Skelby éclaire la mer.")})
		if err == nil {
			_, err = g.store.Put(t.Context(), "g2", []corpus.Draft{d}, false)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	g.log.Reset()
	if _, err := g.Ask(t.Context(), answers.Question{Text: "Où est le phare ?", Access: corpus.Everything("g2")}); err != nil {
		t.Fatal(err)
	}
	if got := g.log.String(); !strings.Contains(got, "guild=g2") || strings.Contains(got, "guild="+guild) {
		t.Errorf("log %s, want foreign questions asked in g2 alone", got)
	}
}

// TestForeignQuestionsAreRefused: of questions on other subjects a few get a reply, as
// the caution says, and good ones do whatever the caution.
func TestForeignQuestionsAreRefused(t *testing.T) {
	g := openGauged(t)
	g.course(t, 0, 60)
	passed := map[answers.Caution]int{}
	for _, caution := range []answers.Caution{answers.Few, answers.Balanced, answers.Many} {
		ask := func(text string) bool {
			r, err := g.Ask(t.Context(), answers.Question{Text: text, Access: corpus.Everything(guild), Caution: caution})
			if err != nil {
				t.Fatal(err)
			}
			return r.Outcome == answers.Excerpts
		}
		if !ask("Combien pèse la meule numéro 7 du moulin de Valserre ?") {
			t.Errorf("caution %s refuses a question that a text answers", caution)
		}
		for _, text := range []string{
			"Comment tricoter une écharpe en laine pour débutants ?", "Quelle est la ville la plus haute du Pérou ?", "Qui compte les voix aux élections ?",
			"Pourquoi la mer monte-t-elle deux fois par jour ?", "combien de sacs à dos faut-il pour une rando", "Quelle rivière traverse Prague ?",
			"Comment tourne la Terre autour du Soleil ?", "Qui a écrit les Lettres de mon moulin ?", "Combien de livres lit un enfant de dix ans ?",
			"Le village gaulois d'Astérix est dans quelle région ?",
		} {
			if ask(text) {
				passed[caution]++
			}
		}
	}
	if passed[answers.Few] > passed[answers.Balanced] || passed[answers.Balanced] > passed[answers.Many] || passed[answers.Balanced] > 2 {
		t.Errorf("foreign questions answered: %v of 10, want 2 at most with balanced, no more with few, no fewer with many", passed)
	}
}
