package retrieval_test

import (
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestNotes: a note is kept through changes of the texts and restarts, in its guild.
func TestNotes(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet siège."})
	l.put(t, "other", map[string]string{"a.txt": "Le phare éclaire."})
	want := func(guild, name, want string) {
		t.Helper()
		got, err := l.Note(t.Context(), guild, name)
		if err != nil || string(got) != want {
			t.Errorf("Note(%s, %s) = %q, %v, want %q", guild, name, got, err, want)
		}
	}
	want(guild, "n", "")
	check(t, l.SetNote(t.Context(), guild, "n", []byte("one")))
	check(t, l.SetNote(t.Context(), guild, "n", []byte("two")))
	check(t, l.SetNote(t.Context(), guild, "m", []byte("three")))
	want(guild, "n", "two")
	want(guild, "m", "three")
	want("other", "n", "")
	l.put(t, guild, map[string]string{"b.txt": "Le parti vote."})
	want(guild, "n", "two")
	l.reopen(t, func() {})
	want(guild, "n", "two")
	check(t, l.SetNote(t.Context(), "nobody", "n", []byte("lost")))
	want("nobody", "n", "")
}

// TestPromise: what a search finds better promises more, and nothing promises nothing.
func TestPromise(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le soviet siège à Petrograd.", "b.txt": "La grève gagne l'usine.", "c.txt": "Le phare de la ville."})
	last := 2.0
	for _, question := range []string{"soviet siège Petrograd", "soviet siège Moscou", "soviet Moscou Riga", "Moscou Riga"} {
		q := retrieval.Query{Text: question, Access: corpus.Everything(guild)}
		got, err := l.Promise(t.Context(), q)
		check(t, err)
		if got >= last {
			t.Errorf("Promise(%q) = %v, want less than %v of the one before", question, got, last)
		}
		last = got
	}
	if last != 0 {
		t.Errorf("the promise of what is not there = %v, want 0", last)
	}
}
