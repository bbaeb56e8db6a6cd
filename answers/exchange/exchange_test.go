package exchange_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"verbatim/answers"
	"verbatim/answers/exchange"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

const guild = "g1"

var formats = []exchange.Format{exchange.YAML, exchange.JSON, exchange.CSV}

// pieces make texts that files of all kinds may stumble over.
var pieces = []string{
	"soviet", "été", "œ", "«", " ", " ", "  ", ",", ";", ":", ": ", "\"", "'", "=1+1", "-", "- ", "@", "+", "#", "# ", "|", ">", "> ", "\\", "\\n",
	"[…]", "{", "}", "[", "]", "&a", "*a", "!", "%", "null", "~", "no", "true", "1e3", "0x1", "2016-01-01", "…", "\u2028", "😀", "<b>", "&amp;", "e\u0301", "\uFEFF",
}

func textOf(t *rapid.T, label string, lines bool) string {
	all := pieces
	if lines {
		all = append(slices.Clone(pieces), "\n", "\n\n", "\t", "\n  ", "\n- ")
	}
	return "x" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(all), 0, 8).Draw(t, label), "")
}

// lineOf draws a text as the store keeps those of one line. It may begin with any piece.
func lineOf(t *rapid.T, label string) string {
	text := strings.TrimPrefix(textOf(t, label, false), "x") + rapid.SampledFrom([]string{"y", "é", "?"}).Draw(t, label)
	return norm.NFC.String(strings.Join(strings.Fields(text), " "))
}

func contentOf(t *rapid.T) answers.Content {
	c := answers.Content{
		Question: lineOf(t, "question"),
		Answer:   strings.TrimPrefix(textOf(t, "answer", true), rapid.SampledFrom([]string{"", "x"}).Draw(t, "head")) + ".",
		Course:   rapid.SampledFrom([]string{"", "licence", "=cours"}).Draw(t, "course"),
		Language: rapid.SampledFrom([]string{"", "fr", "no"}).Draw(t, "language"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "wordings") {
		c.Wordings = append(c.Wordings, lineOf(t, "wording"))
	}
	for range rapid.IntRange(0, 3).Draw(t, "sources") {
		c.Sources = append(c.Sources, answers.Source{Text: lineOf(t, "source")})
	}
	return c
}

type stores struct {
	*exchange.Exchange
	guild string
}

func newStores(db *database.DB) *stores {
	texts := corpus.NewStore(db, time.Now)
	return &stores{&exchange.Exchange{Texts: texts, Answers: answers.NewStore(db, texts, time.Now)}, guild}
}

func (s *stores) putText(t testing.TB, name, text string) corpus.Document {
	t.Helper()
	d, err := corpus.Read(corpus.File{Name: name, Data: []byte(text)})
	check(t, err)
	_, err = s.Texts.Put(t.Context(), guild, []corpus.Draft{d}, false)
	check(t, err)
	document, err := s.Texts.DocumentNamed(t.Context(), corpus.Everything(guild), name)
	check(t, err)
	return document
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// all is everything that a moderator sees in a guild, in one text.
func (s *stores) all(t testing.TB, guild string) string {
	t.Helper()
	list, err := s.Answers.List(t.Context(), corpus.Everything(guild), true)
	check(t, err)
	groups, err := s.Answers.Glossary(t.Context(), corpus.Everything(guild))
	check(t, err)
	data, err := json.MarshalIndent([]any{list, groups}, "", " ")
	check(t, err)
	return string(data)
}

func (s *stores) revision(t testing.TB) int64 {
	t.Helper()
	head, err := s.Answers.Head(t.Context(), s.guild)
	check(t, err)
	return head.Revision
}

// unchanged exports all in a format, imports that, and fails if this changes anything.
func (s *stores) unchanged(t testing.TB, fail func(string, ...any), f exchange.Format) {
	t.Helper()
	before, revision := s.all(t, s.guild), s.revision(t)
	entries, err := s.ExportAnswers(t.Context(), s.guild)
	check(t, err)
	var file bytes.Buffer
	check(t, exchange.WriteAnswers(&file, f, entries))
	read, notice, err := exchange.ReadAnswers(file.Bytes(), f)
	if err != nil || notice != "" {
		fail("ReadAnswers of an exported file in %s: %v, %s\n%s", f, err, notice, file.String())
	}
	steps, err := s.ImportAnswers(t.Context(), s.guild, read, exchange.Options{Author: "ben"})
	if err != nil {
		fail("ImportAnswers in %s: %v\n%s", f, err, file.String())
	}
	for _, step := range steps {
		if step.Action != "unchanged" {
			fail("%s: %s\n%s", f, step, file.String())
		}
	}
	groups, err := s.ExportGroups(t.Context(), s.guild)
	check(t, err)
	file.Reset()
	check(t, exchange.WriteGroups(&file, f, groups))
	readGroups, _, err := exchange.ReadGroups(file.Bytes(), f)
	if err == nil {
		_, err = s.ImportGroups(t.Context(), s.guild, readGroups, exchange.Options{Author: "ben"})
	}
	if err != nil {
		fail("ImportGroups in %s: %v\n%s", f, err, file.String())
	}
	if after := s.all(t, s.guild); after != before || s.revision(t) != revision {
		fail("%s changed\n%s\nto\n%s", f, before, after)
	}
}

// TestNothingChanges: to import what was exported changes nothing, in any format, however
// strange the texts are.
func TestNothingChanges(t *testing.T) {
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	check(t, err)
	defer db.Close()
	s, n := newStores(db), 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		s.guild = fmt.Sprint("guild", n)
		for range rapid.IntRange(1, 3).Draw(r, "answers") {
			if _, err := s.Answers.Add(t.Context(), s.guild, "ana", contentOf(r)); err != nil {
				r.Skip(err)
			}
		}
		for range rapid.IntRange(0, 2).Draw(r, "groups") {
			s.Answers.AddGroup(t.Context(), s.guild, "ana", []string{lineOf(r, "term"), lineOf(r, "term"), lineOf(r, "term")}) // or is refused
		}
		s.unchanged(t, r.Fatalf, rapid.SampledFrom(formats).Draw(r, "format"))
	})
}

