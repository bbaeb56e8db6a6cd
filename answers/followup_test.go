package answers_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
	notes "verbatim/corpus/sample"
)

// openSample returns a library of the sample notes.
func openSample(t *testing.T) *library {
	l := open(t)
	var drafts []corpus.Draft
	err := fs.WalkDir(notes.Notes(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(notes.Notes(), path)
		if err != nil {
			return err
		}
		d, err := corpus.Read(corpus.File{Name: path, Origin: "/notes", Data: data})
		drafts = append(drafts, d)
		return err
	})
	if err == nil {
		_, err = l.store.Put(t.Context(), guild, drafts, false)
	}
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// TestFollowUps: the questions of testdata/followups.txt get their answers together, and
// few alone.
func TestFollowUps(t *testing.T) {
	data, err := os.ReadFile("testdata/followups.txt")
	if err != nil {
		t.Fatal(err)
	}
	l := openSample(t)
	for _, name := range []string{"followups-de.txt", "followups-it.txt", "followups-pt.txt"} {
		text, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		l.put(t, name, string(text))
	}
	conversations, alone, together := 0, 0, 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		line, known := strings.CutPrefix(line, "? ")
		fields := strings.Split(line, " | ")
		questions, want := fields[:len(fields)-1], fields[len(fields)-1]
		conversations++
		var reply answers.Reply
		previous := ""
		for _, text := range questions {
			reply = l.askAfter(t, previous, text)
			if previous = text; reply.ReadAs != "" {
				previous = reply.ReadAs
			}
		}
		if quotes(reply, want) {
			together++
		} else if !known {
			t.Errorf("%s: read as %q: outcome %s, want %q", strings.Join(questions, " | "), reply.ReadAs, reply.Outcome, want)
		}
		if quotes(l.ask(t, questions[len(questions)-1]), want) {
			alone++
		}
	}
	t.Logf("of %d conversations the last question is answered in %d, in %d without what was asked before", conversations, together, alone)
}

func (l *library) askAfter(t *testing.T, previous, text string) answers.Reply {
	t.Helper()
	r, err := l.Ask(t.Context(), answers.Question{Text: text, Previous: previous, Access: corpus.Everything(guild)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// quotes reports whether a reply answers with a quote that holds a text.
func quotes(r answers.Reply, text string) bool {
	for _, e := range r.Excerpts() {
		if strings.Contains(strings.ReplaceAll(e.Text, "\u00A0", " "), text) {
			return true
		}
	}
	return false
}
