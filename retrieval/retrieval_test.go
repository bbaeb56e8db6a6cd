package retrieval_test

import (
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

const guild = "g1"

// A library is a store and the indexes that follow it.
type library struct {
	*corpus.Store
	*retrieval.Indexes
	dir string  // of the indexes
	sql *sql.DB // another connection to the store's database
}

func open(t testing.TB) *library {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "test.db"), t.TempDir())
}

// openAt opens a database, and the indexes in dir that follow it.
func openAt(t testing.TB, path, dir string) *library {
	t.Helper()
	db, err := database.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	direct, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { direct.Close() })
	l := &library{Store: corpus.NewStore(db, time.Now), dir: dir, sql: direct}
	l.openIndexes(t)
	t.Cleanup(func() { l.Indexes.Close() })
	return l
}

func (l *library) openIndexes(t testing.TB) {
	t.Helper()
	var err error
	if l.Indexes, err = retrieval.OpenIndexes(l.dir, l.Store, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
}

// reopen closes the indexes, calls between, and opens them again.
func (l *library) reopen(t *testing.T, between func()) {
	t.Helper()
	if err := l.Indexes.Close(); err != nil {
		t.Fatal(err)
	}
	between()
	l.openIndexes(t)
}

// put stores texts, by their names.
func (l *library) put(t testing.TB, guild string, texts map[string]string) {
	t.Helper()
	var drafts []corpus.Draft
	for name, text := range texts {
		d, err := corpus.Read(corpus.File{Name: name, Origin: "/course", Data: []byte(text)})
		if err != nil {
			t.Fatal(err)
		}
		drafts = append(drafts, d)
	}
	if _, err := l.Put(t.Context(), guild, drafts, false); err != nil {
		t.Fatal(err)
	}
}

// forget erases the data of all guilds from the store.
func (l *library) forget(t *testing.T) {
	t.Helper()
	for _, table := range []string{"document_text", "passage", "document_sketch", "document", "guild_change", "guild"} {
		_, err := l.sql.Exec(`DELETE FROM ` + table)
		check(t, err)
	}
}

// ranking returns the ranked passages as "name/ordinal score".
func (l *library) ranking(t *testing.T, access corpus.Access, text string) []string {
	t.Helper()
	hits, err := l.Rank(t.Context(), retrieval.Query{Text: text, Access: access}, 20, nil)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, h := range hits {
		found = append(found, fmt.Sprintf("%s/%d %.9f", l.name(t, access, h.Document), h.Ordinal, h.Score))
	}
	return found
}

// name returns the name of a document.
func (l *library) name(t *testing.T, access corpus.Access, id string) string {
	t.Helper()
	d, err := l.Document(t.Context(), access, id)
	if err != nil {
		t.Fatal(err)
	}
	return d.Name
}

func (l *library) first(t *testing.T, text string) string {
	t.Helper()
	found := l.ranking(t, corpus.Everything(guild), text)
	if len(found) == 0 {
		return ""
	}
	name, _, _ := strings.Cut(found[0], "/")
	return name
}

func TestRankFindsInThreeLanguages(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"fr.txt": "---\nlanguage: fr\n---\nMariátegui fonde la revue Amauta à Lima.",
		"es.txt": "---\nlanguage: es\n---\nLas tesis fueron discutidas en la conferencia de Buenos Aires.",
		"en.txt": "---\nlanguage: en\n---\nThe theses were published by the newspaper.",
		"xx.txt": "---\nlanguage: sv\n---\nRevolutionen började i Petrograd.",
	})
	tests := []struct{ question, want string }{
		{"qui a fonde AMAUTA ?", "fr.txt"},
		{"¿qué tesis se discutieron en la conferencia?", "es.txt"},
		{"who published these theses", "en.txt"},
		{"började Petrograd", "xx.txt"},
		{"photosynthèse", ""},
		{"???", ""},
	}
	for _, test := range tests {
		if got := l.first(t, test.question); got != test.want {
			t.Errorf("first for %q is %q, want %q", test.question, got, test.want)
		}
	}
}

func TestRankUsesTitlesAndHeadings(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.md": "# Le congrès de Tours\n\n## Les votes\n\nIls ont lieu le soir.",
		"b.md": "# Le congrès de Reims\n\n## Les votes\n\nIls ont lieu le soir.",
	})
	if got := l.first(t, "votes au congrès de Reims"); got != "b.md" {
		t.Errorf("first is %q, want b.md", got)
	}
}

func TestRankObeysAccess(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "---\ncourse: A\n---\nLe soviet de Petrograd.",
		"b.txt": "---\ncourse: B\n---\nLe soviet de Moscou.",
		"c.txt": "Le soviet de Kiev.",
	})
	l.put(t, "g2", map[string]string{"d.txt": "Le soviet de Perm."})
	tests := []struct {
		access corpus.Access
		want   string
	}{
		{corpus.Everything(guild), "a.txt b.txt c.txt"},
		{corpus.Only(guild, "A"), "a.txt"},
		{corpus.Only(guild, "", "B"), "b.txt c.txt"},
		{corpus.Only(guild), ""},
		{corpus.Only(guild, "C"), ""},
		{corpus.Everything("g2"), "d.txt"},
		{corpus.Everything("g3"), ""},
		{corpus.Access{}, ""},
	}
	for _, test := range tests {
		names := map[string]bool{}
		for _, hit := range l.ranking(t, test.access, "soviet") {
			name, _, _ := strings.Cut(hit, "/")
			names[name] = true
		}
		for _, name := range strings.Fields(test.want) {
			if !names[name] {
				t.Errorf("%+v does not find %s", test.access, name)
			}
			delete(names, name)
		}
		if len(names) > 0 {
			t.Errorf("%+v finds %v too", test.access, names)
		}
	}
}
