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
func openSample(t testing.TB) *library {
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
		if line == "# German" && os.Getenv("VERBATIM_LONG") == "" {
			t.Log("without VERBATIM_LONG only questions in French, English and Spanish: each language is gauged first, which takes seconds")
			break
		}
		if testing.Short() && conversations == 10 {
			t.Log("with -short only the first conversations")
			break
		}
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

// TestReadTogether: what a question is read as after another; "" where it stands alone.
func TestReadTogether(t *testing.T) {
	for _, c := range []struct{ previous, text, want string }{
		{"Qui a gagné l'élection en 2000 ?", "et en 2006 ?", "Qui a gagné l'élection en 2006 ?"},
		{"Que se passe-t-il le 3 février 1995 ?", "et en 2006 ?", "Que se passe-t-il le 2006 ?"},
		{"Qui dirige le parti entre 1926 et 1930 ?", "et en 1935 ?", "Qui dirige le parti entre 1926 et 1930 (en 1935) ?"},
		{"Combien de voix au premier tour ?", "et au second tour ?", "Combien de voix au second tour ?"},
		{"Quand est né Lénine ?", "et où ?", "où est né Lénine ?"},
		{"Où est né Lénine ?", "merci, et sa femme ?", "sa femme (Lénine) ?"},
		{"When did Lenin leave Zurich?", "when did he die?", "when did he die (Lenin, Zurich)?"},
		{"Who won the race in Peru?", "and in Chile?", "Who won the race in Chile?"},
		{"¿Quién ganó la elección en Perú?", "¿y en Chile?", "¿Quién ganó la elección en Chile?"},
		{"Wie viele Stimmen bekam Jospin?", "Und Emmanuelli?", "Wie viele Stimmen bekam Emmanuelli?"},
		{"Quando morì Garibaldi?", "perché?", "perché morì Garibaldi?"},
		{"Quem ganhou a corrida de 1931?", "e em 1932?", "Quem ganhou a corrida de 1932?"},
		{"When did Lenin leave Zurich?", "can you explain why?", "why did Lenin leave Zurich?"},
		{"Qui a quitté les pourparlers ?", "en quelle année ?", "en quelle année a quitté les pourparlers ?"},
		{"Qui a quitté les pourparlers ?", "tu sais pourquoi ?", "pourquoi a quitté les pourparlers ?"},
		{"Wann starb Reis?", "weißt du, wo?", "wo starb Reis?"},
		{"Qui était Kornilov ?", "merci, et la Tcheka ?", "Qui était la Tcheka ?"},
		{"What is a soviet?", "and the Comintern?", "What is the Comintern?"},
		{"What is the Phillips curve?", "and stagflation?", "What is stagflation?"},
		{"Was ist Entropie?", "und der Wirkungsgrad?", "Was ist der Wirkungsgrad?"},
		{"¿Qué es el gamonalismo?", "¿y el ayllu?", "¿Qué es el ayllu?"},
		{"Chi era Bianca Ferrando?", "e il ponte?", "Chi era il ponte?"},
		{"O que é o palio?", "e a corrida?", "O que é a corrida?"},
		{"Who was the mayor of Bath?", "and the bishop?", "Who was the mayor of Bath (the bishop)?"},
		{"Qui a mené la grève ?", "combien de temps a-t-elle duré ?", "combien de temps a-t-elle duré (mené la grève) ?"},
		{"When was the treaty signed?", "place?", "place (treaty signed)?"},
		{"Who won in 2011?", "thanks a lot", ""},
		{"Who won in 2011?", "ok thanks for the help", ""},
		{"Qui a gagné en 2011 ?", "merci beaucoup", ""},
		{"Qui a gagné en 2011 ?", "ok super", ""},
		{"¿Quién ganó en 2011?", "gracias por la ayuda", ""},
		{"Wer gewann 2011?", "danke für die Hilfe", ""},
		{"Chi vinse nel 2011?", "grazie per l'aiuto", ""},
		{"Quem ganhou em 2011?", "quem é você?", ""},
		{"Who won in 2011?", "Can you explain how Lenin came back?", ""},
		{"Who won in 2011?", "Can you explain the soviets?", ""},
		{"Qui a gagné en 2011 ?", "tu sais qui tu es ?", ""},
		{"Qui a gagné en 2011 ?", "Quand Lénine est-il mort ?", ""},
		{"Qui a gagné en 2011 ?", "il est né où lénine ?", ""},
		{"Qui a gagné en 2011 ?", "Que faut-il pour voter ?", ""},
		{"Qui a gagné en 2011 ?", "et toi, qui es-tu ?", ""},
		{"Who won in 2011?", "Is it possible to vote by post?", ""},
		{"Who won in 2011?", "Who lost his land?", ""},
		{"Who won in 2011?", "What is a soviet?", ""},
		{"Qui a gagné en 2011 ?", "merci", ""},
		{"", "et en 2006 ?", ""},
	} {
		if got, _ := answers.ReadTogether(c.previous, c.text); got != c.want {
			t.Errorf("ReadTogether(%q, %q) = %q, want %q", c.previous, c.text, got, c.want)
		}
	}
}

// TestShortWhenSure: a question that one sentence surely answers gets two quotes at most,
// one that asks why may get three.
func TestShortWhenSure(t *testing.T) {
	l := openSample(t)
	r := l.ask(t, "Qui dirigeait le Secrétariat sud-américain ?")
	if r.Hedged || r.Confidence < 0.9 || len(r.Excerpts()) > 2 || !quotes(r, "Codovilla") {
		t.Errorf("confidence %.2f with %d excerpts, want at least 0.90 with at most 2", r.Confidence, len(r.Excerpts()))
	}
}
