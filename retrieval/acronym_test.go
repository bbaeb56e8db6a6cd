package retrieval_test

import (
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// acronymTexts are in one guild, each in its language.
var acronymTexts = map[string]string{
	"fr1.txt":  "---\nlanguage: fr\n---\nEn 1971, à Épinay, le Parti socialiste adopte ses statuts. Plus tard, Paris souhaite une réforme.",
	"fr2.txt":  "---\nlanguage: fr\n---\nLes militants du Parti socialiste désignent leur candidat.",
	"fr3.txt":  "---\nlanguage: fr\n---\nAu congrès de Reims, le Parti socialiste se divise. Paul Signac peint des voiliers.",
	"fr4.txt":  "---\nlanguage: fr\n---\nLe produit intérieur brut (PIB) recule de deux points. Les ménages épargnent.",
	"fr5.txt":  "---\nlanguage: fr\n---\nLa chute du produit intérieur brut surprend les économistes de Lisbonne.",
	"fr6.txt":  "---\nlanguage: fr\n---\nUn décret crée la SDN (Société des Nations), qui siège à Genève.",
	"fr7.txt":  "---\nlanguage: fr\n---\nLa Société des Nations échoue devant le réarmement.",
	"fr8.txt":  "---\nlanguage: fr\n---\nLe cheminot rejoint la Confédération générale du travail. La Compagnie générale transatlantique recrute.",
	"fr9.txt":  "---\nlanguage: fr\n---\nLa Confédération générale du travail imprime des tracts. La Compagnie générale transatlantique affrète un paquebot.",
	"en1.txt":  "---\nlanguage: en\n---\nThe United Methodist Church opposes gambling in every county.",
	"en0b.txt": "---\nlanguage: en\n---\nMinisters of the United Methodist Church wear a robe.",
	"en2.txt":  "---\nlanguage: en\n---\nAfter World War II the pier was rebuilt. Isaac Newton Kingsley owned the harbour.",
	"en3.txt":  "---\nlanguage: en\n---\nBefore World War I the lighthouse had no lamp.",
	"en3b.txt": "---\nlanguage: en\n---\nThe mill closed in World War I and never opened again.",
	"en4.txt":  "---\nlanguage: en\n---\nThe EU publishes a directive. The European Union has a flag of twelve stars.",
	"en5.txt":  "---\nlanguage: en\n---\nA tariff of the European Union applies to oranges.",
	"en0.txt":  "---\nlanguage: en\n---\nThe European Union (once smaller) grows, and the EU with it.",
	"en6.txt":  "---\nlanguage: en\n---\nIn complexity theory NP holds the verifiable problems.",
	"en7.txt":  "---\nlanguage: en\n---\nThe Nobel Prize is awarded in Oslo. A Nobel Prize laureate spoke.",
	"en8.txt":  "---\nlanguage: en\n---\nHe refused the Nobel Prize for physics.",
	"en9.txt":  "---\nlanguage: en\n---\nShe shared the Nobel Prize with two others.",
	"en10.txt": "---\nlanguage: en\n---\nBoats call at Alba, Brno, Cork, Dover. The Big Red Cats Run Overtaking Old Tyres.",
	"en11.txt": "---\nlanguage: en\n---\nNSF staff moved when the National Science Foundation grew.",
	"en12.txt": "---\nlanguage: en\n---\nA grant of the National Science Foundation pays the telescope.",
	"fr10.txt": "---\nlanguage: fr\n---\nLe Foyer ouvrier distribue du pain. Grands bateaux à quai.",
	"fr11.txt": "---\nlanguage: fr\n---\nUn Foyer ouvrier occupe le chantier. Grands bateaux en panne.",
	"fr12.txt": "---\nlanguage: fr\n---\nOn ferme le bassin. Grands bateaux refusés.",
	"es1.txt":  "---\nlanguage: es\n---\nLa Alianza Popular Revolucionaria Americana nace en México con cinco puntos.",
	"pt1.txt":  "---\nlanguage: pt\n---\nA Universidade Federal do Rio Grande oferece bolsas (UFRG). O reitor assina.",
	"pt2.txt":  "---\nlanguage: pt\n---\nO edital da Universidade Federal do Rio Grande (UFRG) fixa o prazo.",
	"de0.txt":  "---\nlanguage: de\n---\nEin Flugblatt nennt die Sozialdemokratische Partei Deutschlands.",
	"de1.txt":  "---\nlanguage: de\n---\nDie Sozialdemokratische Partei Deutschlands beschließt im Juni ein Programm.",
}

// TestAcronyms: an acronym finds what it is short for in the texts, where they define it or leave
// no doubt, and says so.
func TestAcronyms(t *testing.T) {
	l := open(t)
	l.put(t, guild, acronymTexts)
	tests := []struct{ question, first, equal string }{
		{"Quand le PS adopte-t-il ses statuts ?", "fr1.txt", "PS→Parti socialiste"},
		{"quand le ps adopte ses statuts", "fr1.txt", "ps→Parti socialiste"},
		{"Quand le P.S. adopte-t-il ses statuts ?", "fr1.txt", "P.S→Parti socialiste"},
		{"La chute du PIB surprend-elle ?", "fr5.txt", "PIB→produit intérieur brut"},
		{"la chute du pib surprend", "fr5.txt", "pib→produit intérieur brut"},
		{"Devant quoi la SDN échoue-t-elle ?", "fr7.txt", "SDN→Société des Nations"},
		{"Que crée la SDN à Genève ?", "fr6.txt", ""}, // found as typed
		{"What does the UMC oppose?", "en1.txt", "UMC→United Methodist Church"},
		{"When was the pier rebuilt after WWII?", "en2.txt", "WWII→World War II"},
		{"What did the lighthouse have before WWI?", "en3.txt", "WWI→World War I"},
		{"Which tariff of the EU applies to oranges?", "en5.txt", "EU→European Union"},
		{"¿Dónde nace el APRA?", "es1.txt", "APRA→Alianza Popular Revolucionaria Americana"},
		{"Wann beschließt die SPD ein Programm?", "de1.txt", "SPD→Sozialdemokratische Partei Deutschlands"},

		{"Who pays the telescope, the NSF?", "en12.txt", "NSF→National Science Foundation"},
		{"dónde nace el apra", "es1.txt", ""},                     // in small letters, once
		{"le ps aide les cheminots", "fr8.txt", ""},               // in small letters, and beside nothing that is asked
		{"Qui occupe le chantier, le FO ?", "fr11.txt", ""},       // two letters, in two passages
		{"Que font les GB au bassin ?", "fr12.txt", ""},           // at the head of sentences
		{"Which boats call at ABCD?", "en10.txt", ""},             // words of a list
		{"Which BRCROOT boats call?", "en10.txt", ""},             // too long
		{"Who refused NP for physics?", "en8.txt", ""},            // another NP stands in the texts
		{"Qui rejoint la CGT ?", "fr8.txt", ""},                   // the texts have two of them, a third of which is no acronym
		{"Who dipped a pen in ink at the pier?", "en2.txt", ""},   // ink is no Isaac Newton Kingsley
		{"Qui est Ps le peintre des voiliers ?", "fr3.txt", ""},   // it is written as no acronym is
		{"Le BCG protège-t-il les cheminots ?", "fr8.txt", ""},    // of which no text speaks
		{"Le MC des militants, qui est-ce ?", "fr2.txt", ""},      // a number
		{"Que font les membres de l'ADHÉSION ?", "", ""},          // too long for an acronym
		{"Les statuts du Parti socialiste ?", "fr1.txt", ""},      // in full
		{"Un paquebot de la C. G. T. (Cie)", "fr9.txt", ""},       // neither is told here
		{"Quels sont les statuts de la PQS ?", "fr1.txt", ""},     // of which no text speaks
		{"Where is the sin of the lighthouse?", "en3.txt", ""},    // a word like any other
		{"Welche Punkte hat die Allianz in ES?", "", ""},          // a stop word
		{"O prazo do edital da UFRG", "pt2.txt", ""},              // as typed
		{"Quem oferece bolsas, a UFRG?", "pt1.txt", ""},           // as typed, though behind other words
		{"Quelle réforme Paris souhaite-t-elle ?", "fr1.txt", ""}, // in full
		{"Qui peint des voiliers, est-ce un PQ ?", "fr3.txt", ""}, // of which no text speaks
		{"Which county does the umc oppose gambling in?", "en1.txt", "umc→United Methodist Church"},
	}
	for _, test := range tests {
		first, equal := l.equal(t, retrieval.Query{Text: test.question, Access: corpus.Everything(guild)})
		if first != test.first || equal != test.equal {
			t.Errorf("%s: finds %q and also %q, want %q and %q", test.question, first, equal, test.first, test.equal)
		}
	}
}

// equal returns the document of the first excerpt, and which terms are equal.
func (l *library) equal(t *testing.T, q retrieval.Query) (first, equal string) {
	found, err := l.Search(t.Context(), q, l.Store)
	check(t, err)
	if len(found.Excerpts) > 0 {
		first = found.Excerpts[0].Document.Name
	}
	var also []string
	for _, r := range found.Equal {
		also = append(also, r.Typed+"→"+r.Read[0])
	}
	return first, strings.Join(also, ", ")
}

// TestAcronymsElsewhere: what can't be seen tells no acronym, and the glossary of the guild goes
// before the texts.
func TestAcronymsElsewhere(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"open.txt":   "---\nlanguage: fr\n---\nLe comité vote la dissolution en juin. L'Office du blé est créé.",
		"secret.txt": "---\nlanguage: fr\ncourse: tutors\n---\nL'Office du blé (OB) vote la dissolution en juillet.",
	})
	question := retrieval.Query{Text: "Quand l'OB vote-t-il la dissolution ?", Access: corpus.Everything(guild)}
	if _, equal := l.equal(t, question); equal != "" {
		t.Errorf("equal is %s, which stands beside what was typed", equal)
	}
	question.Text = "Quand l'OB est-il créé ?"
	if first, equal := l.equal(t, question); first != "open.txt" || equal != "OB→Office du blé" {
		t.Errorf("finds %s with %s, want open.txt by OB→Office du blé", first, equal)
	}
	question.Access = corpus.AllBut(guild, "tutors")
	if _, equal := l.equal(t, question); equal != "" {
		t.Errorf("equal is %s by a text that can't be seen", equal)
	}
	question.Access = corpus.Everything(guild)
	question.Glossary = retrieval.NewGlossary([][]string{{"OB", "comité"}})
	if _, equal := l.equal(t, question); equal != "OB→comité" {
		t.Errorf("equal is %q, want what the glossary says", equal)
	}
}

