package corpus_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// eachStore runs a test on a store on each engine.
func eachStore(t *testing.T, test func(t *testing.T, s *corpus.Store)) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) { test(t, openStore(t, db)) })
}

const guild = "g1"

func only(t *testing.T, s *corpus.Store) corpus.Document {
	t.Helper()
	documents, err := s.Documents(t.Context(), corpus.Everything(guild), true)
	if err != nil || len(documents) != 1 {
		t.Fatalf("Documents = %d, %v, want 1", len(documents), err)
	}
	return documents[0]
}

// passage returns the first passage of a document.
func passage(t *testing.T, s *corpus.Store, access corpus.Access, id string) (corpus.Found, error) {
	t.Helper()
	found, err := s.Passages(t.Context(), access, []corpus.PassageID{{Document: id, Ordinal: 0}})
	if err == nil && len(found) == 0 {
		return corpus.Found{}, corpus.ErrNotFound
	}
	if err != nil {
		return corpus.Found{}, err
	}
	return found[0], nil
}

func revision(t *testing.T, s *corpus.Store) int64 {
	t.Helper()
	head, err := s.Head(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	return head.Revision
}

func TestPutReplaceKeepsIdentity(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		if got := put(t, s, guild, draft(t, "a.txt", "Un texte.")); got[0] != corpus.Added {
			t.Errorf("first Put = %v, want Added", got)
		}
		first := only(t, s)
		if got := put(t, s, guild, draft(t, "a.txt", "Un texte.")); got[0] != corpus.Unchanged || revision(t, s) != 1 {
			t.Errorf("second Put = %v at revision %d, want Unchanged at 1", got, revision(t, s))
		}
		if got := put(t, s, guild, draft(t, "a.txt", "Un autre texte.")); got[0] != corpus.Replaced {
			t.Errorf("third Put = %v, want Replaced", got)
		}
		second := only(t, s)
		if second.ID != first.ID || second.Revision == first.Revision {
			t.Errorf("replaced %+v by %+v, want the same ID and another revision", first, second)
		}
		text, err := s.Text(t.Context(), corpus.Everything(guild), second.ID, corpus.Range{Start: 0, End: second.Bytes})
		if err != nil || text != "Un autre texte." {
			t.Errorf("Text = %q, %v", text, err)
		}
	})
}

func TestRemoveAndRestore(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "Un texte."))
		d := only(t, s)
		for range 2 {
			if err := s.Remove(t.Context(), guild, d.ID); err != nil {
				t.Fatal(err)
			}
		}
		if got := revision(t, s); got != 2 {
			t.Errorf("revision %d after removing twice, want 2", got)
		}
		if got := put(t, s, guild, draft(t, "a.txt", "Un autre texte.")); got[0] != corpus.LeftOut {
			t.Errorf("Put of a removed document = %v, want LeftOut", got)
		}
		if _, err := passage(t, s, corpus.Everything(guild), d.ID); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Passage of a removed document: %v, want ErrNotFound", err)
		}
		if err := s.Restore(t.Context(), guild, d.ID); err != nil {
			t.Fatal(err)
		}
		if found, err := passage(t, s, corpus.Everything(guild), d.ID); err != nil || found.Texts[0] != "Un texte." {
			t.Errorf("Passage after Restore = %+v, %v", found, err)
		}
		if err := s.Remove(t.Context(), guild, "nothing"); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Remove(nothing) = %v, want ErrNotFound", err)
		}
	})
}

// TestAccess: every function that reads shows nothing to an access that may see
// nothing, to one of another guild, and to one of another course.
func TestAccess(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "---\ncourse: tuteurs\n---\nUn texte."))
		d := only(t, s)
		ref := corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: []corpus.Range{{Start: d.Bytes - 9, End: d.Bytes}}}
		reads := map[string]func(a corpus.Access) error{
			"Documents": func(a corpus.Access) error {
				documents, err := s.Documents(t.Context(), a, true)
				if err == nil && len(documents) == 0 {
					return corpus.ErrNotFound
				}
				return err
			},
			"Document": func(a corpus.Access) error { _, err := s.Document(t.Context(), a, d.ID); return err },
			"by name":  func(a corpus.Access) error { _, err := s.DocumentNamed(t.Context(), a, "a.txt"); return err },
			"Passages": func(a corpus.Access) error { _, err := passage(t, s, a, d.ID); return err },
			"Text": func(a corpus.Access) error {
				_, err := s.Text(t.Context(), a, d.ID, corpus.Range{Start: 0, End: 5})
				return err
			},
			"Quote": func(a corpus.Access) error { _, err := s.Quote(t.Context(), a, ref); return err },
		}
		blind := []corpus.Access{{}, corpus.Everything("g2"), corpus.Only(guild), corpus.Only(guild, "", "autre"), corpus.Only("g2", "tuteurs")}
		for name, read := range reads {
			for _, access := range []corpus.Access{corpus.Everything(guild), corpus.Only(guild, "tuteurs")} {
				if err := read(access); err != nil {
					t.Errorf("%s(%+v): %v", name, access, err)
				}
			}
			for _, access := range blind {
				if err := read(access); !errors.Is(err, corpus.ErrNotFound) {
					t.Errorf("%s(%+v) = %v, want ErrNotFound", name, access, err)
				}
			}
		}
	})
}

