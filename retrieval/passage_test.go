package retrieval_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"testing"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestPassagesAreAsStored: what is quoted of a passage that was quoted before is what the
// store holds now, for who may see it now.
func TestPassagesAreAsStored(t *testing.T) {
	l := open(t)
	everything := corpus.Everything(guild)
	put := func(name, text string) {
		l.put(t, guild, map[string]string{name: "---\nlanguage: fr\ncourse: A\ntitle: Notes\n---\n" + text})
	}
	put("a.txt", "Le général Kornilov marche sur Petrograd.")
	d, err := l.DocumentNamed(t.Context(), everything, "a.txt")
	check(t, err)
	retitle := func() {
		_, err := l.Retitle(t.Context(), guild, d.ID, corpus.Cited{Title: "Cours"})
		check(t, err)
	}
	const first, second = "Le général Kornilov marche sur Petrograd.", "Le général Kornilov recule."
	for _, step := range []struct {
		name          string
		change        func()
		access        corpus.Access
		quoted, title string
	}{
		{"as it is", func() {}, everything, first, "Notes"},
		{"again", func() {}, everything, first, "Notes"},
		{"in no course of the asker", func() {}, corpus.Only(guild, "B"), "", ""},
		{"in another guild", func() {}, corpus.Everything("g2"), "", ""},
		{"in a course of the asker", func() {}, corpus.Only(guild, "A"), first, "Notes"},
		{"under another title", retitle, everything, first, "Cours"},
		{"in another course", func() { check(t, l.SetCourse(t.Context(), guild, d.ID, "B")) }, corpus.Only(guild, "A"), "", ""},
		{"for who sees that", func() {}, corpus.Only(guild, "B"), first, "Cours"},
		{"with another text", func() { put("a.txt", second) }, everything, second, "Cours"},
		{"removed", func() { check(t, l.Remove(t.Context(), guild, d.ID)) }, everything, "", ""},
		{"restored", func() { check(t, l.Restore(t.Context(), guild, d.ID)) }, everything, second, "Cours"},
	} {
		step.change()
		r, err := l.Search(t.Context(), retrieval.Query{Text: "Kornilov", Access: step.access}, l.Store)
		check(t, err)
		quoted, title := "", ""
		for _, e := range r.Excerpts {
			quoted, title = quoted+e.Text, title+e.Document.Title
		}
		if quoted != step.quoted || title != step.title {
			t.Errorf("%s: %q of %q is quoted, want %q of %q", step.name, quoted, title, step.quoted, step.title)
		}
	}
}

// A headed source is ahead of its store, as a database is ahead of a copy of it.
type headed struct {
	*corpus.Store
	head *database.Head
}

func (h headed) Head(context.Context, string) (database.Head, error) { return *h.head, nil }

// TestPassageOfACopy: a passage that was read from what is behind the guild's head is read again
// once what it is read from stands there.
func TestPassageOfACopy(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "---\nlanguage: fr\ntitle: Notes\n---\nLe général Kornilov recule."})
	head, err := l.Head(t.Context(), guild)
	check(t, err)
	head.Revision, head.Stamp = head.Revision+1, "later"
	check(t, l.Indexes.Close())
	l.Indexes, err = retrieval.OpenIndexes(l.dir, headed{l.Store, &head}, slog.New(slog.DiscardHandler))
	check(t, err)
	quoted := func(want string) {
		t.Helper()
		r, err := l.Search(t.Context(), retrieval.Query{Text: "Kornilov", Access: corpus.Everything(guild)}, l.Store)
		if check(t, err); len(r.Excerpts) != 1 || r.Excerpts[0].Document.Title != want {
			t.Errorf("quoted is %+v, want one of %q", r.Excerpts, want)
		}
	}
	quoted("Notes")
	d, err := l.DocumentNamed(t.Context(), corpus.Everything(guild), "a.txt")
	check(t, err)
	_, err = l.Retitle(t.Context(), guild, d.ID, corpus.Cited{Title: "Cours"})
	check(t, err)
	_, err = l.sql.Exec(`UPDATE guild_change SET stamp = 'later' WHERE guild = ? AND revision = ?`, guild, head.Revision)
	check(t, err)
	quoted("Cours")
}

// An interrupted source does something else after it was asked for the guild's head once.
type interrupted struct {
	*corpus.Store
	then func()
}

