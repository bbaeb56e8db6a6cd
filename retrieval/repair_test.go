package retrieval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// readings returns what the words of a question were read as, as "typed→one/other".
func (l *library) readings(t *testing.T, access corpus.Access, text string) []string {
	t.Helper()
	result, err := l.Search(t.Context(), retrieval.Query{Text: text, Access: access}, l.Store)
	check(t, err)
	var all []string
	for _, r := range result.SearchedAlso {
		all = append(all, r.Typed+"→"+strings.Join(r.Read, "/"))
	}
	return all
}

// courses are texts to be asked about as students type.
var courses = map[string]map[string]string{
	"fr": {
		"a.txt": "Le général Kornilov marche sur Petrograd. La Révolution russe est en danger.",
		"b.txt": "L'histoire de l'Internationale commence à Londres. Les ouvriers y débattent de la grève générale.",
		"c.txt": "La conférence se tient à Buenos Aires en 1929. Les délégués péruviens envoient leurs thèses.",
		"d.txt": "Au XVIIIe siècle, la bourgeoisie s'enrichit. En 1917, l'usine compte 1248 ouvriers.",
		"e.txt": "La coopérative vend du pain. Le syndicat, lui, organise une manifestation.",
	},
	"es": {
		"a.txt": "Mariátegui fundó la revista Amauta en Lima. La revista publicó ensayos sobre el indígena.",
		"b.txt": "El congreso discutió la reforma agraria y la propiedad de la tierra de los campesinos.",
	},
	"en": {
		"a.txt": "The government dissolved the assembly. Workers elected a council in Petrograd.",
		"b.txt": "Kerensky fled from the palace. The railway union called a strike against the ministers.",
	},
	"it": {"a.txt": "Lo sciopero di Torino finisce in settembre. L'Internazionale manda un delegato, J. M. Bruni."},
	"pt": {"a.txt": "O sindicato apoiou a greve de São Paulo contra o governo."},
	"de": {
		"a.txt": "Der Arbeiterrat wurde in München gegründet. Die Regierung verließ die Hauptstadt.",
		"b.txt": "Rosa Luxemburg schrieb über den Massenstreik und die Gewerkschaften in Straßburg.",
	},
}

// openCourses opens a library where each language is a guild.
func openCourses(t *testing.T) *library {
	l := open(t)
	for language := range courses {
		l.put(t, language, marked(language))
	}
	return l
}

// marked returns the texts in a language, which each say that they are.
func marked(language string) map[string]string {
	texts := map[string]string{}
	for name, text := range courses[language] {
		texts[name] = "---\nlanguage: " + language + "\n---\n" + text
	}
	return texts
}

func TestReadings(t *testing.T) {
	tests := []struct{ language, question, want string }{
		// As it should be: nothing to read otherwise.
		{"fr", "Qui était le général Kornilov ?", ""},
		{"fr", "qui etait le general kornilov", ""},
		{"fr", "LA REVOLUTION RUSSE", ""},
		{"fr", "les internationales", ""}, // another form of a word that they hold
		// An apostrophe left out.
		{"fr", "lhistoire de linternationale", "lhistoire→histoire linternationale→Internationale"},
		// Two words as one, and one as two.
		{"fr", "larevolution russe", "larevolution→Révolution"},
		{"fr", "la révolutionrusse", "révolutionrusse→Révolution russe"},
		{"fr", "l'inter nationale", "inter nationale→Internationale"},
		{"fr", "les ouv riers", "ouv riers→ouvriers"},
		{"es", "la reformaagraria", "reformaagraria→reforma agraria"},
		{"en", "therailway", "therailway→railway"},
		{"de", "der Massen streik", "Massen streik→Massenstreik"},
		// One letter wrong from four letters on, two from eight on.
		{"fr", "kornilof", "kornilof→Kornilov"},
		{"fr", "le syndiact", "syndiact→syndicat"},
		{"fr", "la manifestacion", "manifestacion→manifestation"},
		{"fr", "manifestassion", "manifestassion→manifestation"},
		{"fr", "kornnilof", "kornnilof→Kornilov"},
		{"fr", "pian", "pian→pain"},
		{"fr", "pin", ""},
		{"fr", "uxinne", ""},
		{"es", "mariategi y la revizta", "mariategi→Mariátegui revizta→revista"},
		{"en", "goverment of petrogard", "goverment→government petrogard→Petrograd"},
		{"it", "lo scioppero di tornio", "scioppero→sciopero tornio→Torino"},
		{"pt", "sindicatto em sao paullo", "sindicatto→sindicato paullo→Paulo"},
		{"de", "die gewerkschafen in strasburg", "gewerkschafen→Gewerkschaften strasburg→Straßburg"},
		{"en", "undissolved", ""}, // not its opposite
		// The first letter is wrong by a slip only, in short words.
		{"fr", "reve et bpain", "reve→grève"},
		{"fr", "oain", "oain→pain"},
		{"fr", "apin", "apin→pain"},
		{"fr", "gain", ""},
		// Numbers are what they are.
		{"fr", "en 1971 et 1918", ""},
		{"fr", "au XVIIe siècle, au xviiie et au XXe", ""},
		{"fr", "les 1249 ouvriers de 2917", ""},
		// Nor are initials others.
		{"it", "lo sciopero di J. W. Bruni", ""},
		{"it", "lo sciopero di J. M. Bruna", "Bruna→Bruni"},
		// Nothing like it.
		{"fr", "la photosynthèse", ""},
	}
	l := openCourses(t)
	for _, test := range tests {
		got := strings.Join(l.readings(t, corpus.Everything(test.language), test.question), " ")
		if got != test.want {
			t.Errorf("in %s %q is read %q, want %q", test.language, test.question, got, test.want)
		}
	}
}

