package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"

	"verbatim/answers"
	"verbatim/corpus"
)

// A printer prints replies for people: on a terminal wrapped and with the words of
// the question marked, elsewhere plain.
type printer struct {
	out      io.Writer
	columns  int // 0: not a terminal
	language string
	explain  bool // say after each quote what its score is made of
}

// widest is the longest line in which a text reads well.
const widest = 96

func (p *program) newPrinter(language string) printer {
	out := printer{out: p.out, language: language}
	if file, ok := p.out.(*os.File); ok && p.settings.Color != "never" && term.IsTerminal(int(file.Fd())) {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 20 {
			out.columns = min(columns, widest)
		}
	}
	return out
}

// Escape sequences of terminals.
const (
	marked = "\x1b[1;33m" // and yellow
	source = "\x1b[36m"   // cyan
	reset  = "\x1b[0m"
)

// print prints a reply.
func (p printer) print(r reply) error {
	var out strings.Builder
	words := phrasesOf(p.language, r.Language)
	if why := explainReply(r); p.explain && r.Curated == nil && why != "" {
		out.WriteString(why + "\n")
	}
	var before []string // the lines before the quotes
	switch {
	case r.err != nil:
		before = append(before, r.err.Error())
	case r.SmallTalk:
		before = append(before, words.smallTalk)
	case r.Outcome == answers.None:
		before = append(before, words.none)
	case r.Curated != nil && r.Hedged:
		before = append(before, fmt.Sprintf(words.wider, listed(r.Curated.Likeness.Beyond)))
	case r.Hedged:
		before = append(before, words.hedged)
	}
	switch {
	case r.Outcome == answers.None && len(r.DidYouMean) > 0:
		before = append(before, fmt.Sprintf(words.didYouMean, listed(r.DidYouMean)))
	case r.Outcome == answers.Excerpts && len(r.SearchedAlso) > 0:
		var read []string
		for _, reading := range r.SearchedAlso {
			read = append(read, reading.Read...)
		}
		before = append([]string{fmt.Sprintf(words.searchedAlso, listed(read))}, before...)
	}
	if r.Outcome == answers.None && len(r.Quotes) > 0 {
		before = append(before, words.near)
	}
	if r.ReadAs != "" {
		before = append([]string{fmt.Sprintf(words.readAs, visible(r.ReadAs))}, before...)
	}
	if len(before) > 0 {
		fmt.Fprintf(&out, "%s\n\n", strings.Join(before, "\n"))
	}
	if r.Curated != nil {
		p.curated(&out, r.Curated, words)
		if p.explain {
			out.WriteString(explainReply(r) + "\n")
		}
		if len(r.Quotes) > 0 {
			fmt.Fprintf(&out, "%s\n\n", words.also)
		}
	}
	for i, e := range r.Quotes {
		p.excerpt(&out, e)
		if p.explain {
			fmt.Fprintf(&out, "%s\n", explain(e))
		}
		if i < len(r.notes) {
			for _, note := range r.notes[i] {
				p.note(&out, note)
			}
		}
	}
	_, err := io.WriteString(p.out, out.String())
	return err
}

// curated prints a curated answer, then its sources.
func (p printer) curated(out *strings.Builder, c *answers.CuratedReply, words phrases) {
	for _, line := range strings.Split(c.Answer, "\n") {
		line = visible(line)
		if p.columns > 0 {
			line = wrap(line, p.columns, "")
		}
		out.WriteString(line + "\n")
	}
	out.WriteString("\n")
	if len(c.Shown) > 0 {
		fmt.Fprintf(out, "%s\n\n", words.sources)
	}
	for _, e := range c.Shown {
		if e.Text != "" {
			p.excerpt(out, e)
		} else {
			fmt.Fprintf(out, "— %s\n\n", visible(e.Citation))
		}
	}
}

func listed(words []string) string { return visible(strings.Join(words, ", ")) }

func (p printer) excerpt(out *strings.Builder, e answers.Excerpt) {
	if p.columns == 0 {
		fmt.Fprintf(out, "> %s\n— %s\n\n", visible(e.Text), visible(e.Citation))
		return
	}
	out.WriteString(wrap(mark(e.Text, e.Marks), p.columns, "  "))
	fmt.Fprintf(out, "\n%s%s%s\n\n", source, wrap("— "+visible(e.Citation), p.columns, "  "), reset)
}

// note prints a note below the excerpt that calls it.
func (p printer) note(out *strings.Builder, e answers.Excerpt) {
	text := "[" + visible(e.Note) + "] " + visible(e.Text)
	if p.columns > 0 {
		text = wrap(text, p.columns, "    ")
	} else {
		text = "  " + text
	}
	fmt.Fprintf(out, "%s\n\n", text)
}

// mark returns the text with the ranges in bold.
func mark(text string, marks []corpus.Range) string {
	var out strings.Builder
	at := 0
	for _, m := range marks {
		out.WriteString(visible(text[at:m.Start]) + marked + visible(text[m.Start:m.End]) + reset)
		at = m.End
	}
	return out.String() + visible(text[at:])
}