// TestHiddenWordsRaiseNoDoubt: a word of a text that can't be seen does not change how sure the
// others are.
func TestHiddenWordsRaiseNoDoubt(t *testing.T) {
	l := open(t)
	question := retrieval.Query{Text: "L'OTAN transporte quoi par lecanal, Zebulon ?", Access: corpus.AllBut(guild, "tutors")}
	l.put(t, guild, map[string]string{
		"a.txt": "---\nlanguage: fr\n---\nL'OTAN transporte du sel par le canal.",
		"b.txt": "---\nlanguage: fr\n---\nL'OTAN transporte du vin.",
		"c.txt": "---\nlanguage: fr\n---\nLe canal gèle en hiver, l'OTAN transporte moins.",
	})
	before, err := l.Search(t.Context(), question, l.Store)
	check(t, err)
	l.put(t, guild, map[string]string{"secret.txt": "---\nlanguage: fr\ncourse: tutors\n---\nZebulon dort."})
	after, err := l.Search(t.Context(), question, l.Store)
	check(t, err)
	if before.Signals.Doubtful || after.Signals.Doubtful {
		t.Errorf("doubtful is %t before and %t after, want neither", before.Signals.Doubtful, after.Signals.Doubtful)
	}
}

// TestNoAcronyms: where a whole question is in capitals these tell nothing, and a word of chats is
// no acronym.
func TestNoAcronyms(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "---\nlanguage: fr\n---\nVers midi Robert ouvrit immédiatement la porte. Le roi dort au palais.",
		"b.txt": "---\nlanguage: fr\n---\nPuis Robert ouvrit immédiatement la lettre. Le roi signe la paix.",
		"c.txt": "---\nlanguage: fr\n---\nHerriot dirige le Parti radical.",
		"d.txt": "---\nlanguage: fr\n---\nEn juin, le Parti radical vote contre Herriot.",
		"e.txt": "---\nlanguage: fr\n---\nPourtant le Parti radical quitte Herriot.",
	})
	for _, text := range []string{"QUI EST LE ROI DE LA PAIX ?", "que propose herriot pr l'école"} {
		if _, equal := l.equal(t, retrieval.Query{Text: text, Access: corpus.Everything(guild)}); equal != "" {
			t.Errorf("%s: equal is %s", text, equal)
		}
	}
}