// TestChatWords: words of chats, and stop words with an error, carry no meaning.
func TestChatWords(t *testing.T) {
	tests := []struct{ language, question, meaning string }{
		{"fr", "c koi la greve", "greve"},
		{"fr", "pk kornilov marche sur petrograd svp", "kornilov marche petrograd"},
		{"fr", "jsp ki vend du pain bcp dusine tt de meme", "vend pain dusine"},
		{"fr", "quest ce que cest quune usine", "usine"},
		{"fr", "pourqoui la greve", "greve"},
		{"fr", "commment marche kornilov", "marche kornilov"},
		{"fr", "par tout la greve, com ment", "greve"},
		{"es", "xq discutio el congreso la reforma", "discutio congreso reforma"},
		{"es", "q publico la revista x favor", "publico revista favor"},
		{"es", "tb la reforma pq", "reforma"},
		{"en", "wat did u call a strike pls", "call strike"},
		{"en", "whats the railway union", "railway union"},
		{"en", "why didnt kerensky call, whcih strike", "kerensky call strike"},
		{"de", "wat is n arbeiterrat vllt", "arbeiterrat"},
		{"it", "xke lo sciopero cmq nn finisce", "sciopero finisce"},
		{"it", "dove linternazionale", "linternazionale"},
		{"pt", "pq vc apoiou a greve tb", "apoiou greve"},
		{"fr", "pourquoi les ouvriers dela greve", "ouvriers greve"},
		{"en", "whatis the strike", "strike"},
		// Words that happen to be made of stop words, and capitals, are none.
		{"fr", "la greve en suisse", "greve suisse"},
		{"fr", "la greve en Suisse", "greve Suisse"},
		{"fr", "les centres, une greve et le monde", "centres greve monde"},
		{"fr", "les étés de greve, êtes", "étés greve"},
		{"fr", "la greve des Amis", "greve Amis"},
		{"en", "the mayor and the strike", "mayor strike"},
		{"it", "la perla, lo sciopero", "perla sciopero"},
		{"de", "der Diesel im Arbeiterrat", "Diesel Arbeiterrat"},
		// Words like a stop word are none where no slip of the fingers makes one of the other,
		{"fr", "la dette et la greve", "dette greve"},
		{"fr", "le jour de la greve des hommes", "jour greve hommes"},
		{"en", "the name of the world strike", "name world strike"},
		{"it", "il costo dello sciopero", "costo sciopero"},
		// nor where they are frequent words.
		{"fr", "le vote et la greve", "vote greve"},
		{"en", "the form of the strike", "form strike"},
		{"es", "el perro del congreso", "perro congreso"},
		{"pt", "a mesa do governo", "mesa governo"},
		// A slip: two letters swapped, one lost, doubled, or its neighbour on the keyboard.
		{"fr", "la greve ppour qulle raison, dnas une usine, cettr usine", "greve raison usine"},
		{"en", "whcih strike, wherre, whee and wjen", "strike"},
		{"fr", "uand est-ce, le but de la greve, la soie et les parcs", "but greve soie parcs"}, // a letter lost; words of their own
	}
	l := openCourses(t)
	for _, test := range tests {
		q := retrieval.Query{Text: test.question, Access: corpus.Everything(test.language)}
		result, err := l.Search(t.Context(), q, l.Store)
		check(t, err)
		if len(result.Excerpts) == 0 {
			t.Errorf("nothing found in %s for %q", test.language, test.question)
			continue
		}
		got := append(result.Excerpts[0].Found, result.Excerpts[0].Missing...)
		want := strings.Fields(test.meaning)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("in %s %q means %q, want %q", test.language, test.question, got, want)
		}
	}
}

