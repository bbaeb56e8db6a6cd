package retrieval

import "verbatim/retrieval/analysis"

// askWords are how the people of a language ask, as parts of regular expressions, in lower
// case without accents, also as it is typed in chats.
type askWords struct {
	which   string          // stands before a noun that says what is asked for
	be      string          // may stand between the two
	article string          // likewise
	alone   map[kind]string // asks by itself
	nouns   map[kind]string // say what is asked for
	whole   map[kind]string // ask wherever they stand
	other   map[kind]string // ask for something else after all
}

// asking are the ways to ask by language. A question is tried for its kinds in the order of
// kinds.
var asking = map[string]askWords{
	"fr": {
		which:   `quels?|quelles?`,
		be:      `est|sont|etait|etaient|fut|furent|sera|a ete`,
		article: `les? |la |l'`,
		alone: map[kind]string{
			date:   `quand|qd|kan[dt]?`,
			number: `combien|cb|cmb|kombien`,
			place:  `ou`,
			cause:  `pourquoi|pk|pq|pkoi|pkw|prk|pourkoi`,
			person: `qui|ki|comment (?:se |s'|on |est |etait |fut )?(?:appel|nomm|surnomm|intitul)\w*`,
			manner: `comment|cmt|cmment|koman|expliquez?|expliques|explique-moi|decri[st]|decrivez`,
		},
		nouns: map[kind]string{
			date:       `annees?|dates?|jours?|mois|siecles?|epoque|decennies?|periode`,
			number:     `nombre|pourcentage|proportion|age|prix|taille|population|distance|superficie|part|taux|montant|longueur|largeur|hauteur|profondeur|altitude|duree|vitesse|cout|poids|score|budget`,
			place:      `pays|villes?|lieux?|regions?|endroits?|continent|rue|province|ile|departement|capitale|commune|quartier`,
			cause:      `raisons?|causes?|motifs?`,
			person:     `noms?|prenoms?|surnoms?|titre`,
			definition: `definitions?|significations?|sens`,
		},
		whole: map[kind]string{
			definition: `^(?:qu'?est[ -]ce (?:que|qu'|q)|(?:c'?est|c) (?:quoi|koi|kwa)|que (?:signifie|veut dire)|defini[rst])\b|\b(?:c'?est|c) (?:quoi|koi|kwa)$`,
		},
	},
	"en": {
		which:   `what|which`,
		be:      `is|was|are|were|will be|has been`,
		article: `the |an? `,
		alone: map[kind]string{
			date:   `when|wen`,
			number: `how (?:many|much|long|far|old|tall|large|big|high|deep|often|fast|wide|heavy|thick|hot|cold)`,
			place:  `where`,
			cause:  `why`,
			person: `who|whom|whose`,
			manner: `how|explain|describe`,
		},
		nouns: map[kind]string{
			date:       `years?|dates?|days?|months?|century|decade|period`,
			number:     `numbers?|percentage|percent|proportion|age|price|size|population|distance|area|share|rate|amount|length|width|height|depth|altitude|speed|cost|weight|score|budget`,
			place:      `country|countries|city|cities|towns?|places?|regions?|continent|street|province|island|state|capital|location`,
			cause:      `reasons?|causes?`,
			person:     `names?|first name|nickname|title`,
			definition: `definition|meaning`,
		},
		whole: map[kind]string{
			definition: `^(?:wh?[au]t(?: is|'?s| are| does .* mean)|define)\b`,
		},
	},
	"es": {
		which:   `que|cual(?:es)?`,
		be:      `es|son|era|eran|fue|fueron|sera`,
		article: `el |la |los |las `,
		alone: map[kind]string{
			date:   `cuando|kuando|kndo|cnd`,
			number: `[ck]uant[oa]s?|cuan|que tan`,
			place:  `a?donde|d[ao]nd|adnd`,
			cause:  `(?:por|x) ?que|xq|xk|xke|pq|pk|porq|porke`,
			person: `quien(?:es)?|[kq]ien(?:es)?|como (?:se )?(?:llam|titul|denomin|conoc|apod|bautiz|rebautiz|nombr)\w*`,
			manner: `como|explic[ao]|expliqu[ea]|expliquen?me|explicame|describ[ae]`,
		},
		nouns: map[kind]string{
			date:       `anos?|fechas?|dias?|mes(?:es)?|siglos?|decadas?|epoca|periodo`,
			number:     `numero|cantidad|porcentaje|proporcion|edad|precio|tamano|poblacion|distancia|superficie|area|parte|tasa|longitud|anchura|altura|profundidad|altitud|duracion|velocidad|coste|costo|peso|frecuencia|presupuesto|puntuacion|importe|monto|suma|temperatura|diametro|capacidad|extension`,
			place:      `pais(?:es)?|ciudad(?:es)?|lugar(?:es)?|region(?:es)?|continente|calle|provincia|isla|capital|sitio|municipio|barrio|localidad|estado|distrito`,
			cause:      `razon(?:es)?|causas?|motivos?`,
			person:     `nombres?|apellidos?|apodo|titulo`,
			definition: `definicion|significado`,
		},
		whole: map[kind]string{
			definition: `^(?:que es|que son|que significan?|que quiere decir|define)\b`,
		},
		other: map[kind]string{
			cause:      `^que causa\b|^que motivo (?:a|al|el|la|los|las)\b|\bpor que (?:tipo|clase)\b`,
			manner:     `\bcomo que\b`,
			definition: `^que es lo que\b`,
		},
	},
	"de": {
		which:   `welche[rmsn]?|was fur (?:ein(?:e[mnr]?)?)?|wie lautete?n?|was|wie`,
		be:      `ist|sind|war|waren|wird`,
		article: `der |die |das |dem |den |des `,
		alone: map[kind]string{
			date:   `wann|seit wann|bis wann`,
			number: `wie ?(?:viele?[nr]?|hoch|hohe[mnrs]?|lang|lange[mnrs]?|weit|alt|gross|grosse[mnrs]?|oft|haufig|tief|breit|schnell|schwer|teuer|dick|heiss|kalt|stark)`,
			place:  `wo|wohin|woher`,
			cause:  `warum|weshalb|wieso|weswegen`,
			person: `wer|wem|wen|wessen|wie (?:heiss|hiess|nenn|nannte)\w*|wie (?:wird|werden|wurden?) .*(?:genannt|benannt|bezeichnet)`,
			manner: `wie|erklare?|beschreibe?`,
		},
		nouns: map[kind]string{
			date:       `jahre?n?|datum|tage?n?|monate?n?|jahrhunderte?n?|jahrzehnte?n?|epoche|zeitraum|zeitabschnitt|zeitpunkt|periode|zeit`,
			number:     `anzahl|zahl|prozentsatz|anteil|alter|preis|grosse|bevolkerung|einwohnerzahl|entfernung|flache|lange|breite|hohe|tiefe|dauer|geschwindigkeit|kosten|gewicht|prozentzahl|mengen?|haufigkeit|umfang|budget|punktzahl|betrag|summe|temperatur|durchmesser|kapazitat`,
			place:      `land|lande|landern?|stadt|stadten?|ort|orte?n?|region|gegend|kontinent|strasse|provinz|insel|hauptstadt|bundesland|staat|dorf|gemeinde|bezirk|stadtteil`,
			cause:      `grund|grunde?n?|ursachen?`,
			person:     `namen?|vornamen?|nachnamen?|spitznamen?|titel`,
			definition: `definition|bedeutung`,
		},
		whole: map[kind]string{
			person:     `\b(?:wessen|(?:an|auf|bei|durch|fur|gegen|mit|nach|uber|unter|von|vor|zu) we[mn])\b`,
			definition: `^(?:was (?:ist|sind|bedeutet|heisst|versteht man unter)|definiere?)\b`,
		},
	},
	"it": {
		which:   `quale|quali|qual|che|quant'`,
		be:      `e|sono|era|erano|fu|furono|sara`,
		article: `il |lo |la |i |gli |le |l'`,
		alone: map[kind]string{
			date:   `quando|quand'e(?:ra)?|qnd|kuando`,
			number: `quant[oiae]|qnt[oiae]?|quant'e(?:ra)?`,
			place:  `dove|dov'e(?:ra)?`,
			cause:  `perche|come mai|xke|xche|pke|perke`,
			person: `chi|ki|come si (?:chiam|intitol|denomin)\w*|come (?:viene|veniva|venne|e|era|fu) (?:chiamat|denominat|soprannominat)\w*`,
			manner: `come|com'e(?:ra)?|spiega(?:mi)?|descrivi`,
		},
		nouns: map[kind]string{
			date:       `anni|anno|data|date|giorni|giorno|mese|mesi|secoli|secolo|decenni|decennio|epoca|periodo`,
			number:     `numero|quantita|percentuale|proporzione|eta|prezzo|dimensioni|popolazione|distanza|superficie|area|parte|tasso|lunghezza|larghezza|altezza|profondita|altitudine|durata|velocita|costo|peso|frequenza|bilancio|punteggio|importo|somma|temperatura|diametro|capacita|estensione`,
			place:      `paesi|paese|citta|luoghi|luogo|regioni|regione|continente|via|provincia|isola|capitale|comune|stato|nazioni|nazione|quartiere|localita|distretto`,
			cause:      `ragioni|ragione|cause|causa|motivi|motivo`,
			person:     `nomi|nome|cognome|soprannome|titolo`,
			definition: `definizione|significato`,
		},
		whole: map[kind]string{
			definition: `^(?:(?:che )?cos'?e|(?:che )?cosa (?:e|sono|significa|vuol dire)|che significa|definisci)\b`,
		},
		other: map[kind]string{
			cause: `^(?:che )?cosa causa\b|^che causa\b|\bper quale (?:tipo|genere)\b`,
		},
	},
	"pt": {
		which:   `que|qual|quais`,
		be:      `e|sao|era|eram|foi|foram|sera`,
		article: `o |a |os |as `,
		alone: map[kind]string{
			date:   `quando|qdo|qnd|qd`,
			number: `quant[oa]s?|qnt[oa]s?|qto`,
			place:  `a?onde|aond|ond`,
			cause:  `por ?que|pq|porq|porke`,
			person: `quem|qm|kem|como (?:se )?(?:chama|chamava|chamou|intitula|denomina|e chamad|era chamad|foi chamad|e conhecid|era conhecid)\w*`,
			manner: `como|expli(?:ca|que|car)|descreva`,
		},
		nouns: map[kind]string{
			date:       `anos?|datas?|dias?|mes(?:es)?|seculos?|decadas?|epoca|periodo`,
			number:     `numero|quantidade|percentagem|porcentagem|percentual|proporcao|idade|preco|tamanho|populacao|distancia|superficie|area|parte|taxa|comprimento|extensao|largura|altura|profundidade|altitude|duracao|velocidade|custo|peso|frequencia|orcamento|pontuacao|valor|montante|soma|temperatura|diametro|capacidade|prazo`,
			place:      `pais(?:es)?|cidades?|lugar(?:es)?|regiao|regioes|continente|rua|provincia|ilha|capital|estado|local|municipio|bairro|localidade|distrito`,
			cause:      `razao|razoes|causas?|motivos?`,
			person:     `nomes?|sobrenome|apelido|alcunha|titulo`,
			definition: `definicao|significado`,
		},
		whole: map[kind]string{
			definition: `^(?:(?:o )?que (?:e|sao|significa|quer dizer)|defina)\b`,
		},
		other: map[kind]string{
			cause:  `^(?:o )?que causa\b|\bpor que tipo\b`,
			manner: `\bcomo que\b`,
		},
	},
}