func TestQuote(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		text := "Le  soviet\nsiège. Il vote.\u00A0Puis: il part. " + strings.Repeat("Encore une phrase. ", 5000) + "Fin."
		put(t, s, guild, draft(t, "a.txt", text))
		d := only(t, s)
		at := func(piece string) corpus.Range {
			i := strings.Index(text, piece)
			return corpus.Range{Start: i, End: i + len(piece)}
		}
		tests := []struct {
			ranges []corpus.Range
			want   string
			err    error
		}{
			{[]corpus.Range{at("Le  soviet\nsiège.")}, "Le soviet siège.", nil},
			{[]corpus.Range{at("siège."), at("Il vote.")}, "siège. Il vote.", nil},
			{[]corpus.Range{at("soviet"), at("il part.")}, "soviet […] il part.", nil},
			{[]corpus.Range{at("Il vote.\u00A0Puis")}, "Il vote.\u00A0Puis", nil},
			{[]corpus.Range{at("Puis"), at("Fin.")}, "Puis […] Fin.", nil},
			{[]corpus.Range{at("viet")}, "", corpus.ErrReference},
			{[]corpus.Range{at("sovi")}, "", corpus.ErrReference},
			{[]corpus.Range{{Start: at("è").Start + 1, End: at("siège.").End}}, "", corpus.ErrReference},
			{[]corpus.Range{at("Il vote."), at("siège.")}, "", corpus.ErrReference},
			{[]corpus.Range{{Start: 5, End: 5}}, "", corpus.ErrReference},
			{[]corpus.Range{{Start: 0, End: len(text) + 1}}, "", corpus.ErrReference},
			{nil, "", corpus.ErrReference},
		}
		for _, test := range tests {
			got, err := s.Quote(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: test.ranges})
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("Quote(%v) = %q, %v, want %q, %v", test.ranges, got, err, test.want, test.err)
			}
		}
		put(t, s, guild, draft(t, "a.txt", "Le soviet ne siège plus."))
		if _, err := s.Quote(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: []corpus.Range{{Start: 0, End: 2}}}); !errors.Is(err, corpus.ErrStale) {
			t.Errorf("Quote of the old revision: %v, want ErrStale", err)
		}
	})
}

// TestQuoteMarks: a mark belongs to the letter before it.
func TestQuoteMarks(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		text := "Un x\u0323y et un q\u0323 final."
		put(t, s, guild, draft(t, "a.txt", text))
		d := only(t, s)
		for piece, want := range map[string]error{"Un x": corpus.ErrReference, "y et": corpus.ErrReference, "q": corpus.ErrReference, "q\u0323": nil} {
			start := strings.Index(text, piece)
			ref := corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: []corpus.Range{{Start: start, End: start + len(piece)}}}
			if got, err := s.Quote(t.Context(), corpus.Everything(guild), ref); !errors.Is(err, want) {
				t.Errorf("Quote(%q) = %q, %v, want %v", piece, got, err, want)
			}
		}
	})
}

func TestTextRanges(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "Un texte."))
		d := only(t, s)
		for r, want := range map[corpus.Range]string{
			{Start: 3, End: 8}:   "texte",
			{Start: 5, End: 2}:   "",
			{Start: 3, End: 100}: "texte.",
			{Start: -5, End: 2}:  "Un",
			{Start: 50, End: 60}: "",
			{Start: 60, End: 50}: "",
		} {
			if got, err := s.Text(t.Context(), corpus.Everything(guild), d.ID, r); err != nil || got != want {
				t.Errorf("Text(%v) = %q, %v, want %q", r, got, err, want)
			}
		}
	})
}