// TestSlips: what a slip of the fingers makes of one word alone is read as that, whatever else
// is as like, and as two words only where one of these is likelier. Words of which the texts
// hold other forms, and short ones, are what they are.
func TestSlips(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"1.txt": "---\nlanguage: fr\n---\nLe traité fixe la retraite. Les Romains lisent des romans.",
		"2.txt": "---\nlanguage: fr\n---\nLes jésuites visitent trois sites. La Chine achète une machine, et la Chine vend.",
		"3.txt": "---\nlanguage: fr\n---\nLe paysan russe garde le parc. La CGTP est un syndicat du Pérou, seul à la page, et la Chine aussi.",
		"4.txt": "---\nlanguage: en\n---\nThe desert of Africa is dry. The desserts of Africa are sweet.",
	})
	for question, want := range map[string]string{
		"la rtraite":             "rtraite→retraite", // not traité
		"les romians":            "romians→Romains",  // not romans
		"les jésites":            "jésites→jésuites", // not je, sites
		"lachine":                "lachine→Chine",    // not machine
		"les parcs":              "",                 // not parce
		"the deserts of Africa":  "",
		"la CGT du Pérou":        "",
		"le prix du sel":         "",
		"l'âge du manuscrit":     "",
		"les paysans russes":     "",
		"what is the oil, which": "",
	} {
		if got := strings.Join(l.readings(t, corpus.Everything(guild), question), " "); got != want {
			t.Errorf("%q is read %q, want %q", question, got, want)
		}
	}
	for question, want := range map[string]string{"les parcs": "parcs", "les paysans russes": "paysans russes"} {
		result, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if got := strings.Join(result.Excerpts[0].Found, " "); got != want {
			t.Errorf("%q finds %q, want %q", question, got, want)
		}
	}
}

// TestReadingsAreFound: a question with an error ranks what it would rank without.
func TestReadingsAreFound(t *testing.T) {
	l := open(t)
	l.put(t, guild, marked("fr"))
	tests := []struct{ question, want string }{
		{"kornilof", "a.txt"},
		{"larevolution", "a.txt"},
		{"linternationale", "b.txt"},
		{"deleges peruviens", "c.txt"},
		{"lusine", "d.txt"},
		{"coperative", "e.txt"},
	}
	for _, test := range tests {
		if got := l.first(t, test.question); got != test.want {
			t.Errorf("first for %q is %q, want %q", test.question, got, test.want)
		}
	}
}

// TestPreciseAboveRepaired: a passage with a word as it was typed stands above one with a
// word that another was read as.
func TestPreciseAboveRepaired(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"1.txt": "---\nlanguage: fr\n---\nLe congrès de Kornilov est bref.",
		"2.txt": "---\nlanguage: fr\n---\nLe congrès de Bordeaux est bref.",
		"3.txt": "---\nlanguage: fr\n---\nLe congrès de Grenoble est bref.",
	})
	for _, question := range []string{"kornilof bordeaux", "kornilof grenoble", "bordeaux grenovle"} {
		precise := map[bool]string{true: "2.txt", false: "3.txt"}[strings.Contains(question, "bordeaux")]
		if got := l.ranking(t, corpus.Everything(guild), question); len(got) < 2 || !strings.HasPrefix(got[0], precise) {
			t.Errorf("ranking of %q is %q, want %s first", question, got, precise)
		}
	}
}

