package retrieval

import (
	"strings"

	"verbatim/retrieval/analysis"
)

// isSlip reports whether one word, without accents, may be typed for another by a slip of the
// fingers on the keyboard of a language: two neighbouring letters swapped, or one left out,
// doubled, or taken for one beside it.
func isSlip(language, typed, meant string) bool {
	i := 0 // the first letter that differs
	for i < len(typed) && i < len(meant) && typed[i] == meant[i] {
		i++
	}
	switch {
	case len(typed) == len(meant)+1:
		return i > 0 && typed[i] == typed[i-1] && typed[i+1:] == meant[i:]
	case len(typed)+1 == len(meant):
		return typed[i:] == meant[i+1:]
	case len(typed) != len(meant) || i == len(typed):
		return false
	}
	return isSwap(typed, meant, i) || besideOnKeyboard(language, typed[i], meant[i]) && typed[i+1:] == meant[i+1:]
}

// isSwap reports whether two letters from i on are swapped and the rest is the same.
func isSwap(typed, meant string, i int) bool {
	return len(typed) == len(meant) && i+1 < len(typed) &&
		typed[i] == meant[i+1] && typed[i+1] == meant[i] && typed[i+2:] == meant[i+2:]
}

// keyboards are the rows of letters, from the top, where they are not those of qwerty.
var (
	qwerty    = [...]string{"qwertyuiop", "asdfghjkl", "zxcvbnm"}
	keyboards = map[string][3]string{
		"fr": {"azertyuiop", "qsdfghjklm", "wxcvbn"},
		"de": {"qwertzuiop", "asdfghjkl", "yxcvbnm"},
	}
)

// besideOnKeyboard reports whether the keys of two letters touch. Each row stands half a
// key to the right of the one above.
func besideOnKeyboard(language string, x, y byte) bool {
	rows, found := keyboards[language]
	if !found {
		rows = qwerty
	}
	for i, row := range rows {
		at := strings.IndexByte(row, x)
		for j, other := range rows {
			to := strings.IndexByte(other, y)
			if at < 0 || to < 0 {
				continue
			}
			switch j - i {
			case 0:
				return to == at-1 || to == at+1
			case 1:
				return to == at-1 || to == at
			case -1:
				return to == at || to == at+1
			}
			return false
		}
	}
	return false
}

// headMayBeWrong is the length in letters from which on the first letter of a word may be wrong.
const headMayBeWrong = 6

// likeStops are frequent words, without accents, that a slip makes of a stop word.
var likeStops = map[string]analysis.Set{
	"fr": analysis.SetOf(`aise amis avis certain certaine combine durent encre entree etat fume fumee fusions lord lots mele
		note noter parc parcs pensant routes russes saut serie series soie soif soir somme tele toit tour vote voter`),
	"en": analysis.SetOf(`blow booth bring butt cold dies dome dose form gain hall hand hash hell herd hose info lets mode
		sake sane shed shell though three wash well whole`),
	"es": analysis.SetOf(`abra abre alto anda canta canto cono contar cuna cunado estado etnia lago misa muestra muestras ogro
		ogros pata peor perro pico pies seda seis series star tango tejido tener tenis toco toro tubo`),
	"de": analysis.SetOf(`bein bereit bereite datum dauer dienen diener dorf eben ehre ehren eier eimer erde erden essen fielen
		geben gehen geworfen harte harten innen kussen mann nichte orden reinen riesen satt solo start wahren warm warne
		wege wehen weinen weite werfen wesen wider willen wolken`),
	"it": analysis.SetOf(`anno auto avere coda conto daremo fare fata fato fede fumo mostra mostri mostro sanno sano sete sette
		sonno stanco stare state suolo tara teste vendo veste`),
	"pt": analysis.SetOf(`dito duas estaca festas forma maos maus mina minas mito osso ossos quilo seda seis serie serra
		sete termos terra vice`),
}
