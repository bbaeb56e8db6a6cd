package answers_test

import (
	"testing"

	"verbatim/answers"
)

// TestDoubtfulReading: a reply says "perhaps" where a word of the question was read as one that
// perhaps was not meant, and not where it surely was.
func TestDoubtfulReading(t *testing.T) {
	l := open(t)
	for name, text := range map[string]string{
		"canal.txt":   "---\nlanguage: fr\n---\nLe canal transporte du sel et du vin depuis 1642.",
		"plantes.txt": "---\nlanguage: fr\n---\nLes plantes ouvrent leurs stomates le matin, quand la lumière revient.",
		"stone.txt":   "---\nlanguage: en\n---\nThe quarry sold granite to the builders of the harbour.",
		"conseil.txt": "---\nlanguage: fr\n---\nLe parlement vote le budget à la fin du mois de décembre.",
	} {
		l.put(t, name, text)
	}
	for question, firm := range map[string]bool{
		"Qui est Levin ?":                         false, // le vin
		"Que transporte le canal depuis 1642 ?":   true,
		"Comment planter des tomates ?":           false, // stomates
		"Qu'est-ce que la gravité ?":              false, // granite
		"Quand le parlment vote-t-il le budget ?": true,
		"quand leparlement vote t il le budget":   true,
		"Que transporte lecanal depuis 1642 ?":    true,
		"When did the quarry sell granit?":        true,
	} {
		r := l.ask(t, question)
		if isFirm := r.Outcome == answers.Excerpts && !r.Hedged; isFirm != firm {
			t.Errorf("%s: firm is %t at %.2f, want %t", question, isFirm, r.Confidence, firm)
		}
	}
}
