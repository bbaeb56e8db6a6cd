package corpus

// functionWords are the small words of each language, with and without accents: those
// that make up a third of any running text, those that ask, those that open sentences,
// and chat's. A word that several languages have stands in the list of each.
var functionWords = map[string]map[string]bool{
	"fr": words(`le la les l un une des du de d à a au aux et en est es il elle ils elles on que qu quoi qui
		où ou pas ne n ni sur dans pour par avec sans sous sont été ete était etait étaient etaient son sa ses ces ce cet
		cette leur leurs nous vous je tu se s y j c t m me te moi toi lui eux mon ma mes ton ta tes notre nos votre vos
		quel quelle quels quelles pourquoi comment combien quand lequel laquelle lesquels lesquelles avant après apres
		entre ont fut furent être etre avoir fait font faire mais comme plus donc or lors dont car si ainsi aussi alors
		puis ensuite cependant pourtant toutefois enfin depuis pendant contre vers chez tout tous toute toutes très tres
		même meme autre autres encore toujours jamais bien peu beaucoup peut peuvent doit avait avaient aura sera serait
		ceux celui celle celles ici là cela ça ca déjà deja jusqu lorsqu lorsque puisque parce selon malgré voici voilà
		ai as avons avez suis sommes êtes etes aurait quelqu chaque plusieurs aucun aucune
		pk pq pkoi pourkoi qd koi kel kelle keske qqn qqch cb ds tt dc c'est stp svp`),
	"es": words(`el la los las un una unos unas de del y e en es a al que qué quien quién quienes quiénes cuando
		cuándo cual cuál cuales cuáles donde dónde como cómo cuanto cuánto cuantos cuántos cuanta cuánta cuantas cuántas
		por para porque con sin fue fueron era eran son ser sido está esta están estan este esto estos estas ese esa eso
		esos aquel aquella su sus se no lo le les nos me te mi mis tu yo él ella ellos ellas nosotros usted ustedes
		más mas pero entre sobre hasta desde hacia ante bajo tras según segun durante contra hay había habia han ha he
		hizo hace tiene tuvo tenía también tambien ya muy si sí o u ni cada todo toda todos todas otro otra otros
		otras así asi luego después despues entonces además ademas sino aunque mientras mismo misma cuyo cuya donde
		puede pueden debe fueran sea cualquier algo nada nunca siempre aquí poco mucho muchos
		q xq pq xk k dnd cdo tb tmb d`),
	"en": words(`the a an of and is was were are be been being am what who whom whose when where why how which did does do
		in on at to for with without from by that this these those has have had it its his her hers their they them he him
		she we us you your our my me i not no many much can could will would shall should may might must about between
		before after during under over into through against as or but if than then there here also only such so some any all
		each every other another more most both while because since until however although though thus therefore nor yet
		very just out up down off again once own same too one s t
		didn doesn isn wasn don u r ur wot wat whats whos plz pls`),
	"de": words(`der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird werden wurde
		wurden wer wen wem wessen wann warum wieso weshalb wie wo woher wohin was welche welcher welches welchen welchem
		von vom mit ohne nicht auf für fuer in im ins zu zum zur bei beim aus nach über ueber unter vor hinter zwischen
		durch gegen um an am ans als auch nur noch schon sich es er sie ihr ihre ihren ihrem ihrer sein seine seinen
		seinem seiner wir uns ich mich mir du dich dir ihn ihm ihnen man dass daß wenn weil ob so dann danach da dort hier
		hat haben hatte hatten kann können konnte soll sollte muss müssen diese dieser dieses diesen diesem jener jene
		kein keine keinen mehr sehr bis seit während doch denn deshalb jedoch damit dabei dazu daher trotz wegen
		gibt gab es alle alles allem viele wieviel wie viele etwas zwei isn nich`),
	"it": words(`il lo la i gli le l un uno una di del dello della dei degli delle d e ed in nel nello nella nei negli nelle
		è a al allo alla ai agli alle ad che chi cosa cos quando dove dov come com perché perche perchè qual quale quali
		quanto quanta quanti quante per con senza non si sono sei siamo stato stata stati state era erano fu furono essere
		ha hanno aveva avevano avere suo sua suoi sue loro mio mia tuo tua più piu ma da dal dallo dalla dai dagli dalle su sul
		sullo sulla sui sugli sulle tra fra se anche ancora poi dopo prima così cosi però pero quindi dunque mentre questo questa
		questi queste quello quella quelli quelle ci vi ne lui lei noi voi io mi ti o oppure né ogni tutto tutti tutta tutte
		molto molti altri altro altra sia fatto può puo deve già gia contro durante sotto sopra verso presso secondo
		cui c k xke xché xche nn cmq quest dell nell all dall sull`),
	"pt": words(`o a os as um uma uns umas de do da dos das e é em no na nos nas ao à aos às que quê quem quando onde como
		qual quais quanto quanta quantos quantas por pelo pela pelos pelas para pra porque com sem não nao foi foram são sao
		era eram ser sido está esta estão estao seu sua seus suas se mais mas ou num numa nem já ja também tambem só so
		ele ela eles elas nós vós você voce vocês eu me te lhe lhes nos isso isto este esta estes estas esse essa esses essas
		aquele aquela até ate desde entre sobre sob após apos contra durante muito muitos todo toda todos todas outro outra
		outros outras há ha havia tem têm tinha ter fez feito depois antes então entao assim porém contudo embora enquanto
		ainda cada mesmo mesma quem pode podem deve dele dela deles delas neste nesta nesse deste desta desse dessa
		q pq vc vcs tb tbm oq cm d`),
}

