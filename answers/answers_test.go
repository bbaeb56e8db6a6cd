package answers_test

import (
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

const guild = "g1"

type library struct {
	*answers.Answerer
	db      *database.DB
	store   *corpus.Store
	indexes *retrieval.Indexes
}

func open(t testing.TB) *library {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	store := corpus.NewStore(db, time.Now)
	log := slog.New(slog.DiscardHandler)
	indexes, err := retrieval.OpenIndexes(t.TempDir(), store, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { indexes.Close() })
	return &library{answers.New(store, indexes, log), db, store, indexes}
}

func (l *library) put(t testing.TB, name, text string) {
	t.Helper()
	d, err := corpus.Read(corpus.File{Name: name, Origin: "/course", Data: []byte(text)})
	if err == nil {
		_, err = l.store.Put(t.Context(), guild, []corpus.Draft{d}, false)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (l *library) ask(t *testing.T, question string) answers.Reply {
	t.Helper()
	r, err := l.Ask(t.Context(), answers.Question{Text: question, Access: corpus.Everything(guild)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCitation(t *testing.T) {
	tests := []struct{ name, text, question, want string }{
		{"plain.txt", "Le soviet siège à Petrograd.", "Où siège le soviet ?", "plain"},
		{
			"note.md",
			"---\ntitle: Les soviets\nauthor: A. Rosmer\ndate: 1932-05\n---\n# Les soviets\n\n## Naissance\n\n<!-- page 12 -->\n\nLa grève éclate à Vyborg.",
			"Où éclate la grève ?",
			"A. Rosmer, Les soviets, 1932, Naissance, p.\u00A012",
		},
		{
			"pages.md",
			"# Titre\n\n<!-- page 4 -->\n\nKornilov marche\n\n<!-- page 5 -->\n\nsur la ville de Riga avec Kornilov.",
			"Kornilov marche sur Riga",
			"Titre, p.\u00A04–5",
		},
		{
			"fuentes.md",
			"---\nlanguage: es\ntitle: Amauta\n---\n<!-- page 7 -->\n\nLa revista sale en Lima[^2].\n\n[^2]: El tiraje fue de tres mil ejemplares.",
			"¿Cuál fue el tiraje en ejemplares?",
			"Amauta, p.\u00A07, nota\u00A02",
		},
	}
	l := open(t)
	for _, test := range tests {
		l.put(t, test.name, test.text)
	}
	for _, test := range tests {
		r := l.ask(t, test.question)
		if len(r.Quotes) == 0 || r.Quotes[0].Citation != test.want {
			t.Errorf("Ask(%q) cites %+v, want %q", test.question, r.Quotes, test.want)
		}
	}
}

func TestQuestionsThatCannotBeAsked(t *testing.T) {
	l := open(t)
	tests := []struct {
		text string
		want error
	}{
		{"", answers.ErrEmpty},
		{" \n\t\u00A0\u200B", answers.ErrEmpty},
		{"\x00\x07", answers.ErrEmpty},
		{strings.Repeat("é", answers.MaxQuestion+1), answers.ErrTooLong},
		{strings.Repeat("é", answers.MaxQuestion), nil},
		{"\xff\xfe", nil},
	}
	for _, test := range tests {
		_, err := l.Ask(t.Context(), answers.Question{Text: test.text, Access: corpus.Everything(guild)})
		if !errors.Is(err, test.want) {
			t.Errorf("Ask(%.20q…) = %v, want %v", test.text, err, test.want)
		}
	}
}

func TestHonestNo(t *testing.T) {
	l := open(t)
	l.put(t, "a.txt", "Le soviet siège à Petrograd, dans le palais de Tauride. Il élit un comité exécutif.")
	r := l.ask(t, "Comment préparer une mayonnaise au palais ?")
	if r.Outcome != answers.None || len(r.Excerpts()) != 0 || len(r.Near()) == 0 {
		t.Errorf("reply %+v, want none, with what is near", r)
	}
	if r := l.ask(t, "photosynthèse"); r.Outcome != answers.None || len(r.Near()) != 0 {
		t.Errorf("reply %+v, want none, with nothing near", r)
	}
}

// TestPhraseMissing: quotes that do not hold what was asked for in quotation marks are no firm
// answer.
func TestPhraseMissing(t *testing.T) {
	l := open(t)
	l.put(t, "a.txt", "Le boulanger Aldric remporte la course de Valserre. Le silence après la tempête est pire que la tempête.")
	for question, hedged := range map[string]bool{
		`Qui remporte la "course de Valserre" ?`: false,
		`Qui remporte la "Valserre de course" ?`: true,
		`‹silence après la tempête›`:             false,
		`‹tempête après le silence›`:             true,
	} {
		if r := l.ask(t, question); r.Outcome != answers.Excerpts || r.Hedged != hedged || r.Confidence < 0.6 {
			t.Errorf("%s: %s, hedged %t, confidence %.2f", question, r.Outcome, r.Hedged, r.Confidence)
		}
	}
}

// TestAnotherYear: quotes that are not of the year that was asked about are no firm answer.
func TestAnotherYear(t *testing.T) {
	l := open(t)
	l.put(t, "a.md", "# La course de Valserre\n\n## 2011\n\nLe boulanger Aldric remporte la course de Valserre devant le meunier.\n\n"+
		"## Plus tard\n\nEn 2012, la batelière Ysolde remporte la course de Valserre. Le pont est réparé en avril 2013.")
	for question, hedged := range map[string]bool{
		"Qui remporte la course de Valserre ?":                                                false,
		"Qui remporte la course de Valserre en 2012 ?":                                        false,
		"Qui remporte la course de Valserre en 2011 ?":                                        false, // in a heading
		"Quel boulanger remporte la course de Valserre devant le meunier en 1995 ?":           true,
		"Quelle batelière remporte la course de Valserre, et quel pont est réparé, en 1995 ?": true,
	} {
		if r := l.ask(t, question); r.Outcome != answers.Excerpts || r.Hedged != hedged || r.Confidence < 0.6 {
			t.Errorf("%s: %s, hedged %t, confidence %.2f", question, r.Outcome, r.Hedged, r.Confidence)
		}
	}
}

// TestNothingToQuote: a passage that is one unbroken word can't be quoted.
func TestNothingToQuote(t *testing.T) {
	l := open(t)
	l.put(t, "moulin valserre.txt", "https://example.org/"+strings.Repeat("a", 1100))
	if r := l.ask(t, "moulin valserre"); r.Outcome != answers.None || len(r.Quotes) != 0 {
		t.Errorf("reply %+v, want none, with nothing near", r)
	}
}

func TestFewerExcerpts(t *testing.T) {
	l := open(t)
	for i := range 5 {
		l.put(t, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Le soviet numéro %d siège à Petrograd.", i))
	}
	for _, most := range []int{1, 2, 3} {
		r, err := l.Ask(t.Context(), answers.Question{Text: "Où siège le soviet ?", Access: corpus.Everything(guild), Excerpts: most})
		if err != nil || len(r.Quotes) != most {
			t.Errorf("%d excerpts, %v, want %d", len(r.Quotes), err, most)
		}
	}
}

// TestWhileTextsChange asks while the document is replaced again and again. Each
// quote is of the revision that it names.
func TestWhileTextsChange(t *testing.T) {
	l := open(t)
	versions := []string{
		"Le soviet siège à Petrograd. Il y a foule. Le soviet vote la motion.",
		"Depuis mars, et malgré tout, le soviet siège à Moscou. Le soviet ne vote plus de motion du tout.",
	}
	sources := map[string]string{}
	for _, v := range versions {
		l.put(t, "a.txt", v)
		d, err := l.store.DocumentNamed(t.Context(), corpus.Everything(guild), "a.txt")
		if err != nil {
			t.Fatal(err)
		}
		sources[d.Revision] = v
	}
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				l.put(t, "a.txt", versions[i%2])
			}
		}
	})
	for range 25 {
		for _, e := range l.ask(t, "Où siège le soviet, et que vote le soviet ?").Quotes {
			source := sources[e.Reference.Revision]
			var pieces []string
			for _, r := range e.Reference.Ranges {
				pieces = append(pieces, source[r.Start:r.End])
			}
			if got := strings.Join(pieces, " […] "); got != e.Text {
				t.Errorf("quote %q, the source has %q", e.Text, got)
			}
		}
	}
	close(stop)
	group.Wait()
}

// TestExcerptLimits: whatever the texts, excerpts keep to their limits and are
// pieces of their sources.
func TestExcerptLimits(t *testing.T) {
	l := open(t)
	piece := rapid.SampledFrom([]string{
		"Le soviet vote. ", "M. Leguia part ", "\n\n", "\n", "é", "# Le vote\n\n", "<!-- page 3 -->\n", "[^1]", "\n\n[^1]: Le vote du soviet.\n\n",
		strings.Repeat("soviet vote ", 120), strings.Repeat("soviet", 400), strings.Repeat("long mot ", 60) + ". ", "- vote\n", "| vote | soviet |\n| - | - |\n| a | vote |\n",
	})
	text := rapid.SliceOfN(piece, 1, 30)
	rounds := 8
	if testing.Short() {
		rounds = 2
	}
	for round := range rounds {
		var drafts []corpus.Draft
		for i := range 20 {
			name := fmt.Sprintf("%d.%s", i, []string{"md", "txt"}[i%2])
			d, err := corpus.Read(corpus.File{Name: name, Data: []byte(strings.Join(text.Example(20*round+i), ""))})
			if err == nil {
				drafts = append(drafts, d)
			}
		}
		if _, err := l.store.Put(t.Context(), guild, drafts, false); err != nil {
			t.Fatal(err)
		}
		for _, question := range []string{"soviet vote", "M. Leguia part", "mot", "soviet"} {
			checkLimits(t, l.ask(t, question).Quotes)
		}
	}
}

func checkLimits(t *testing.T, quotes []answers.Excerpt) {
	t.Helper()
	runes := 0
	for _, e := range quotes {
		runes += len([]rune(e.Text))
		if strings.TrimSpace(e.Text) != e.Text || e.Text == "" {
			t.Errorf("quote %q", e.Text)
		}
	}
	if len(quotes) > retrieval.MaxExcerpts || runes > retrieval.MaxRunes {
		t.Errorf("%d quotes with %d characters", len(quotes), runes)
	}
}

// TestMisspelt: a reply says what else was searched, and only a no has words that could be
// meant.
func TestMisspelt(t *testing.T) {
	l := open(t)
	l.put(t, "a.txt", "---\nlanguage: fr\n---\nLe général Kornilov marche sur Petrograd avec ses troupes.")
	for i := range 5 {
		l.put(t, fmt.Sprintf("%d.txt", i), "---\nlanguage: fr\n---\nLes ouvriers de Tours votent la grève.")
	}
	tests := []struct {
		question      string
		outcome       answers.Outcome
		searched, did string
	}{
		{"Où marche le général Kornilov ?", answers.Excerpts, "", ""},
		{"ou marche le general kornilof", answers.Excerpts, "kornilof→[Kornilov]", ""},
		{"la photosynthèse du kornilof et la vitamine de Mendeleïev", answers.None, "kornilof→[Kornilov]", "[Kornilov]"},
		{"la photosynthèse", answers.None, "", ""},
	}
	for _, test := range tests {
		r := l.ask(t, test.question)
		searched, did := "", ""
		for _, s := range r.SearchedAlso {
			searched += fmt.Sprintf("%s→%v", s.Typed, s.Read)
		}
		if len(r.DidYouMean) > 0 {
			did = fmt.Sprint(r.DidYouMean)
		}
		if r.Outcome != test.outcome || searched != test.searched || did != test.did {
			t.Errorf("%q: %s, searched %q, did you mean %q; want %s, %q, %q",
				test.question, r.Outcome, searched, did, test.outcome, test.searched, test.did)
		}
	}
}
