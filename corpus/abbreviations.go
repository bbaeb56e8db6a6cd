package corpus

import (
	"maps"
	"slices"
	"strings"
)

// abbreviations are words, in lower case and without their last stop, with a stop
// that need not end a sentence. A word needs no place here if it never precedes a
// capital or a number inside a sentence, as etc., ecc. and usw., or Ud. and approx.:
// before a small letter no stop ends a sentence. Nor do initials, a single small
// letter, letters with stops between them (U.S., S.F.I.O.) and words without a vowel
// (Hrsg.): these end one before a capitalised function word only, as if they stood in
// either.
type abbreviations struct {
	languages []string        // whose function words open a sentence
	before    map[string]bool // stand before something, and end no sentence: M., cf., z. B.
	either    map[string]bool // end one only before a capitalised function word: St., U.S.
	numbered  map[string]bool // end none before a number; else they are words: no. 5, Art. 3
	ordinals  bool            // "3." before a capital is an ordinal
}

// abbreviationsOf returns the abbreviations that count in a language, or in all if it
// is not one of them. Numbered ones count in every language: notes cite in all.
func abbreviationsOf(language string) *abbreviations {
	if a := byLanguage[language]; a != nil {
		return a
	}
	return byLanguage[""]
}

var byLanguage = joinTables()

func joinTables() map[string]*abbreviations {
	all := abbreviations{before: map[string]bool{}, either: map[string]bool{}, numbered: map[string]bool{}}
	all.languages = slices.Sorted(maps.Keys(tables))
	for _, t := range tables {
		maps.Copy(all.before, t.before)
		maps.Copy(all.either, t.either)
		maps.Copy(all.numbered, t.numbered)
	}
	maps.Copy(all.before, common.before)
	maps.Copy(all.either, common.either)
	maps.Copy(all.numbered, common.numbered)
	for w := range words(alsoWords) {
		delete(all.before, w)
		delete(all.either, w)
	}
	joined := map[string]*abbreviations{"": &all}
	for code, t := range tables {
		joined[code] = &abbreviations{
			languages: []string{code},
			before:    union(t.before, common.before),
			either:    union(t.either, common.either),
			numbered:  all.numbered,
			ordinals:  code == "de",
		}
	}
	return joined
}

func union(a, b map[string]bool) map[string]bool {
	both := maps.Clone(a)
	maps.Copy(both, b)
	return both
}

// alsoWords are abbreviations of one language that are words of another: they don't
// count in a text of unknown language.
const alsoWords = `on es ten rag max min dir pe imp intro anm st`

// A table is what one language adds.
type table struct{ before, either, numbered map[string]bool }

// common are scholars' abbreviations, and titles, that every language uses.
var common = table{
	before:   words(`cf op loc dr prof vs ed eds trad transl hrsg hg`),
	either:   words(`al cit ibid id st ph.d`),
	numbered: words(`p pp vol t n nn no nr nos fig cap chap art ms mss v vv c col f ff fol ll bd ca circa ed max min`),
}

