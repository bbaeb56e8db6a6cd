package retrieval_test

import (
	"testing"

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