// rivals are small words of other languages, so that a text in one of these is not
// taken for one that shares some of them.
var rivals = map[string]map[string]bool{
	"nl": words(`de het een van en in is dat die op te zijn voor met niet aan er om ook als dan maar bij of uit nog naar heeft
		hebben hij zij ze wij we ik je u deze dit door over wordt werd worden was waren had wat wie waar wanneer waarom hoe
		welke geen meer tot kan zal zou moet hun haar mijn zo al toen onder tegen na tussen omdat veel sinds`),
	"la": words(`et in est non ad ut cum qui quae quod quid ex ab per sed si nec neque aut vel esse sunt erat erant fuit enim
		autem atque ac hoc haec hic ille illa ipse se suo sua eius quam quo quos quibus de pro ante post inter sub etiam tamen
		nam igitur ergo nunc iam quoque omnia omnes a e nihil sic ubi cui dum quia rerum ei eum eam eo`),
	"ca": words(`el la els les un una uns unes de del dels d l i en és a al als que què qui quan on com perquè per amb sense no
		són era eren va van vaig ser estat aquest aquesta aquests aquestes seu seva seus seves es s més però o si ja molt
		també fins des entre sobre ha han hi ho li ens seu tot tots tota altres quin quina quins quines dins`),
	"ro": words(`și si de la în in a al ale ai cu pe nu este sunt era au am ai un o unui unei din care ce cine cand când unde cum
		pentru prin sau dar mai fi fost sa să se lui ei lor dupa după sub între fără cel cea cei cele acest această acestea
		fie daca dacă numai`),
	"sv": words(`och i att det en ett som på är av för med den till inte om har de var från vid kan men så vi han hon jag när vad
		vem hur varför vilken eller ska sig sin sitt efter under också mot bara denna detta hade blev`),
	"da": words(`og i at det en et som på er af for med den til ikke om har de var fra ved kan men så vi han hun jeg når hvad
		hvem hvor hvordan hvorfor hvilken eller skal sig sin sit efter under også mod bare denne dette havde blev være
		nu meget kun mange år`),
	"nb": words(`og i at det en et som på er av for med den til ikke om har de var fra ved kan men så vi han hun jeg når hva
		hvem hvor hvordan hvorfor hvilken eller skal seg sin sitt etter under også mot bare denne dette hadde ble være
		nå mye kun mange år`),
	"pl": words(`i w z na do się nie to jest że o jak a ale od po za co kto kiedy gdzie dlaczego czy który która które był była
		było są przez dla przy oraz ze tym tego jego jej ich być tylko już może we ma bez pod`),
	"cs": words(`a v na se je že s z do o i to ve k pro za by byl byla bylo jsou jako ale po od které který která co kdo kdy kde
		proč jak si tak jeho při nebo až už ze být u`),
	"tr": words(`ve bir bu da de için ile ne nasıl kim neden olarak olan daha çok gibi kadar sonra değil mi var en her`),
	"hu": words(`a az és hogy nem is egy ez van volt meg de mint csak mi ki mikor hol miért már el kell lesz ha azt`),
	"fi": words(`ja on ei se että oli hän joka mutta kun ovat olla kuin sen mitä kuka milloin missä miksi tai myös niin`),
	"id": words(`yang dan di ini itu dengan untuk dari dalam tidak akan pada ke adalah karena juga oleh atau saya bisa`),
	"tl": words(`ang ng sa na mga ay at si ni ko mo siya ito hindi kung nang para may ako ka niya po`),
	"eo": words(`la de kaj estas en al ne ke por kun kiu kio kiel el li mi ĝi ili sed pri estis da se tiu`),
	"sq": words(`të e në dhe i për me që një nga është se u më do ka si por duke këtë janë ishte`),
	"ru": words(`и в не на что с по как это он она они кто когда где почему был была было были к у из за от о но для так же то а
		его её ее их все который которые если или уже еще ещё только до при чем я вы мы мне есть чтобы этот этого во со`),
	"uk": words(`і й та в у не на що з по як це він вона вони хто коли де чому був була було були до із за від о але для так же
		його її їх всі який які якщо або вже ще тільки при я ви ми є щоб цей цього`),
	"bg": words(`и в не на че с по как това той тя те кой кога къде защо беше са от за да се ще или но като при до още който които
		му им си е съм във със този тази`),
	"sr": words(`и у не на да с по како то он она они ко када где зашто је су од за се ће или али као при до још који која
		које што би није био била`),
	"eu": words(`eta da ez du bat dira zuen dute ere izan baina den egin zen duen hau beste`),
}

