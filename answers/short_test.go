package answers_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// Notes on a town in two languages. Several speak of the same things, so that there is always more
// to quote than a reply needs.
var townNotes = map[string][]string{
	"fr": {
		"# Le pont de Brumes\n\nLe pont de Brumes fut inauguré par Louise Marchal le 4 juin 1871. Elle y planta un tilleul qui existe encore. On raconte que la pluie tomba sans cesse et que la fanfare joua quand même. Les arches furent refaites après la crue.",
		"# Le marché\n\nLe marché se tient le mardi devant la halle. On y vend du miel, du drap et des paniers. Un pont de bois, inauguré jadis, y menait par la rivière.",
		"# L'école\n\nL'école de filles ouvrit ses portes rue des Tanneurs. Louise Marchal y enseigna la botanique pendant vingt ans. Elle disait : « Une fleur nommée est une fleur gardée. » Ses élèves tenaient un herbier que la mairie conserve.",
		"# La crue\n\nLa crue de l'automne emporta deux moulins. La rivière monta parce que la digue du lac avait cédé. La digue avait cédé, car on avait retiré les pieux pour en faire du bois de chauffe. Le maire avait pourtant été prévenu. Il fallut trois ans pour tout rebâtir.",
		"# Les ponts de la vallée\n\nLa vallée compte neuf ponts. Celui de Brumes est le plus ancien. Les autres furent inaugurés plus tard, sans fanfare ni tilleul.",
		"# Les rues\n\nLes rues de Brumes portent des noms de métiers. La rue des Tanneurs longe la rivière. La place a un puits.",
	},
	"es": {
		"# El puente de Nieblas\n\nEl puente de Nieblas fue inaugurado por Luisa Marchal el 4 de junio de 1871. Ella plantó allí un tilo que aún existe. Cuentan que llovió sin cesar y que la banda tocó de todos modos. Los arcos se rehicieron tras la crecida.",
		"# El mercado\n\nEl mercado se celebra los martes ante la lonja. Se venden miel, paño y cestas. Un puente de madera, inaugurado antaño, llevaba hasta allí sobre el río.",
		"# La escuela\n\nLa escuela de niñas abrió sus puertas en la calle de los Curtidores. Luisa Marchal enseñó allí botánica durante veinte años. Ella decía: «Una flor nombrada es una flor guardada». Sus alumnas llevaban un herbario que el ayuntamiento conserva.",
		"# La crecida\n\nLa crecida de otoño se llevó dos molinos. El río subió porque el dique del lago había cedido. El dique había cedido, pues habían quitado las estacas para hacer leña. El alcalde estaba avisado. Hicieron falta tres años para reconstruirlo todo.",
		"# Los puentes del valle\n\nEl valle tiene nueve puentes. El de Nieblas es el más antiguo. Los otros fueron inaugurados más tarde, sin banda ni tilo.",
		"# Las calles\n\nLas calles de Nieblas llevan nombres de oficios. La calle de los Curtidores bordea el río. La plaza tiene un pozo.",
	},
}

// TestAnswersAreShort: a question that one sentence answers gets one quote or two, and not all that
// fits; the answer stands at the head, and with it who speaks or acts.
func TestAnswersAreShort(t *testing.T) {
	for language, asked := range map[string][]struct{ question, answer, who string }{
		"fr": {
			{"Quand le pont de Brumes fut-il inauguré ?", "4 juin 1871", "Le pont de Brumes"},
			{"Qui inaugura le pont de Brumes ?", "Louise Marchal", "Le pont de Brumes"},
			{"Combien de ponts compte la vallée ?", "neuf", "La vallée"},
			{"Qu'enseigna Louise Marchal ?", "la botanique", "Louise Marchal"},
			{"Que disait Louise Marchal ?", "Elle disait : « Une fleur nommée est une fleur gardée. »", "Louise Marchal"},
		},
		"es": {
			{"¿Cuándo fue inaugurado el puente de Nieblas?", "4 de junio de 1871", "El puente de Nieblas"},
			{"¿Quién inauguró el puente de Nieblas?", "Luisa Marchal", "El puente de Nieblas"},
			{"¿Cuántos puentes tiene el valle?", "nueve", "El valle"},
			{"¿Qué enseñó Luisa Marchal?", "botánica", "Luisa Marchal"},
			{"¿Qué decía Luisa Marchal?", "Ella decía: «Una flor nombrada es una flor guardada».", "Luisa Marchal"},
		},
	} {
		l := openTown(t, language)
		for _, q := range asked {
			r := l.ask(t, q.question)
			shown := 0
			for _, e := range r.Quotes {
				shown += utf8.RuneCountInString(e.Text)
			}
			if r.Confidence < 0.9 || len(r.Quotes) == 0 || len(r.Quotes) > 2 || shown > 300 {
				t.Errorf("%q: %d quotes of %d characters with confidence %.2f, want one or two of at most 300 with .9", q.question, len(r.Quotes), shown, r.Confidence)
				continue
			}
			if first := r.Quotes[0].Text; !strings.Contains(first, q.answer) || !strings.HasPrefix(first, q.who) || strings.Contains(first, "[…]") {
				t.Errorf("%q: the first quote is %q, want %q in it, and %q at its head", q.question, first, q.answer, q.who)
			}
		}
	}
}

// TestExplanationsAreLong: a question that wants an explanation gets the text as it goes on, however
// sure the reply is, and slight quotes too.
func TestExplanationsAreLong(t *testing.T) {
	for language, asked := range map[string]map[string]int{ // with how many quotes there are
		"fr": {"Pourquoi la digue du lac avait-elle cédé ?": 1, "Pourquoi la rivière monta-t-elle ?": 3},
		"es": {"¿Por qué había cedido el dique del lago?": 1, "¿Por qué subió el río?": 3},
	} {
		l := openTown(t, language)
		_, flood, _ := strings.Cut(townNotes[language][3], "\n\n")
		for question, quotes := range asked {
			if r := l.ask(t, question); r.Confidence < 0.9 || len(r.Quotes) != quotes || r.Quotes[0].Text != flood {
				t.Errorf("%q: quoted is %+v with confidence %.2f, want %d, the first all of %q", question, r.Quotes, r.Confidence, quotes, flood)
			}
		}
	}
}

// openTown opens a library of the notes on the town in a language.
func openTown(t *testing.T, language string) *library {
	t.Helper()
	l := open(t)
	for i, note := range townNotes[language] {
		l.put(t, fmt.Sprintf("%d.md", i), "---\nlanguage: "+language+"\n---\n"+note)
	}
	return l
}