// visible takes out what could command a terminal or turn the direction of writing.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}

// wrap breaks a text into lines of at most so many columns, indentation included.
// Escape sequences take no room.
func wrap(text string, columns int, indent string) string {
	var out strings.Builder
	room := 0
	for i, word := range strings.Split(text, " ") {
		width := utf8.RuneCountInString(strings.NewReplacer(marked, "", reset, "").Replace(word))
		switch {
		case i == 0:
			out.WriteString(indent)
			room = columns - len(indent)
		case width+1 > room:
			out.WriteString("\n" + indent)
			room = columns - len(indent)
		default:
			out.WriteByte(' ')
			room--
		}
		out.WriteString(word)
		room -= width
	}
	return out.String()
}

// Phrases are what the command line says around quotes.
type phrases struct {
	none, smallTalk, near, hedged, searchedAlso, didYouMean, wider, sources, also, readAs string
}

// phrasesOf returns the phrases in a language: the guild's, or if that is to follow
// the question, the question's; English if there are none.
func phrasesOf(guild, question string) phrases {
	if guild == "" || guild == "auto" {
		guild = question
	}
	switch guild {
	case "fr":
		return phrases{
			none:         "Les textes ne répondent pas à cette question.",
			smallTalk:    "Posez une question sur les textes\u00A0: la réponse les cite mot pour mot.",
			near:         "Passages les plus proches\u00A0:",
			hedged:       "Peut-être dans ces passages\u00A0:",
			searchedAlso: "Cherché aussi\u00A0: %s.",
			wider:        "Réponse à une question plus large. Elle ne dit rien de\u00A0: %s.",
			sources:      "Sources\u00A0:",
			also:         "Dans les textes\u00A0:",
			didYouMean:   "Vouliez-vous dire\u00A0: %s\u00A0?",
			readAs:       "Compris comme\u00A0: %s",
		}
	case "es":
		return phrases{
			none:         "Los textos no responden a esta pregunta.",
			smallTalk:    "Haga una pregunta sobre los textos: la respuesta los cita palabra por palabra.",
			near:         "Los pasajes más cercanos:",
			hedged:       "Quizá en estos pasajes:",
			searchedAlso: "Se buscó también: %s.",
			wider:        "Respuesta a una pregunta más amplia. No dice nada de: %s.",
			sources:      "Fuentes:",
			also:         "En los textos:",
			didYouMean:   "¿Quiso decir: %s?",
			readAs:       "Entendido como: %s",
		}
	case "de":
		return phrases{
			none:         "Die Texte beantworten diese Frage nicht.",
			smallTalk:    "Stellen Sie eine Frage zu den Texten: Die Antwort zitiert sie Wort für Wort.",
			near:         "Die nächsten Stellen:",
			hedged:       "Vielleicht an diesen Stellen:",
			searchedAlso: "Auch gesucht: %s.",
			wider:        "Antwort auf eine allgemeinere Frage; nichts darin zu: %s.",
			sources:      "Quellen:",
			also:         "In den Texten:",
			didYouMean:   "Meinten Sie: %s?",
			readAs:       "Verstanden als: %s",
		}
	case "it":
		return phrases{
			none:         "I testi non rispondono a questa domanda.",
			smallTalk:    "Faccia una domanda sui testi: la risposta li cita parola per parola.",
			near:         "I passi più vicini:",
			hedged:       "Forse in questi passi:",
			searchedAlso: "Cercato anche: %s.",
			wider:        "Risposta a una domanda più ampia, che non dice nulla di: %s.",
			sources:      "Fonti:",
			also:         "Nei testi:",
			didYouMean:   "Forse cercava: %s?",
			readAs:       "Inteso come: %s",
		}
	case "pt":
		return phrases{
			none:         "Os textos não respondem a esta pergunta.",
			smallTalk:    "Faça uma pergunta sobre os textos: a resposta cita-os palavra por palavra.",
			near:         "As passagens mais próximas:",
			hedged:       "Talvez nestas passagens:",
			searchedAlso: "Procurado também: %s.",
			wider:        "Resposta a uma pergunta mais ampla, que não diz nada de: %s.",
			sources:      "Fontes:",
			also:         "Nos textos:",
			didYouMean:   "Quis dizer: %s?",
			readAs:       "Entendido como: %s",
		}
	}
	return phrases{
		none:         "The texts do not answer this question.",
		smallTalk:    "Ask a question about the texts: the reply quotes them word for word.",
		near:         "Nearest passages:",
		hedged:       "Perhaps in these passages:",
		searchedAlso: "Searched also: %s.",
		wider:        "An answer to a wider question. It says nothing of: %s.",
		sources:      "Sources:",
		also:         "In the texts:",
		didYouMean:   "Did you mean: %s?",
		readAs:       "Read as: %s",
	}
}