// commonWords are other words that questions are full of and that tell a language,
// again with and without accents.
var commonWords = map[string]map[string]bool{
	"fr": words(`date année annee années lieu nom mort né née naissance fondé fondée fonde créé créée parti guerre rôle
		histoire définition ville pays siècle siecle auteur titre écrit ecrit dit livre roi ouvriers nombre jour mois
		dirigeant dirigeants différence difference quelles signifie s'appelle appelle veut dire explique donne explique-moi
		résumé resume chef femme hommes gagné gagne élu elu mouvement revue journal grève naît meurt`),
	"es": words(`fecha año ano años anos lugar nombre muerte murió murio nació nacio fundó fundo fundada fundado guerra papel
		historia definición definicion ciudad país siglo autor título titulo escribió escribio dijo libro rey obreros
		número numero día dia mes diferencia significa llama llamaba explica resumen jefe mujer hombres ganó gano partido
		movimiento revista periódico huelga creó creo quiere decir dime cuenta`),
	"en": words(`date year years place name death died born birth founded war role history definition city country century
		author title wrote said book king workers number day month difference meaning mean means called explain summary
		leader leaders woman men won party movement magazine newspaper strike created happened tell give say killed called`),
	"de": words(`datum jahr jahre jahren ort name namen tod starb gestorben geboren geburt gegründet gegruendet gründete krieg
		rolle geschichte definition stadt land jahrhundert autor titel schrieb sagte buch könig arbeiter anzahl tag monat
		unterschied bedeutet bedeutung heißt heisst hieß erkläre zusammenfassung führer frau männer gewann partei bewegung
		zeitschrift zeitung streik gründer geschah passierte`),
	"it": words(`data anno anni luogo nome morte morì mori morto nato nacque nascita fondò fondo fondato fondata guerra ruolo
		storia definizione città citta paese secolo autore titolo scrisse disse libro re operai numero giorno mese
		differenza significa chiama chiamava spiega riassunto capo donna uomini vinse partito movimento rivista giornale
		sciopero creò successo vuol dire`),
	"pt": words(`data ano anos lugar nome morte morreu nasceu nascimento fundou fundado fundada guerra papel história historia
		definição definicao cidade país pais século seculo autor título titulo escreveu disse livro rei operários operarios
		número numero dia mês mes diferença diferenca significa chama chamava explica resumo chefe mulher homens ganhou
		partido movimento revista jornal greve criou aconteceu quer dizer`),
}