// TestRepairedWordsCountLess: what another word stands for counts for less than what was
// typed: little less where it surely was meant, half where it may be another word. A lost
// apostrophe leaves no such doubt.
func TestRepairedWordsCountLess(t *testing.T) {
	l := open(t)
	l.put(t, guild, marked("fr"))
	l.put(t, guild, map[string]string{"names.txt": "---\nlanguage: fr\n---\nLe ministre Zorine démissionne. Le préfet Bujold arrive avec Kalinovski. La population de l'Indre diminue."})
	signals := func(question string) retrieval.Signals {
		result, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		return result.Signals
	}
	if with, without := signals("l'usine compte"), signals("lusine compte"); with != without {
		t.Errorf("signals with an apostrophe are %+v, without it %+v", with, without)
	}
	tests := []struct {
		typed, meant string
		sure         bool
	}{
		{"Où marche Kornilof ?", "Où marche Kornilov ?", true}, // long enough
		{"la manifestatoin du syndicat", "la manifestation du syndicat", true},
		{"Que fait Zroine ?", "Que fait Zorine ?", true},  // a slip
		{"Que fait Zorane ?", "Que fait Zorine ?", false}, // none
		{"Que fait Orine ?", "Que fait Zorine ?", false},  // at its beginning
		{"le ministre Orine", "le ministre Zorine", true}, // beside another word of its passage
		{"le ministre Zorane", "le ministre Zorine", false},
		{"la population de l'Inde", "la population de l'Indre", false}, // another name
		{"Où est Kalinowskj ?", "Où est Kalinovski ?", false},
	}
	for _, test := range tests {
		exact, repaired := signals(test.meant), signals(test.typed)
		share := repaired.Coverage / exact.Coverage
		if lacking := repaired.NamesMissing; share >= 1 || test.sure != (share > 0.8) || !test.sure && share < 0.4 ||
			exact.NamesMissing != 0 || lacking > 0.5 || test.sure && lacking > 0.1 {
			t.Errorf("%s covers %.2f of %s, and lacks %.2f of names", test.typed, share, test.meant, lacking)
		}
	}
}

// TestMisspeltWordsWeighWhatTheyMean: a frequent word that is misspelt beyond doubt and that the
// best passage lacks is no reason to doubt that passage, for no rare word is missing.
func TestMisspeltWordsWeighWhatTheyMean(t *testing.T) {
	l := open(t)
	texts := map[string]string{"shop.txt": "---\nlanguage: en\n---\nThe cobbler Hawkins mended boots in Ludlow."}
	for i := range 20 {
		texts[fmt.Sprint(i, ".txt")] = "---\nlanguage: en\n---\nThis is the document about number " + fmt.Sprint(i) + "."
	}
	l.put(t, guild, texts)
	coverage := func(question string) float64 {
		result, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		return result.Signals.Coverage
	}
	for typed, meant := range map[string]string{
		"Which document has the cobbler of Ludlow?":  "Which document has the cobbler of Ludlow?",
		"Which docuemnt has the cobbler of Ludlow?":  "Which document has the cobbler of Ludlow?",
		"which documnet has the cobbler of ludlow":   "which document has the cobbler of ludlow",
		"Which documents has the cobler of Ludlow ?": "Which documents has the cobbler of Ludlow ?",
	} {
		if got, want := coverage(typed), coverage(meant); got < 0.9*want {
			t.Errorf("%s covers %.2f, but %s %.2f", typed, got, meant, want)
		}
	}
}

// TestReadingsObeyAccess: no word of another guild or of a course that can't be seen is
// read, shown or known.
func TestReadingsObeyAccess(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "---\ncourse: A\nlanguage: fr\n---\nLe général Kornilov marche, Denikine aussi.",
		"b.txt": "---\ncourse: B\nlanguage: fr\n---\nLe général Korniloff recule. Kornilaf, Kornilef, Kornilif et Kornulof aussi, et Denikine.",
	})
	l.put(t, "g2", map[string]string{"c.txt": "Le maréchal Kornilow parade. Le général aussi."})
	tests := []struct {
		access         corpus.Access
		question, want string
	}{
		{corpus.Everything(guild), "kormilov", "kormilov→Kornilov"},
		{corpus.Only(guild, "A"), "le général kornilof", "kornilof→Kornilov"},
		{corpus.Only(guild, "A"), "le général korniloff", "korniloff→Kornilov"}, // which course B holds
		{corpus.Only(guild, "B"), "le général kornilov", "kornilov→Kornilaf/Kornilef/Kornilif"},
		{corpus.Only(guild, "A"), "denikyne", "denikyne→Denikine"},
		{corpus.Only(guild, "B"), "denikyne", "denikyne→Denikine"},
		{corpus.Only(guild, "C"), "le général kornilov", ""},
		{corpus.Everything("g2"), "le général kornilov", "kornilov→Kornilow"},
		{corpus.Everything("g3"), "kornilov", ""},
	}
	for _, test := range tests {
		if got := strings.Join(l.readings(t, test.access, test.question), " "); got != test.want {
			t.Errorf("%+v reads %q as %q, want %q", test.access, test.question, got, test.want)
		}
		near, err := l.Near(t.Context(), retrieval.Query{Text: test.question, Access: test.access}, l.Store)
		check(t, err)
		if _, want, _ := strings.Cut(test.want, "→"); strings.Join(near, "/") != want {
			t.Errorf("%+v has %q near %q, want %q", test.access, near, test.question, want)
		}
	}
}