func (s *interrupted) Head(ctx context.Context, guild string) (database.Head, error) {
	head, err := s.Store.Head(ctx, guild)
	if then := s.then; then != nil {
		s.then = nil
		then()
	}
	return head, err
}

// TestPassageOfALostFuture: a document changes just before its passage is read, and then the
// guild's data become again what they were before that. What is quoted is what the store holds.
func TestPassageOfALostFuture(t *testing.T) {
	l := open(t)
	source := &interrupted{Store: l.Store}
	check(t, l.Indexes.Close())
	var err error
	l.Indexes, err = retrieval.OpenIndexes(l.dir, source, slog.New(slog.DiscardHandler))
	check(t, err)
	put := func(name, text string) {
		l.put(t, guild, map[string]string{name: "---\nlanguage: fr\ntitle: Notes\n---\n" + text})
	}
	quoted := func(want string) {
		t.Helper()
		r, err := l.Search(t.Context(), retrieval.Query{Text: "Kornilov", Access: corpus.Everything(guild)}, l.Store)
		if check(t, err); len(r.Excerpts) != 1 || r.Excerpts[0].Text != want {
			t.Errorf("quoted is %+v, want %q", r.Excerpts, want)
		}
	}
	const before, future = "Le général Kornilov recule.", "Le général Kornilov avance."
	put("a.txt", before)
	_, err = l.Rank(t.Context(), retrieval.Query{Text: "Kornilov", Access: corpus.Everything(guild)}, 1, nil)
	check(t, err)
	restore := l.backup(t)
	source.then = func() { put("a.txt", future) }
	quoted(future)
	restore()
	put("b.txt", "Le soviet siège.")
	put("c.txt", "La Douma siège.")
	quoted(before)
}

// backup returns what makes the data again what they are now, as another process does that
// restores a backup.
func (l *library) backup(t *testing.T) (restore func()) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.db")
	_, err := l.sql.Exec(`VACUUM INTO ?`, path)
	check(t, err)
	return func() {
		t.Helper()
		conn, err := l.sql.Conn(t.Context()) // backups are attached to a connection
		check(t, err)
		defer conn.Close()
		var statements string
		check(t, conn.QueryRowContext(t.Context(), `SELECT group_concat('DELETE FROM ' || name || '; INSERT INTO ' || name || ' SELECT * FROM backup.' || name, '; ')
			FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'`).Scan(&statements))
		_, err = conn.ExecContext(t.Context(), `ATTACH ? AS backup`, path)
		check(t, err)
		_, err = conn.ExecContext(t.Context(), `BEGIN; `+statements+`; COMMIT`)
		check(t, err)
	}
}

// TestPassagesAreKept: a passage stays in memory while other documents change. That is seen by
// what the store says of it now, where nobody was told.
func TestPassagesAreKept(t *testing.T) {
	l := open(t)
	put := func(name, text string) {
		l.put(t, guild, map[string]string{name: "---\nlanguage: fr\ntitle: Notes\n---\n" + text})
	}
	quoted := func() string {
		r, err := l.Search(t.Context(), retrieval.Query{Text: "Kornilov", Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		text := ""
		for _, e := range r.Excerpts {
			text += e.Text
		}
		return text
	}
	put("a.txt", "Le général Kornilov recule.")
	put("b.txt", "Le soviet siège.")
	quoted()
	_, err := l.sql.Exec(`UPDATE document_text SET body = 'Le général Kornilov avance.' WHERE body LIKE '%Kornilov%'`)
	check(t, err)
	for _, step := range []struct {
		name   string
		change func()
		want   string
	}{
		{"another document is changed", func() { put("b.txt", "Le soviet vote.") }, "Le général Kornilov recule."},
		{"another document is added", func() { put("c.txt", "La Douma siège.") }, "Le général Kornilov recule."},
		{"the document is changed", func() { put("a.txt", "Le général Kornilov capitule.") }, "Le général Kornilov capitule."},
		{"the data begin anew", func() { l.forget(t); put("a.txt", "Le général Kornilov revient.") }, "Le général Kornilov revient."},
		{"the index is made anew", func() { check(t, l.Erase(guild)) }, "Le général Kornilov revient."},
	} {
		step.change()
		if got := quoted(); got != step.want {
			t.Errorf("%s: quoted is %q, want %q", step.name, got, step.want)
		}
	}
}