// endings are those of the longer words of one language or some; a word tells with
// the longest that it has.
var endings = map[string][]string{
	"fr": {"tion", "tions", "sion", "sions", "isme", "istes", "iste", "ique", "iques", "eux", "euse", "euses", "ement", "ements",
		"aire", "aires", "eur", "eurs", "ère", "ée", "ées", "és", "aient", "aux", "oire", "ité", "ités", "ence", "ance", "elle", "elles", "ières", "ment", "ments", "ible", "ibles", "able", "ables", "ente", "ages", "age"},
	"es": {"ción", "cion", "ciones", "sión", "siones", "ismo", "ista", "istas", "idad", "idades", "mente", "miento", "mientos",
		"encia", "ancia", "aba", "aban", "aron", "ieron", "ador", "adores", "oso", "osa", "ario", "aria", "arios", "ado", "ados", "ada", "adas", "ido", "idos", "ico", "ica", "icos", "icas", "ero", "eros", "ías", "ía", "uelo", "ible", "ibles", "able", "ables", "ente", "entes"},
	"en": {"tion", "tions", "sion", "sions", "ism", "ist", "ists", "ness", "ship", "ing", "ings", "ity", "ities", "ment", "ments",
		"ence", "ance", "ers", "ies", "ful", "less", "ally", "ously", "ous", "able", "ible", "ed", "ward", "hood", "age", "ages", "ly", "ight", "ough", "ck"},
	"de": {"ung", "ungen", "ungs", "heit", "heiten", "keit", "keiten", "schaft", "schaften", "ismus", "isch", "ische", "ischen",
		"ischer", "lich", "liche", "lichen", "licher", "igen", "ige", "ieren", "iert", "ierte", "tion", "tionen", "tät", "chen", "tum", "nis", "haft", "sch", "cht", "tz", "ß"},
	"it": {"zione", "zioni", "sione", "sioni", "ismo", "ista", "isti", "ità", "ita", "mente", "mento", "menti", "enza", "anza", "ato", "ati",
		"ata", "ate", "uto", "uti", "ivo", "iva", "ivi", "ico", "ica", "ici", "iche", "ere", "are", "ire", "ore", "ori", "oso", "osa", "ggio", "ggi", "cchi", "glia", "gli", "etto", "etta", "ò", "ù", "rono", "ava", "avano", "ibile", "abile", "ente", "enti"},
	"pt": {"ção", "ções", "cao", "coes", "são", "ões", "ão", "ismo", "ista", "istas", "idade", "idades", "mente", "mento", "mentos", "ência",
		"encia", "ância", "ava", "avam", "aram", "eram", "ou", "ador", "adores", "oso", "osa", "ário", "ária", "ado", "ados", "ada", "adas", "ido", "idos", "ico", "ica", "icos", "icas", "eiro", "eira", "eiros", "agem", "inho", "lho", "lha", "nha", "nho", "ível", "ável", "ente", "entes"},
	"la": {"us", "um", "orum", "arum", "ibus", "ae", "tur", "unt", "ant", "ent", "imus", "endum", "amque", "itur"},
}

// alphabets are the letters that each language writes beside a–z.
var alphabets = map[string]string{
	"fr": "àâæçéèêëîïôœùûüÿ",
	"es": "áéíóúüñ",
	"en": "",
	"de": "äöüß",
	"it": "àèéìíîòóùú",
	"pt": "áâãàçéêíóôõúü",
	"nl": "éèëïöü",
	"la": "",
	"ca": "àçèéíïòóúü",
	"ro": "ăâîșțşţ",
	"sv": "åäöé",
	"da": "åæøé",
	"nb": "åæøé",
	"pl": "ąćęłńóśźż",
	"cs": "áčďéěíňóřšťúůýž",
	"tr": "çğıöşüâî",
	"hu": "áéíóöőúüű",
	"fi": "äöå",
	"id": "",
	"tl": "ñ",
	"eo": "ĉĝĥĵŝŭ",
	"sq": "ëç",
	"ru": cyrillic + "ёыэъ",
	"uk": cyrillic + "іїєґ",
	"bg": cyrillic + "ъ",
	"sr": cyrillic + "јљњћђџ",
	"eu": "ñ",
}

const cyrillic = "абвгдежзийклмнопрстуфхцчшщьюя"
