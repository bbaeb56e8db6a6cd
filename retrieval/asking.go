package retrieval

import (
	"strings"

	"verbatim/retrieval/analysis"
)

// An aim of a question is what it wants to know: who, when, where, why, how, how many, or
// what something is. A question may be of several kinds, or of none that can be told.
type aim string

const (
	who     aim = "who"
	when    aim = "when"
	where   aim = "where"
	why     aim = "why"
	how     aim = "how"
	howMany aim = "how many"
	what    aim = "what"
)

// An idiom is how the people of a language ask: words that tell the aim of a question
// wherever they stand, words that tell it only at its head, and words that say that
// something is asked and not what about. All are in lower case; those with accents count
// without them too, unless that is another word, which then counts at the head alone.
type idiom struct {
	kinds  map[string]aim
	heads  map[string]aim
	hollow map[string]bool
}

// idioms are the ways of asking by language.
var idioms = map[string]idiom{
	"fr": newIdiom(map[aim]string{
		who: "qui", when: "quand date dates", where: "où", howMany: "combien", how: "comment",
		why:  "pourquoi pk pq pkoi raison raisons cause causes motif motifs",
		what: "quoi koi définition def signifie signification",
	}, map[aim]string{where: "ou", what: "que qu quest"},
		`c ca svp stp plait merci bonjour salut définir explication explications expliquer explique expliques expliquez moi
		signifier veut veux vouloir voudrais dire sens comprendre compris comprends savoir sais faut faire fait exemple
		exemples résumé résumer bref rapide rapidement peut peux pouvez possible aide besoin lieu passe`),
	"es": newIdiom(map[aim]string{
		who: "quién quien quiénes quienes", when: "cuándo fecha fechas", where: "dónde", how: "cómo",
		howMany: "cuánto cuánta cuántos cuántas", why: "porqué razón razones causa causas motivo motivos",
		what: "qué definición significa significado",
	}, map[aim]string{what: "que", how: "como", when: "cuando", where: "donde"},
		`explicar explica explícame explicación quiere quiero decir resumen porfa favor gracias hola ejemplo ejemplos
		saber entiendo entender puede puedo posible necesito`),
	"en": newIdiom(map[aim]string{
		who: "who whom whose", when: "when date dates", where: "where", how: "how way ways",
		why: "why reason reasons cause causes", what: "definition meaning",
	}, map[aim]string{what: "what whats"},
		`please pls plz thanks hi hello define explain explanation mean means summary summarize example examples know
		want need like possible easy easiest best able help someone somebody option options manage support procedure
		wondering get do there doable can`),
	"de": newIdiom(map[aim]string{
		who: "wer wen wem wessen", when: "wann datum", where: "wo woher wohin", how: "wie", howMany: "wieviel wieviele",
		why: "warum wieso weshalb grund gründe ursache ursachen", what: "definition bedeutet bedeutung",
	}, map[aim]string{what: "was"},
		`bitte danke hallo heißt erklären erklärung erklär erkläre beispiel beispiele zusammenfassung möglich wissen weiß
		verstehe verstehen gibt brauche möchte will kann`),
	"it": newIdiom(map[aim]string{
		who: "chi", when: "quando data date", where: "dove", how: "come", howMany: "quanto quanta quanti quante",
		why: "perché ragione ragioni causa cause motivo motivi", what: "cosa cos definizione significa significato",
	}, map[aim]string{what: "che"},
		`favore grazie ciao vuol dire spiegare spiega spiegami spiegazione esempio esempi riassunto possibile sapere
		capito capire posso vorrei voglio`),
	"pt": newIdiom(map[aim]string{
		who: "quem", when: "quando data datas", where: "onde aonde", how: "como", howMany: "quanto quanta quantos quantas",
		why: "porquê razão razões causa causas motivo motivos", what: "quê definição significa significado",
	}, map[aim]string{what: "que o"},
		`favor obrigado obrigada olá oi quer dizer explicar explica explicação exemplo exemplos resumo possível saber
		entendi entender posso quero preciso`),
}

func newIdiom(kinds, heads map[aim]string, hollow string) idiom {
	a := idiom{kinds: map[string]aim{}, heads: map[string]aim{}, hollow: map[string]bool{}}
	for k, list := range heads {
		for w := range analysis.SetOf(list) {
			a.heads[w] = k
		}
	}
	for k, list := range kinds {
		for w := range analysis.SetOf(list) {
			a.kinds[w] = k
			if _, other := a.heads[analysis.Fold(w)]; !other {
				a.kinds[analysis.Fold(w)] = k
			}
			if k != who {
				a.hollow[analysis.Fold(w)] = true
			}
		}
	}
	for w := range analysis.SetOf(hollow) {
		a.hollow[analysis.Fold(w)] = true
	}
	return a
}

const (
	headWords  = 2 // are the head of a question
	frontWords = 3 // in which a word that asks does ask, as the last one does; elsewhere it may join clauses
)

// sharp are the aims that no answer to another aim answers.
var sharp = map[aim]bool{who: true, when: true, where: true, howMany: true}

// aimsOf returns the aims of a question in a language, and whether it surely asks who,
// when, where or how many and nothing else.
func aimsOf(language, text string) (found map[aim]bool, isSharp bool) {
	found = map[aim]bool{}
	a := idioms[language]
	var all []string
	for start, end := range analysis.Words(text) {
		all = append(all, strings.Split(strings.ToLower(analysis.Plain(text[start:end])), "'")...)
	}
	for i, w := range all {
		next := ""
		if i+1 < len(all) {
			next = all[i+1]
		}
		switch k, told := a.kinds[w]; {
		case k == how && (next == "many" || next == "much" || next == "long" || next == "viele" || next == "viel"):
			found[howMany], isSharp = true, true
		case isWhy(language, w, next):
			found[why] = true
		case i > 0 && isWhy(language, all[i-1], w):
		case told:
			found[k] = true
			isSharp = isSharp || i < frontWords || next == ""
		case i < headWords:
			if k, told := a.heads[w]; told {
				found[k], isSharp = true, true
			}
		}
	}
	for k := range found {
		isSharp = isSharp && sharp[k]
	}
	return found, isSharp
}

// isWhy reports whether two words ask for a reason (por qué, por que).
func isWhy(language, first, second string) bool {
	return (language == "es" || language == "pt") && first == "por" && analysis.Fold(second) == "que"
}
