package retrieval

import (
	"slices"
	"strings"

	"verbatim/retrieval/analysis"
)

// beyond returns the words of the question, as typed, that limit what it asks about and
// that t has nowhere, where the question says all that one of its wordings does: then it
// asks about less than t answers (to hand in the essay, to hand in the essay in Spain). The
// same question in other words lacks some of those of each wording.
func (m *matcher) beyond(t *wordedTerms, asked askedWords) []string {
	isAsked := func(text string) bool {
		terms := m.termsOf(t.code, text)
		for term := range terms {
			if !asked.hold(term) {
				return false
			}
		}
		return len(terms) > 0
	}
	if !slices.ContainsFunc(t.Wordings, isAsked) {
		return nil
	}
	var words []string
	for _, w := range m.question.words { // none that may be a stop word misspelt
		term, found := w.terms[t.code]
		if found && !m.isHollow(t.code, w.surface) && !t.speaksOf(w, term) && m.limits(t.code, w) {
			words = append(words, w.surface)
		}
	}
	return words
}

// speaksOf reports whether a wording or the answer holds a term of a word of the question, or
// of what it may stand for.
func (t *wordedTerms) speaksOf(w questionWord, term string) bool {
	terms := slices.Concat([]string{term}, w.also[t.code], w.stands[t.code], w.equal[t.code])
	return slices.ContainsFunc(terms, func(term string) bool {
		return t.holds(term) || holdsLike(t.answer, term) != ""
	})
}

// limits reports whether a word of the question limits what is asked about: it is a name, or
// stands behind a word such as in or without, perhaps with an article between them.
func (m *matcher) limits(code string, w questionWord) bool {
	if isFigure(w.surface) { // in 2 words; of years and the like see numbersDiffer
		unit := wordAfter(m.question.text, w.end)
		return hours[m.asksIn(code)][strings.ToLower(m.question.text[unit.Start:unit.End])]
	}
	if articles[w.folded] || ofTheAnswer[w.folded] {
		return false
	}
	if w.name {
		return true
	}
	before := strings.Fields(strings.ToLower(m.question.text[:w.start]))
	if n := len(before); n > 1 && articles[before[n-1]] {
		before = before[:n-1]
	}
	return len(before) > 0 && limiting[m.asksIn(code)][before[len(before)-1]]
}

// hours are what stands behind a number that is a time of the day, by language.
var hours = map[string]analysis.Set{
	"fr": analysis.SetOf("h heure heures"),
	"es": analysis.SetOf("h hora horas"),
	"en": analysis.SetOf("am pm"),
	"de": analysis.SetOf("h uhr"),
	"it": analysis.SetOf("h ora ore"),
	"pt": analysis.SetOf("h hora horas"),
}

// limiting are prepositions of place, of time and of what is with or without something, by
// language. Those that join a noun to another, and those of many fixed phrases, are not.
var limiting = map[string]analysis.Set{
	"fr": analysis.SetOf("en au aux dans chez pour sans sous hors pendant durant avant après depuis avec"),
	"es": analysis.SetOf("en al para sin durante antes después con bajo"),
	"en": analysis.SetOf("in at for without with during before after under outside within"),
	"de": analysis.SetOf("in im am bei beim für ohne mit während nach vor unter außerhalb"),
	"it": analysis.SetOf("in nel nella nei nelle per senza con durante dopo prima"),
	"pt": analysis.SetOf("em no na nos nas para sem com durante depois antes"),
}

// ofTheAnswer are words that stand behind such a preposition and say how the answer is to be,
// not what it is about: in general, in detail, in simple words, in English, for beginners.
var ofTheAnswer = analysis.SetOf(`
	general generale bref gros detail details pratique theorie resume resumant precision precisions debutant debutants
	nuls mot mots phrase phrases ligne lignes simple simples simplement clair francais anglais espagnol allemand italien
	portugais exemple exemples jargon faute fautes erreur plus temps realite fait vrai faits
	short brief practice theory summary sentence sentences word words line lines term terms plain easy english french
	spanish german italian portuguese example examples dummies beginner beginners mistakes advance time reality fact
	resumen breve detalle detalles practica teoria frase frases palabra palabras sencillo sencillas ejemplo ejemplos
	espanol ingles frances aleman italiano principiantes realidad
	allgemeinen allgemein kurze kurzem kurzen einzelnen praxis theorie satz satzen wort worten stichworten einfach
	einfachen deutsch englisch franzosisch spanisch italienisch portugiesisch beispiel beispielen anfanger wirklichkeit
	generale sintesi dettaglio dettagli pratica teoria parola parole semplice semplici esempio esempi inglese francese
	spagnolo tedesco portoghese principianti realta
	geral resumo detalhe detalhes pratica teoria palavra palavras simples exemplo exemplos portugues ingles frances
	alemao iniciantes realidade`)

// articles are those, and what stands in their place: in one sentence, in a few words.
var articles = analysis.SetOf(`le la les un une des quelques peu el los las una unos unas pocas pocos the a an one few
	der die das den dem ein eine einen einem einer wenigen il lo gli i uno poche pochi o os as um uma poucas poucos`)