// TestIncompleteText: where a part of the stored text is missing, all that reads it
// says so, and reading the file again repairs it.
func TestIncompleteText(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := openStore(t, db)
		long := draft(t, "a.txt", strings.Repeat("Encore une phrase. ", 5000)+"Fin.")
		put(t, s, guild, long)
		d := only(t, s)
		reads := map[string]func() error{
			"Text": func() error {
				_, err := s.Text(t.Context(), corpus.Everything(guild), d.ID, corpus.Range{Start: 0, End: d.Bytes})
				return err
			},
			"Passages": func() error {
				_, err := s.Passages(t.Context(), corpus.Everything(guild), []corpus.PassageID{{Document: d.ID, Ordinal: d.Passages / 2}})
				return err
			},
			"Quote": func() error {
				ranges := []corpus.Range{{Start: 0, End: 6}, {Start: d.Bytes - 4, End: d.Bytes}}
				_, err := s.Quote(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: ranges})
				return err
			},
			"Changes": func() error {
				changes, err := s.Changes(t.Context(), guild, 0)
				if err == nil && len(changes) == 1 {
					err = changes[0].Damaged
				}
				return err
			},
		}
		for name, read := range reads {
			if err := read(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		err := db.Change(t.Context(), guild, func(tx *sql.Tx, _ int64) error {
			_, err := tx.Exec(`DELETE FROM document_text WHERE guild = $1 AND start = 32768`, guild)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for name, read := range reads {
			if err := read(); err == nil || !strings.Contains(err.Error(), "the stored text of a.txt is incomplete") {
				t.Errorf("%s = %v, want an error that says what is incomplete", name, err)
			}
		}
		if got := put(t, s, guild, long); got[0] != corpus.Replaced {
			t.Errorf("Put of an incomplete document = %v, want Replaced", got[0])
		}
		for name, read := range reads {
			if err := read(); err != nil {
				t.Errorf("%s after repair: %v", name, err)
			}
		}
	})
}

// TestDamagedChanges: a document that is damaged is left out of what is indexed, with the reason, and all
// others are in. Its own file, put once more, mends it.
func TestDamagedChanges(t *testing.T) {
	for name, damage := range map[string]string{
		"text":     `UPDATE document_text SET body = $2 WHERE guild = $1`,
		"passage":  `UPDATE passage SET structure = $2 WHERE guild = $1`,
		"no text":  `DELETE FROM document_text WHERE guild = $1 AND 'x' <> $2`,
		"passages": `DELETE FROM passage WHERE guild = $1 AND 'x' <> $2`,
	} {
		t.Run(name, func(t *testing.T) {
			databasetest.Run(t, func(t *testing.T, db *database.DB) {
				s := openStore(t, db)
				put(t, s, guild, draft(t, "a.txt", "Un."), draft(t, "b.txt", "Deux."))
				b := named(t, s, "b.txt")
				err := db.Change(t.Context(), guild, func(tx *sql.Tx, _ int64) error {
					_, err := tx.Exec(damage+` AND document = $3`, guild, []byte("{eux."), b.ID)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				read := func() (texts int, damaged error) {
					changes, err := s.Changes(t.Context(), guild, 0)
					if err != nil || len(changes) != 2 {
						t.Fatalf("Changes = %+v, %v, want both documents", changes, err)
					}
					for _, c := range changes {
						texts += len(c.Texts)
						if c.Damaged != nil {
							damaged = c.Damaged
						}
						if c.Damaged != nil && c.ID != b.ID {
							t.Errorf("%s is said to be damaged: %v", c.Name, c.Damaged)
						}
					}
					return texts, damaged
				}
				if texts, damaged := read(); texts != 1 || !errors.Is(damaged, database.ErrStored) {
					t.Errorf("%d texts, damaged %v; want that of a.txt, and ErrStored for b.txt", texts, damaged)
				}
				if got := put(t, s, guild, draft(t, "a.txt", "Un."), draft(t, "b.txt", "Deux.")); got[0] != corpus.Unchanged || got[1] != corpus.Replaced {
					t.Errorf("Put of both once more = %v, want Unchanged and Replaced", got)
				}
				if texts, damaged := read(); texts != 2 || damaged != nil {
					t.Errorf("%d texts, damaged %v after that; want both", texts, damaged)
				}
			})
		})
	}
}

// TestChanges follows a store as an index does.
func TestChanges(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "Un."), draft(t, "b.txt", "Deux."))
		put(t, s, guild, draft(t, "a.txt", "Un bis."))
		put(t, s, "g2", draft(t, "c.txt", "Ailleurs."))
		d, err := s.DocumentNamed(t.Context(), corpus.Everything(guild), "b.txt")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Remove(t.Context(), guild, d.ID); err != nil {
			t.Fatal(err)
		}
		changes, err := s.Changes(t.Context(), guild, 1)
		var got []string
		for _, c := range changes {
			body := "gone"
			if len(c.Texts) > 0 {
				body = c.Texts[0].Body
			}
			got = append(got, c.Name+" "+body)
		}
		if want := []string{"a.txt Un bis.", "b.txt gone"}; err != nil || !slices.Equal(got, want) {
			t.Errorf("Changes since 1 = %q, %v, want %q", got, err, want)
		}
		if changes, err := s.Changes(t.Context(), guild, 3); err != nil || len(changes) != 0 {
			t.Errorf("Changes since 3 = %v, %v, want none", changes, err)
		}
	})
}

