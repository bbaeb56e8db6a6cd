package analysis

import "strings"

// strongVerbs adds to the forms of irregular words those of the strong verbs of German, but for
// those behind prefixes: each form finds the infinitive. What is in a line of the other table
// stays as it is there.
func (l *Language) strongVerbs() {
	a := analyzer{Language: &Language{code: l.code, base: l.base}}
	for line := range strings.Lines(germanStrongVerbs) {
		parts := strings.Fields(line)
		if len(parts) == 0 {
			continue
		}
		participle, all := parts[len(parts)-1], parts[:len(parts)-1]
		l.strongVerb(&a, append(all[:len(all):len(all)], "ge"+participle))
	}
}

// strongVerb adds the forms of a verb, of which the first is the infinitive.
func (l *Language) strongVerb(a *analyzer, forms []string) {
	infinitive := l.Fold(forms[0])
	term := l.forms[forms[0]]
	if term == "" {
		term = a.term(infinitive, infinitive)
	}
	for _, form := range forms {
		if l.forms[form] == "" {
			l.forms[form], l.forms[l.Fold(form)] = term, term
		}
	}
}

// germanStrongVerbs are the frequent strong and irregular verbs of German: infinitive, third
// person, preterite in the singular and plural, participle without ge. A preterite that is
// another word or a noun (weiß, Schloss) is left out.
const germanStrongVerbs = `
	beginnen beginnt begann begannen begonnen
	beissen beißt biss bissen bissen
	bergen birgt barg bargen borgen
	biegen biegt bog bogen bogen
	bieten bietet bot boten
	binden bindet banden bunden
	bitten bittet bat baten beten
	blasen bläst blies bliesen blasen
	bleiben bleibt blieb blieben blieben
	brechen bricht brach brachen brochen
	brennen brennt brannte brannten brannt
	bringen bringt brachte brachten bracht
	denken denkt dachte dachten dacht
	dringen dringt drang drangen drungen
	fahren fährt fuhr fuhren fahren
	fallen fällt fiel fielen fallen
	fangen fängt fing fingen fangen
	finden findet fand fanden funden
	fliegen fliegt flog flogen flogen
	fliehen flieht floh flohen flohen
	fliessen fließt floss flossen flossen
	frieren friert fror froren froren
	geben gibt gab gaben geben
	gehen geht ging gingen gangen
	gelten gilt galt galten golten
	giessen gießt goss gossen gossen
	graben gräbt grub gruben graben
	greifen greift griffen griffen
	halten hält hielt hielten halten
	hängen hängt hing hingen hangen
	heben hebt hob hoben hoben
	helfen hilft half halfen holfen
	kennen kennt kannte kannten kannt
	klingen klingt klang klangen klungen
	kommen kommt kam kamen kommen
	laden lädt lud luden laden
	lassen lässt ließ ließen lassen
	laufen läuft lief liefen laufen
	leiden leidet litt litten litten
	leihen leiht lieh liehen liehen
	lesen liest las lasen lesen
	liegen liegt lag lagen legen
	messen misst maßen messen
	meiden meidet mied mieden mieden
	nehmen nimmt nahm nahmen nommen
	nennen nennt nannte nannten nannt
	raten rät riet rieten raten
	reissen reißt riss rissen rissen
	reiten reitet ritt ritten ritten
	rufen ruft rief riefen rufen
	schaffen schafft schuf schufen schaffen
	scheiden scheidet schied schieden schieden
	scheinen scheint schien schienen schienen
	schiessen schießt schoss schossen schossen
	schlagen schlägt schlug schlugen schlagen
	schliessen schließt schlossen schlossen
	schmelzen schmilzt schmolz schmolzen schmolzen
	schneiden schneidet schnitten schnitten
	schreiben schreibt schrieb schrieben schrieben
	schreiten schreitet schritten schritten
	schweigen schweigt schwieg schwiegen schwiegen
	schwimmen schwimmt schwamm schwammen schwommen
	sehen sieht sah sahen sehen
	senden sendet sandte sandten sandt
	singen singt sang sangen sungen
	sinken sinkt sank sanken sunken
	sitzen sitzt saß saßen sessen
	sprechen spricht sprach sprachen sprochen
	springen springt sprang sprangen sprungen
	stehen steht standen standen
	steigen steigt stieg stiegen stiegen
	sterben stirbt starb starben storben
	stossen stößt stieß stießen stossen
	streiten streitet stritt stritten stritten
	tragen trägt trug trugen tragen
	treffen trifft traf trafen troffen
	treiben treibt trieben trieben
	treten tritt trat traten treten
	trinken trinkt trank tranken trunken
	tun tut tan
	wachsen wächst wuchs wuchsen wachsen
	weisen weist wies wiesen wiesen
	wenden wendet wandte wandten wandt
	werben wirbt warb warben worben
	werfen wirft warf warfen worfen
	wiegen wiegt wog wogen wogen
	wissen wusste wussten wusst
	ziehen zieht zog zogen zogen
	zwingen zwingt zwang zwangen zwungen
`
