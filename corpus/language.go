package corpus

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// functionWords are frequent words of each language, with and without accents. Those
// that languages share speak for each of them.
var functionWords = map[string]map[string]bool{
	"fr": set(strings.Fields(`le la les l un une des du de d à au aux et en est a il elle ils elles on qui que qu quoi
		où ou pas ne n ni sur dans pour par avec sans sont été ete était etait son sa ses ces ce cet cette leur leurs nous
		vous je tu se s y quel quelle quels quelles pourquoi comment combien quand lequel laquelle avant après apres entre
		c j t m pk qd koi ca ça ont fut était être etre fait mais comme plus donc lors dont`)...),
	"es": set(strings.Fields(`el la los las un una unos unas de del y e en es a al que qué quien quién quienes quiénes cuando
		cuándo cual cuál cuales cuáles donde dónde como cómo cuanto cuánto cuantos cuántos cuanta cuanta cuantas cuántas por
		para porque con sin fue son era su sus se no lo más mas pero este esta esto entre sobre hizo fueron tiene`)...),
	"en": set(strings.Fields(`the a an of and is was were are be been what who whom whose when where why how which did does do
		in on at to for with without from by that this these those has have had it its his her their they he she not many
		much can about between after before as or`)...),
	"de": set(strings.Fields(`der die das den dem des ein eine einen einem einer und ist sind war waren wurde wer wen wem wann
		warum wie wo was von vom mit ohne nicht auf für fuer in im zu zum zur bei aus nach über welche welcher welches hat
		sich es er sie`)...),
	"it": set(strings.Fields(`il lo la i gli le l un uno una di del della delle dei degli d e ed in nel nella è a al alla che chi
		cosa quando dove come perché perche quale quali quanto quanti quante per con senza non si sono stato era fu suo sua
		più piu ma da dal dalla su sul`)...),
	"pt": set(strings.Fields(`o a os as um uma uns umas de do da dos das e é em no na nos nas ao à que quem quando onde como
		qual quais quanto quantos quantas por porque para com sem não nao foi são sao era seu sua se mais mas ou`)...),
}

// frequent are the languages that a short text is taken to be in, if any.
var frequent = map[whatlanggo.Lang]bool{
	whatlanggo.Fra: true, whatlanggo.Spa: true, whatlanggo.Eng: true,
	whatlanggo.Deu: true, whatlanggo.Ita: true, whatlanggo.Por: true,
}

// sampleBytes is how much of a text is looked at for its language.
const sampleBytes = 20_000

// shortBytes is the length below which trigrams of letters take names for words of
// any language.
const shortBytes = 200

// Language returns the ISO 639-1 code of the language that most of a text is in,
// or "" when it can't be told, as for one word. It is meant for questions as well
// as for documents.
func Language(text string) string {
	if len(text) > sampleBytes {
		text = strings.ToValidUTF8(text[:sampleBytes], "")
	}
	if code, sure := byFunctionWords(text); sure {
		return code
	}
	var options whatlanggo.Options
	if len(text) < shortBytes {
		options.Whitelist = frequent
	}
	info := whatlanggo.DetectWithOptions(text, options)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// byFunctionWords returns the language with the most function words in text; it is
// sure of it when no other language has as many.
func byFunctionWords(text string) (code string, sure bool) {
	counts := map[string]int{}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for lang, words := range functionWords {
			if words[w] {
				counts[lang]++
			}
		}
	}
	best, second := 0, 0
	for lang, n := range counts {
		if n > best {
			code, best, second = lang, n, best
		} else if n > second {
			second = n
		}
	}
	return code, best > second
}