func TestImport(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		write(t, dir, "a.txt", "Un texte.")
		write(t, dir, "sub/b.md", "# Titre\n\nUn texte.")
		write(t, dir, "sub/b.yaml", "author: Anonyme")
		write(t, dir, "bad.txt", "\xff\xfe")
		write(t, dir, "photo.jpg", "…")
		write(t, dir, ".hidden/c.txt", "caché")
		write(t, dir, "set/corpus.jsonl", `{"id":"d1","title":"T","text":"Un."}`+"\n\n"+`{"id":"d2","title":"T","text":""}`+"\n"+`{"id":"d1","text":"x"}`+"\nnot JSON\n")
		if err := os.Symlink(dir, filepath.Join(dir, "round")); err != nil {
			t.Fatal(err)
		}
		got := importFolder(t, s, dir, false)
		if got.Added != 3 || len(got.Failed) != 3 {
			t.Errorf("first Import = %+v, want 3 added, 3 failed", got)
		}
		if d, err := s.DocumentNamed(t.Context(), corpus.Everything(guild), "sub/b.md"); err != nil || d.Author != "Anonyme" || d.Title != "Titre" {
			t.Errorf("sub/b.md = %+v, %v", d, err)
		}
		before := revision(t, s)
		if got := importFolder(t, s, dir, false); got.Changed() || revision(t, s) != before {
			t.Errorf("second Import = %+v, want nothing changed", got)
		}
		write(t, dir, "sub/b.yaml", "author: Quelqu'un")
		if err := os.Remove(filepath.Join(dir, "a.txt")); err != nil {
			t.Fatal(err)
		}
		if got := importFolder(t, s, dir, false); got.Replaced != 1 || got.Removed != 0 {
			t.Errorf("third Import = %+v, want 1 replaced", got)
		}
		if got := importFolder(t, s, dir, true); got.Removed != 0 {
			t.Errorf("mirroring Import of a folder with a bad collection = %+v, want none removed", got)
		}
		write(t, dir, "set/corpus.jsonl", `{"id":"d1","title":"T","text":"Un."}`)
		if got := importFolder(t, s, dir, true); got.Removed != 1 {
			t.Errorf("mirroring Import = %+v, want 1 removed", got)
		}
		write(t, dir, "a.txt", "Un texte.")
		if got := importFolder(t, s, dir, false); !slices.Equal(got.LeftOut, []string{"a.txt"}) {
			t.Errorf("Import of a removed document = %+v, want it left out", got)
		}
		if got := importFolder(t, s, dir, true); got.Replaced != 1 {
			t.Errorf("mirroring Import = %+v, want a.txt back", got)
		}
	})
}

// TestImportOtherFolder: a document is not replaced by a file of that name from
// another folder, unless its own folder has lost it.
func TestImportOtherFolder(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		one, two := t.TempDir(), t.TempDir()
		write(t, one, "a.txt", "Un texte.")
		write(t, two, "a.txt", "Un tout autre texte.")
		importFolder(t, s, one, false)
		if got := importFolder(t, s, two, false); len(got.Failed) != 1 || !strings.Contains(got.Failed[0].Error(), one) {
			t.Errorf("Import = %+v, want a refusal that names %s", got, one)
		}
		if err := os.Remove(filepath.Join(one, "a.txt")); err != nil {
			t.Fatal(err)
		}
		if got := importFolder(t, s, two, false); got.Replaced != 1 {
			t.Errorf("Import = %+v, want 1 replaced", got)
		}
	})
}

func importFolder(t *testing.T, s *corpus.Store, dir string, mirror bool) corpus.Import {
	t.Helper()
	folder, err := corpus.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Import(context.Background(), guild, folder, corpus.ImportOptions{Mirror: mirror})
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestOpenFolderErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "file.txt", "x")
	empty := t.TempDir()
	write(t, empty, "photo.jpg", "x")
	tests := []struct {
		dir, want string
	}{
		{filepath.Join(dir, "nowhere"), "no such folder"},
		{filepath.Join(dir, "file.txt"), "name the folder it is in"},
		{empty, "holds no file that is read"},
	}
	for _, test := range tests {
		if _, err := corpus.OpenFolder(test.dir); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("OpenFolder(%s) = %v, want %q", test.dir, err, test.want)
		}
	}
}