// TestQuotesStay: quotes come back as they were, also where their document changed or is
// gone, has a strange name, or holds the words twice.
func TestQuotesStay(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := newStores(db)
		text := "Le soviet siège. Il vote. Le soviet siège. Il part."
		a := s.putText(t, "a.txt", text)
		b := s.putText(t, `"b": c.txt`, text)
		first, second := strings.Index(text, "Le soviet"), strings.LastIndex(text, "Le soviet")
		quote := func(d corpus.Document, at int) answers.Source {
			return answers.Source{Reference: corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: []corpus.Range{{Start: at, End: at + len("Le soviet siège.")}}}}
		}
		_, err := s.Answers.Add(t.Context(), guild, "ana", answers.Content{
			Question: "Où ?", Answer: "Là.",
			Sources: []answers.Source{quote(a, second), {Text: "> cours"}, quote(b, second), quote(b, first), {Text: `\ seul`}},
		})
		check(t, err)
		s.putText(t, "a.txt", "Un tout autre texte.")
		check(t, s.Texts.Remove(t.Context(), guild, b.ID))
		for _, f := range formats {
			s.unchanged(t, t.Fatalf, f)
		}
	})
}

// TestSpreadsheets: what spreadsheets make of a table is read.
func TestSpreadsheets(t *testing.T) {
	const rows = "Question¦wordings¦answer¦¦sources\r\n\"Où siège-t-il ?\"¦\"lieu du siège\nson siège\"¦\"Un \"\"palais\"\", à l’est; bien.\"¦¦cours\r\n\r\n¦¦¦¦\r\nQuand ?¦¦'=1917¦¦\r\n"
	with := func(separator string) string { return strings.ReplaceAll(rows, "¦", separator) }
	table := with(",")
	encode := func(text []byte, err error) string {
		check(t, err)
		return string(text)
	}
	tests := []struct{ name, file, notice string }{
		{"commas", table, ""},
		{"line ends of Unix", strings.ReplaceAll(table, "\r\n", "\n"), ""},
		{"a byte-order mark", "\uFEFF" + table, ""},
		{"line ends of old Excel for Mac", strings.ReplaceAll(table, "\r\n", "\r"), ""},
		{"French names of columns", strings.NewReplacer("Question,wordings,answer", "Question,Formulations,Réponse", "sources", "Sources").Replace(table), ""},
		{"Spanish names of columns", strings.NewReplacer("Question,wordings,answer", "PREGUNTA,variantes,respuesta", "sources", "Fuentes").Replace(table), ""},
		{"semicolons", with(";"), ""},
		{"tabs", with("\t"), ""},
		{"Excel says what separates", "sep=;\r\n" + with(";"), ""},
		{"UTF-16 with tabs", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(with("\t")))), ""},
		{"Windows-1252", encode(charmap.Windows1252.NewEncoder().Bytes([]byte(with(";")))), "Windows-1252"},
	}
	for _, test := range tests {
		read, notice, err := exchange.ReadAnswers([]byte(test.file), exchange.CSV)
		if err != nil || len(read) != 2 {
			t.Errorf("%s: %d answers, %v, want 2\n%s", test.name, len(read), err, test.file)
			continue
		}
		got := fmt.Sprint(*read[0].Question, "|", strings.Join(*read[0].Wordings, "/"), "|", *read[0].Answer, "|", *read[0].Sources, "|", *read[1].Answer, read[0].Course == nil)
		want := `Où siège-t-il ?|lieu du siège/son siège|Un "palais", à l’est; bien.|[cours]|=1917true`
		if got != want || test.notice == "" && notice != "" || !strings.Contains(notice, test.notice) {
			t.Errorf("%s: %s, notice %q, want %s", test.name, got, notice, want)
		}
	}
}