var tables = map[string]table{
	// French: titles, references, dates (av. J.-C., apr. J.-C.).
	"fr": {
		before: words(`m mm mme mmes mlle mlles mgr pr vve st ste sts stes voy av apr dir éds
			coll préf p.ex ex c.-à-d c.à.d i.e resp env tél bd boul gén cdt lt col sgt`),
		either:   words(`j.-c j.c s.a p.-s n.d.l.r suiv éd réf adj anc cap imp intro`),
		numbered: words(`art al chap ch sect par paragr liv tit fasc doc fol pl tabl tab vers env janv févr fév avr juil sept oct nov déc num éd`),
	},
	// Spanish: titles, courtesy, references; EE. UU. and a. C. may end a sentence.
	"es": {
		before: words(`ee sr sra sres sras srta d dª dña dra dres lic ing arq prof profa gral cnel
			cmdt tte sto sta fr p.ej p.e ej vid cfr comp comps dir coord pdte pres av avda ntra mons excmo ilmo`),
		either:   words(`ee.uu uu a.c d.c j.c rr.hh ff.aa cc.oo s.a s.l c.ía cía hnos esq dpto depto prov cap`),
		numbered: words(`pág págs pag pags núm núms num nums art arts cap caps lám fig vol vols tít inc párr ap secc sec t aprox máx mín ene feb abr jun jul ago sep sept set oct nov dic lib fol hab`),
	},
	// English: titles, references, months, places.
	"en": {
		before: words(`mr mrs ms messrs mx rev hon gen col capt cpt cmdr lt sgt maj adm gov sen rep pres
			fr e.g i.e eg ie viz trans comp mt ft supt insp det amb sec`),
		either: words(`u.s u.k u.s.a u.s.s.r u.n d.c a.m p.m b.c a.d b.c.e c.e m.a b.a jr sr inc ltd co corp bros
			ave blvd rd dept univ est assn`),
		numbered: words(`no nos pp pg fig figs vol vols ch chap chaps sec sect art arts par para app eq tab bk pt ser approx
			jan feb mar apr jun jul aug sep sept oct nov dec ca c fl b d`),
	},
	// German: ordinals are apart (ordinals); z. B., d. h. and their like precede nouns.
	"de": {
		before: words(`hr hrn fr frl dipl ing med phil jur rer nat habil h.c st z.b d.h d.i u.u v.a i.d.r
			m.e o.ä u.ä i.e.s s.o s.u i.a z.t z.zt a.a.o bzw vgl ca sog insb insbes bes evtl ggf inkl exkl einschl gegr geb gest
			verh übers verf bearb ehem dt engl frz russ span ital lat griech amerik sowj kath ev röm
			gen col lt hptm maj präs vors lfd allg betr max min mind zit`),
		either: words(`u.a n.chr v.chr chr u.s.w u.s.f u.v.a u.v.m a.d o.g str pl jh jhs jhd mio mrd tsd std jr jun sen
			co gmbh abt aufl kgl staatl o.j o.o ebd ebda anm ders diss`),
		numbered: words(`nr s bd bde kap abs art abb tab taf ziff rn rdnr anm nrn h z sp bl jg jgg heft aufl lfg par
			jan febr feb mär apr jun jul aug sept sep okt nov dez tel jh`),
	},
	// Italian: titles, references; ecc. may end a sentence and stands nowhere here.
	"it": {
		before: words(`sig sigg sig.ra sig.na sigra dott dott.ssa prof.ssa avv ing arch geom sen mons card
			gen col magg serg gr.uff cav comm p.es cfr vd dir introd ss s d egr
			gent spett n.b`),
		either: words(`a.c d.c c s.p.a s.r.l p.zza p.za v.le c.so f.lli u.s.a segg sgg sg seg es on rag ten cap`),
		numbered: words(`pag pagg p art artt cap capp n nn num vol voll fig figg tav tavv sec secc lib par parr fasc
			gen genn feb febbr mar apr mag giu lug ag sett set ott nov dic all t`),
	},
	// Portuguese: titles, courtesy, references; séc. precedes a numeral.
	"pt": {
		before: words(`sr sra srs sras srta sr.ª sr.as dra drs dras dr.ª profa profs prof.ª eng engº eng.º arq
			exmo exma ilmo ilma d pe fr sto sta s gen gal cel maj alm p.ex ex cfr vid
			org orgs coord av pç mons min dep sen gov pres v`),
		either: words(`a.c d.c c e.u.a eua s.a ltda cia lda v.ex.ª v.ex cap ten segs seg p.s dept fls`),
		numbered: words(`pág págs pag pags p pp núm num n n.º nº art arts cap caps vol vols fig figs séc sécs sec inc tít t aprox máx mín
			liv lib tab par jan fev mar abr mai jun jul ago set out nov dez fl fls al`),
	},
}

// measures are words without a vowel, or one letter, that are written without a stop.
var measures = words(`m km dm cm mm kg mg ml cl dl hl kw mw kb mb gb hz khz mhz`)

// nameParts are function words that are also parts of names, as in J. La Fontaine,
// and don't open a sentence behind an initial.
var nameParts = words(`le la les las los el l lo de del della delle degli dei di d da do das dos des du der den die van von`)

// ordinalNouns follow German ordinals in texts of unknown language too.
var ordinalNouns = words(`januar jänner februar märz april mai juni juli august september oktober november dezember
	jahrhundert jahrhunderts weltkrieg weltkriegs weltkrieges kongress kongresses parteitag parteitags`)

// words returns the set of words in a list.
func words(list string) map[string]bool { return set(strings.Fields(list)...) }

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