// TestReadingsFollow: words come and go with the documents that hold them.
func TestReadingsFollow(t *testing.T) {
	l := open(t)
	everything := corpus.Everything(guild)
	expect := func(want ...string) {
		t.Helper()
		if got := l.readings(t, everything, "le général kornilof"); !slices.Equal(got, want) {
			t.Errorf("read as %q, want %q", got, want)
		}
	}
	l.put(t, guild, map[string]string{"a.txt": "Le général Denikine."})
	expect()
	l.put(t, guild, map[string]string{"b.txt": "Le général Kornilov."})
	expect("kornilof→Kornilov")
	d, err := l.DocumentNamed(t.Context(), everything, "b.txt")
	check(t, err)
	check(t, l.Remove(t.Context(), guild, d.ID))
	expect()
	l.put(t, guild, map[string]string{"c.txt": "Le général Kornilow."})
	expect("kornilof→Kornilow")
	l.reopen(t, func() { check(t, os.RemoveAll(l.dir)) })
	expect("kornilof→Kornilow")
}

// TestAnyQuestion: whatever is typed, there is a result, and what is said to be typed was.
func TestAnyQuestion(t *testing.T) {
	l := openCourses(t)
	pieces := strings.Fields("l d qu ' ’ - lhistoire Kornilov kornilof inter nationale révo lution 1917 xviii œuvre ñ Ω日 ß e\u0301 a b c koi Massenstreik")
	rapid.Check(t, func(r *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(pieces, " ", " ", strings.Repeat("ab", 40))), 0, 20).Draw(r, "text"), "")
		q := retrieval.Query{Text: text, Access: corpus.Everything(rapid.SampledFrom([]string{"fr", "en", "de"}).Draw(r, "guild"))}
		result, err := l.Search(t.Context(), q, l.Store)
		if err != nil {
			r.Fatal(err)
		}
		for _, s := range result.SearchedAlso {
			if !strings.Contains(norm.NFC.String(text), s.Typed) || len(s.Read) == 0 {
				r.Fatalf("%q is read as %+v", text, s)
			}
		}
		if _, err := l.Near(t.Context(), q, l.Store); err != nil {
			r.Fatal(err)
		}
	})
}

// TestNear: for a question without an answer there are words like those that the texts
// lack, also such as are too far to be read instead.
func TestNear(t *testing.T) {
	l := open(t)
	l.put(t, guild, marked("fr"))
	tests := []struct{ question, want string }{
		{"kornilof", "Kornilov"},
		{"syndica et manifestacion", "syndicat manifestation"},
		{"le greffe", "grève"},
		{"le greffe du tribunal", ""}, // which stands beside nothing that was asked
		{"greffe de Kornilov", ""},
		{"greffe et manifestation", ""},
		{"zzzyx", ""},
		{"bpain", ""},
		{"1916", ""},
		{"Kornilov", ""},
	}
	for _, test := range tests {
		near, err := l.Near(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if got := strings.Join(near, " "); got != test.want {
			t.Errorf("near %q is %q, want %q", test.question, got, test.want)
		}
	}
}

// BenchmarkRepair ranks questions of one word on a list of 25,000 words: what looking up a
// word costs is the difference to the first.
func BenchmarkRepair(b *testing.B) {
	l := open(b)
	random := rand.New(rand.NewPCG(1, 2))
	syllables := strings.Fields("ba co di fu ga le mi no pa ra se ti vo lan ter mon ver cra pli sur")
	var text strings.Builder
	for i := range 25_000 {
		for range 2 + random.IntN(4) {
			text.WriteString(syllables[random.IntN(len(syllables))])
		}
		fmt.Fprintf(&text, "%c ", 'a'+i%26)
		if i%60 == 59 {
			text.WriteString("fin.\n\n")
		}
	}
	l.put(b, guild, map[string]string{"a.txt": "---\nlanguage: und\n---\nLe général Kornilov.\n\n" + text.String()})
	rank := func(question string) {
		if _, err := l.Rank(b.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, 10, nil); err != nil {
			b.Fatal(err)
		}
	}
	rank("kornilof") // reads the texts and the list
	for _, question := range []string{"kornilov", "kornilof", "kernilof", "wxwxwxwx"} {
		b.Run(question, func(b *testing.B) {
			for b.Loop() {
				rank(question)
			}
		})
	}
}