// TestRows: rows are counted as a spreadsheet shows them.
func TestRows(t *testing.T) {
	for _, head := range []string{"", "sep=,\n"} {
		read, _, err := exchange.ReadAnswers([]byte(head+"question,answer\nOù ?,\"deux\nlignes\"\n\n\nQuand ?,hier\n"), exchange.CSV)
		want := []string{"row 2", "row 5"}
		if head != "" {
			want = []string{"row 3", "row 6"}
		}
		if err != nil || len(read) != 2 || read[0].Row != want[0] || read[1].Row != want[1] {
			t.Errorf("after %q: %+v, %v, want %v", head, read, err, want)
		}
	}
}

// TestProblems: what is wrong is said with its place and a remedy, all of it at once.
func TestProblems(t *testing.T) {
	tests := []struct {
		format exchange.Format
		file   string
		want   []string
	}{
		{exchange.CSV, "question,awnser\nOù ?,Là.\n", []string{"row 1, column awnser: there is no such column: there are id"}},
		{exchange.CSV, "question,question,answer\na,b,c\n", []string{"row 1, column question: two columns"}},
		{exchange.CSV, "question,pregunta,answer\na,b,c\n", []string{"row 1, column question: two columns"}},
		{exchange.CSV, "a,b\nc,d\n", []string{"row 1: it names none of the columns"}},
		{exchange.CSV, "question,answer\nOù ?,Là.\nQui ?,\"Elle\n", []string{"line 3: a quotation mark stands alone"}},
		{exchange.CSV, "question,answer\nOù ?,Là, là.\n", []string{"row 2: the cell 3 (\" là.\") stands below no name"}},
		{exchange.CSV, "revision,question,answer,sources\nx,Où ?,Là.,> a.md\n", []string{"row 2, column revision: \"x\" is no number", "row 2, column sources: \"> a.md\": after >"}},
		{exchange.CSV, "question,answer\n,Là.\nQui ?,\n\nOù ?,Là.\n", []string{"row 2, column question: the question is empty", "row 3, column answer: the answer is empty"}},
		{exchange.CSV, "id,question,answer\nabc,Où ?,Là.\n", []string{"row 2, column id: no curated answer has the ID \"abc\": leave it empty"}},
		{exchange.CSV, "question,answer\nOù ?,Là.\nOù  ?,Ici.\n", []string{"row 3: it is about the same answer as row 2"}},
		{exchange.CSV, "question,answer,sources\nOù ?,Là.,> a.md: Un texte\n", []string{"row 2, column sources: \"a.md\": no such document: verbatim corpus list"}},
		{exchange.CSV, "question,answer\nOù ?,\x81\xe9\n", []string{"neither UTF-8 nor Windows-1252: save it as CSV UTF-8"}},
		{exchange.CSV, "question,answer\nOù ?,a\x00b\n", []string{"zero bytes"}},
		{exchange.YAML, "- question: Où ?\n  answer: L\xe0.\n", []string{"line 2 is not UTF-8"}},
		{exchange.YAML, "- question: Où ?\n  awnser: Là.\n- answer: [a, b]\n  question: Qui ?\n", []string{"entry 1 (line 1), field awnser: there is no such field", "entry 2 (line 3), field answer: it is a list"}},
		{exchange.YAML, "question: Où ? : là\n", []string{"can't be read as YAML"}},
		{exchange.YAML, "- a\n", []string{"entry 1 (line 1): it has no fields"}},
		{exchange.YAML, "- question: Où ?\n  answer: Là.\n  sources: [{document: a, text: b}]\n", []string{"field sources: item 1: it has both a text and a document"}},
		{exchange.YAML, "- question: &a [b]\n  answer: *a\n  wordings: {a: b}\n", []string{"field wordings: it is neither a text nor a list", "field question: it is a list", "field answer: it is a list"}},
		{exchange.JSON, "[{\"question\": \"Où ?\",\n \"answer\": }]", []string{"line 2 can't be read as JSON"}},
		{exchange.JSON, "[{\"question\": \"Où ?\", \"answer\": \"Là.\", \"answer\": \"Ici.\"}]", []string{"field answer: it stands there twice"}},
		{exchange.CSV, "question,answer\n,Là.\n,Ici.\n", []string{"row 2, column question: the question is empty", "row 3, column question: the question is empty"}},
		{exchange.YAML, "- question: Où ?\n  answer: Là.\n  wordings: &a [" + strings.Repeat("b,", 101) + "]\n- question: Qui ?\n  answer: Elle.\n  wordings: *a\n",
			[]string{"entry 1 (line 1), field wordings: 101 items, and there can be 100", "entry 2 (line 4), field wordings: 101 items"}},
		{exchange.JSON, "[{\"question\": \"Où ?\"},\n", []string{"line 1 can't be read as JSON: it ends in the middle: see that every bracket and brace is closed"}},
		{exchange.JSON, strings.Repeat("[", 100), []string{"can't be read as JSON"}},
	}
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	check(t, err)
	defer db.Close()
	s := newStores(db)
	for _, test := range tests {
		entries, _, err := exchange.ReadAnswers([]byte(test.file), test.format)
		if err == nil {
			_, err = s.ImportAnswers(t.Context(), guild, entries, exchange.Options{})
		}
		problems, ok := errors.AsType[exchange.Problems](err)
		if !ok || len(problems) != len(test.want) {
			t.Errorf("%q: %v, want %d problems", test.file, err, len(test.want))
			continue
		}
		for i, p := range problems {
			if !strings.Contains(p.String(), test.want[i]) {
				t.Errorf("%q: %s, want %s", test.file, p, test.want[i])
			}
		}
	}
	if got := s.revision(t); got != 0 {
		t.Errorf("imports that failed led to revision %d", got)
	}
}

