package analysis

import "strings"

// frenchInfinitive gives verbs in the endings that the stemmer does not know their
// infinitive: fondait, fonda, fondèrent. Nouns in -a become verbs that do not exist, in
// the singular and the plural alike, and do no harm.
func frenchInfinitive(word string) string {
	if frenchNouns[strings.TrimSuffix(word, "s")] {
		return word
	}
	for _, ending := range [...]string{"erent", "aient", "ait", "aits", "a", "as"} {
		stem, found := strings.CutSuffix(word, ending)
		if !found || len(stem) < 4 {
			continue
		}
		switch stem[len(stem)-1] {
		case 'a', 'e', 'o', 'u', 'y':
		case 'i': // étudiait, étudié; but Maria
			if ending[0] != 'a' || len(ending) > 2 {
				return stem + "e"
			}
		default:
			return stem + "er"
		}
	}
	return word
}

// frenchNouns end like verbs, and have feminine or plural forms that don't.
var frenchNouns = SetOf(`different indifferent adherent coherent incoherent inherent referent belligerent
	portrait extrait attrait retrait souhait abstrait distrait soustrait parfait imparfait bienfait satisfait stupefait`)