// tellWords are words of a language that tell what is asked for, in lower case; without
// accents but for the verbs, as Italian e is no è.
type tellWords struct {
	numbers analysis.Set // from two on, in words
	causes  analysis.Set
	defines analysis.Set // verbs that follow what they define, with accents
}

// telling are the words that tell by language.
var telling = map[string]tellWords{
	"fr": {
		numbers: analysis.SetOf(`deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante cent cents mille million millions milliard milliards dizaine dizaines douzaine vingtaine trentaine centaine centaines millier milliers moitie tiers quart quarts`),
		causes:  analysis.SetOf(`parce car puisque raison raisons cause causes afin grace faute`),
		defines: analysis.SetOf("est sont était étaient désigne désignent signifie"),
	},
	"en": {
		numbers: analysis.SetOf(`two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions dozen dozens half third quarter quarters`),
		causes:  analysis.SetOf(`because since due reason reasons therefore`),
		defines: analysis.SetOf("is are was were means denotes refers"),
	},
	"es": {
		numbers: analysis.SetOf(`dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis veinte treinta cuarenta cincuenta sesenta cien ciento cientos mil miles millon millones docena mitad tercio cuarto`),
		causes:  analysis.SetOf(`porque pues debido razon razones causa gracias`),
		defines: analysis.SetOf("es son era eran significa designa"),
	},
	"de": {
		numbers: analysis.SetOf(`zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn zwanzig dreissig vierzig funfzig sechzig hundert hunderte tausend tausende million millionen milliarde milliarden dutzend halfte drittel viertel`),
		causes:  analysis.SetOf(`weil denn wegen deshalb daher darum aufgrund grund grunde damit`),
		defines: analysis.SetOf("ist sind war waren bezeichnet bedeutet"),
	},
	"it": {
		numbers: analysis.SetOf(`due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici venti trenta quaranta cinquanta sessanta cento mille mila milione milioni miliardo miliardi dozzina decina centinaio centinaia migliaia meta terzo quarto`),
		causes:  analysis.SetOf(`perche poiche siccome ragione ragioni motivo causa grazie`),
		defines: analysis.SetOf("è sono era erano significa indica"),
	},
	"pt": {
		numbers: analysis.SetOf(`dois duas tres quatro cinco seis sete oito nove dez onze doze treze catorze quatorze quinze dezesseis vinte trinta quarenta cinquenta sessenta cem cento centenas mil milhares milhao milhoes bilhao bilhoes duzia metade terco quarto`),
		causes:  analysis.SetOf(`porque pois razao razoes devido causa gracas`),
		defines: analysis.SetOf("é são era eram significa designa"),
	},
}