// TestImport: entries are added, edited by their ID or question, and left alone; a dry run
// says the same and changes nothing; a stale file changes nothing either.
func TestImport(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := newStores(db)
		one, err := s.Answers.Add(t.Context(), guild, "ana", answers.Content{Question: "Un ?", Answer: "1", Wordings: []string{"premier"}, Course: "licence"})
		check(t, err)
		_, err = s.Answers.Add(t.Context(), guild, "ana", answers.Content{Question: "Deux ?", Answer: "2"})
		check(t, err)
		file := "id,revision,question,answer,wordings\n" + one.ID + ",1,Un seul ?,1,\n,,Deux ?,deux,second\n,,Trois ?,3,\n"
		run := func(dry bool, file string) (string, error) {
			entries, _, err := exchange.ReadAnswers([]byte(file), exchange.CSV)
			check(t, err)
			steps, err := s.ImportAnswers(t.Context(), guild, entries, exchange.Options{Author: "ben", Dry: dry})
			var lines []string
			for _, step := range steps {
				lines = append(lines, step.String())
			}
			return strings.Join(lines, "\n"), err
		}
		want := "row 2: edited Un seul ? (question, wordings)\nrow 3: edited Deux ? (wordings, answer)\nrow 4: added Trois ?"
		before, revision := s.all(t, guild), s.revision(t)
		if got, err := run(true, file); err != nil || got != want {
			t.Errorf("a dry run says %q, %v, want %q", got, err, want)
		}
		if s.all(t, guild) != before || s.revision(t) != revision {
			t.Error("a dry run changed something")
		}
		if got, err := run(false, file); err != nil || got != want {
			t.Errorf("the import says %q, %v, want %q", got, err, want)
		}
		if s.revision(t) != revision+1 {
			t.Errorf("the import is %d changes, want 1", s.revision(t)-revision)
		}
		now, err := s.Answers.Curated(t.Context(), corpus.Everything(guild), one.ID)
		if err != nil || now.Question != "Un seul ?" || now.Wordings != nil || now.Course != "licence" || now.Editor != "ben" {
			t.Errorf("the answer is now %+v, %v", now, err)
		}
		before = s.all(t, guild)
		_, err = run(false, file+",,Quatre ?,4,\n")
		if problems, ok := errors.AsType[exchange.Problems](err); !ok || len(problems) != 1 || problems[0].Column != "revision" || problems[0].Row != "row 2" {
			t.Errorf("the import of a stale file = %v", err)
		}
		if s.all(t, guild) != before {
			t.Error("an import that failed changed something")
		}
	})
}

