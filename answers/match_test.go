package answers_test

import (
	"bufio"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A memory is an Answerer with curated answers.
type memory struct {
	*answers.Answerer
	curated *answers.Store
	texts   *corpus.Store
}

func openMemory(t *testing.T, db *database.DB) memory {
	t.Helper()
	texts := corpus.NewStore(db, time.Now)
	curated := answers.NewStore(db, texts, time.Now)
	log := slog.New(slog.DiscardHandler)
	open := func(source retrieval.Source) *retrieval.Indexes {
		indexes, err := retrieval.OpenIndexes(t.TempDir(), source, log)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { indexes.Close() })
		return indexes
	}
	return memory{answers.New(texts, open(texts), log).WithCurated(curated, open(curated)), curated, texts}
}

// found returns the question of the curated answer to a question, "" for none.
func (m memory) found(t *testing.T, access corpus.Access, question string) string {
	t.Helper()
	found, _ := m.foundWider(t, access, question)
	return found
}

// foundWider is found, with the words of the question that the answer to a wider one says
// nothing of.
func (m memory) foundWider(t *testing.T, access corpus.Access, question string) (found, beyond string) {
	t.Helper()
	r, err := m.Ask(t.Context(), answers.Question{Text: question, Access: access})
	if err != nil {
		t.Fatal(err)
	}
	if (r.Curated == nil) != (r.Outcome != answers.ByHand) {
		t.Errorf("Ask(%q): outcome %s with curated answer %v", question, r.Outcome, r.Curated)
	}
	if r.Curated == nil {
		return "", ""
	}
	beyond = strings.Join(r.Curated.Likeness.Beyond, " ")
	if r.Hedged != (beyond != "") {
		t.Errorf("Ask(%q): hedged %v, and it says nothing of %q", question, r.Hedged, beyond)
	}
	return r.Curated.Question, beyond
}

// TestMatches asks the questions of testdata/matches.txt: "?" is a curated answer by its
// wordings, "+" a question that must find it, "~" one that must find it as the answer to a
// wider question, and behind "|" the words that it says nothing of, "-" one that must find
// none.
func TestMatches(t *testing.T) {
	file, err := os.Open("testdata/matches.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	type question struct{ text, want, beyond string }
	var questions []question
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		m := openMemory(t, db)
		if _, err := file.Seek(0, 0); err != nil {
			t.Fatal(err)
		}
		questions = nil
		last := ""
		for lines := bufio.NewScanner(file); lines.Scan(); {
			sign, text, _ := strings.Cut(lines.Text(), " ")
			switch sign {
			case "?":
				wordings := strings.Split(text, " | ")
				last = wordings[0]
				add(t, m.curated, guild, answers.Content{Question: last, Wordings: wordings[1:], Answer: "Voir le cours."})
			case "+":
				questions = append(questions, question{text, last, ""})
			case "~":
				text, beyond, _ := strings.Cut(text, " | ")
				questions = append(questions, question{text, last, beyond})
			case "-":
				questions = append(questions, question{text, "", ""})
			}
		}
		for _, q := range questions {
			got, beyond := m.foundWider(t, corpus.Everything(guild), q.text)
			if got != q.want || beyond != q.beyond {
				t.Errorf("%q finds %q, which says nothing of %q, want %q, %q", q.text, got, beyond, q.want, q.beyond)
			}
		}
		if len(questions) < 30 {
			t.Errorf("%d questions, want all of the file", len(questions))
		}
	})
}

// TestFollows: the index of curated answers follows what moderators do, and shows
// nothing that course, guild or removal hide.
func TestFollows(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		m := openMemory(t, db)
		all := corpus.Everything(guild)
		const asked = "c quoi un soviet"
		check := func(step string, access corpus.Access, want string) {
			t.Helper()
			if got := m.found(t, access, asked); got != want {
				t.Errorf("%s: %q finds %q, want %q", step, asked, got, want)
			}
		}
		check("before", all, "")
		c := content("Qu'est-ce qu'un soviet ?", "Un conseil.")
		c.Course = "closed"
		a := add(t, m.curated, guild, c)
		check("added", all, c.Question)
		check("another course", corpus.Only(guild, "open"), "")
		check("no access", corpus.Access{}, "")
		check("another guild", corpus.Everything("g2"), "")
		if _, err := m.curated.Remove(t.Context(), guild, a.ID, 0, "ana"); err != nil {
			t.Fatal(err)
		}
		check("removed", all, "")
		if _, err := m.curated.Revert(t.Context(), guild, a.ID, 0, 1, "ana"); err != nil {
			t.Fatal(err)
		}
		check("reverted", all, c.Question)
		if err := m.curated.Used(t.Context(), guild, a.ID); err != nil {
			t.Fatal(err)
		}
		check("used", all, c.Question)
		if _, err := m.curated.Edit(t.Context(), guild, a.ID, 0, "ana", content("Qui est Kornilov ?", "Un général.")); err != nil {
			t.Fatal(err)
		}
		check("edited", all, "")
	})
}

// TestUnderCurated: under a curated answer stands one quote of the texts, if it adds
// something.
func TestUnderCurated(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		m := openMemory(t, db)
		d := putText(t, m.texts, "a.txt", "Le soviet de Petrograd siège au palais de Tauride.")
		ask := func() answers.Reply {
			r, err := m.Ask(t.Context(), answers.Question{Text: "Où siège le soviet de Petrograd ?", Access: corpus.Everything(guild)})
			if err != nil {
				t.Fatal(err)
			}
			return r
		}
		if r := ask(); r.Outcome != answers.Excerpts || r.Hedged {
			t.Fatalf("reply %+v, want firm excerpts", r)
		}
		c := content("Où siège le soviet de Petrograd ?", "Au palais.")
		a := add(t, m.curated, guild, c)
		if r := ask(); r.Outcome != answers.ByHand || len(r.Excerpts()) != 1 || len(r.Near()) != 0 || r.Language != "fr" {
			t.Errorf("reply %+v, want a curated answer with a quote under it", r)
		}
		c.Sources = []answers.Source{quoteOf(d, "Le soviet de Petrograd siège au palais")}
		if _, err := m.curated.Edit(t.Context(), guild, a.ID, 0, "ana", c); err != nil {
			t.Fatal(err)
		}
		if r := ask(); len(r.Excerpts()) != 0 || len(r.Curated.Shown) != 1 {
			t.Errorf("reply %+v, want no quote that its source has", r)
		}
	})
}