// TestImportElsewhere: IDs of another guild are not known, and without them everything is
// added there.
func TestImportElsewhere(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := newStores(db)
		_, err := s.Answers.Add(t.Context(), guild, "ana", answers.Content{Question: "Un ?", Answer: "1"})
		check(t, err)
		_, err = s.Answers.AddGroup(t.Context(), guild, "ana", []string{"IC", "Komintern"})
		check(t, err)
		entries, err := s.ExportAnswers(t.Context(), guild)
		check(t, err)
		groups, err := s.ExportGroups(t.Context(), guild)
		check(t, err)
		_, err1 := s.ImportAnswers(t.Context(), "g2", entries, exchange.Options{})
		_, err2 := s.ImportGroups(t.Context(), "g2", groups, exchange.Options{})
		for _, err := range []error{err1, err2} {
			if problems, ok := errors.AsType[exchange.Problems](err); !ok || problems[0].Column != "id" {
				t.Errorf("imported with the IDs of another guild: %v", err)
			}
		}
		for range 2 { // the second time nothing is new
			_, err = s.ImportAnswers(t.Context(), "g2", entries, exchange.Options{IgnoreIDs: true})
			check(t, err)
			_, err = s.ImportGroups(t.Context(), "g2", groups, exchange.Options{IgnoreIDs: true})
			check(t, err)
		}
		if got := s.all(t, "g2"); strings.Count(got, `"Question"`) != 1 || strings.Count(got, `"Terms"`) != 1 {
			t.Errorf("the other guild has %s", got)
		}
	})
}

func TestImportGroups(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := newStores(db)
		_, err := s.Answers.AddGroup(t.Context(), guild, "ana", []string{"IC", "Komintern"})
		check(t, err)
		g, err := s.Answers.AddGroup(t.Context(), guild, "ana", []string{"clergé", "clero"})
		check(t, err)
		id := g.ID
		run := func(file string) string {
			groups, _, err := exchange.ReadGroups([]byte(file), exchange.CSV)
			var steps []exchange.Step
			if err == nil {
				steps, err = s.ImportGroups(t.Context(), guild, groups, exchange.Options{Author: "ben"})
			}
			if err != nil {
				return err.Error()
			}
			return fmt.Sprint(steps)
		}
		tests := []struct{ file, want string }{
			{"term;term;term\nkomintern;IC;\n", "[row 2: unchanged IC, Komintern]"},
			{"Term,term\nclergé,clero,clergy\nsoviet,\"conseil\nRat\"\n", "[row 2: edited clergé, clero, clergy (+clergy) row 3: added soviet, conseil, Rat]"},
			{"término,término\nclero,Klerus\n", "[row 2: edited clergé, clero, clergy, Klerus (+Klerus)]"},
			{"id,term,term,term\n" + id + ",clergé,clero,clergy\n", "[row 2: edited clergé, clero, clergy (-Klerus)]"},
			{"term,term\nclergé,clero,clergy\n", "[row 2: unchanged clergé, clero, clergy]"},
			{"term,term\nclergé,IC\n", "row 2, column id: its terms stand in several groups"},
			{"term\nseul\n", "row 2, column term: a group has at least two terms"},
			{"term,term\na,b\nb,c\n", "row 2, column term: \"b\" stands in the new group (b, c)"},
			{"mot\na\n", "row 1: it names none of the columns id, revision, term"},
		}
		for _, test := range tests {
			if got := run(test.file); !strings.HasPrefix(got, test.want) {
				t.Errorf("%q: %s, want %s", test.file, got, test.want)
			}
		}
	})
}

// FuzzAnyFile: any bytes are read or refused with a Problem.
func FuzzAnyFile(f *testing.F) {
	f.Add([]byte("question,answer\nOù ?,Là.\n"), 2)
	f.Add([]byte("- question: Où ?\n  sources: [{document: a, quote: b}]\n"), 0)
	f.Add([]byte(`[{"question": "Où ?", "sources": [{"text": "a"}]}]`), 1)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		format := formats[(n%3+3)%3]
		_, _, err := exchange.ReadAnswers(data, format)
		if _, ok := errors.AsType[exchange.Problems](err); err != nil && !ok {
			t.Errorf("ReadAnswers: %T %v", err, err)
		}
		_, _, err = exchange.ReadGroups(data, format)
		if _, ok := errors.AsType[exchange.Problems](err); err != nil && !ok {
			t.Errorf("ReadGroups: %T %v", err, err)
		}
	})
}
