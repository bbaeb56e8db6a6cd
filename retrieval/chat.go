package retrieval

import (
	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// chat are the words of questions as they are typed in chats, by the language, in lower
// case without accents. They stand for words that carry no meaning, and are taken for
// that where no text has them.
var chat = map[string]analysis.Set{
	"fr": analysis.SetOf(`
		c ct g d dm k j t a y m s
		koi kwa koua quoa pk pkoi pq pkw prk prkoi prquoi pourkoi pouquoi qd kd kan kand qqn qqun kelkun kelkin
		qqch qqchose qqc qq qqs qques qqpart ki kel kels kelle kelles kelke kelkes ke keske kesske kesk keskon keskil
		kil kon lekel lakel cmt cmment comen koman kommen cmb cb cbien kombien konbien
		jsp jspr jsepa jsais chais chai jveu jveux jvoudrais jcherche jcomprend jcomprends jdois jpeux jpeu chui chuis
		jsuis jetais jte jme jle tt tte tts ttes ts bcp bcoup dc dk ds dsl svp stp steplait svplait silvousplait
		silteplait mdr lol ptdr pr ya yavait yavai yatil til vs ns vrmt vrm tjr tjrs tjs mm mtn mnt auj ajd ajrd slt bjr
		bsr cc wsh wesh askip tkt nn oue ouais jms jamai pcq pck pcke psk pske parske parcke pasque cetait cete setait
		etai aps ap av avt avc avk ac dps dpuis ss ou sa sete dac dacc dak ok okay okel esce esque eske estke vla bn bi1
		rien ri1 tlm cki cke ckoi cquoi ckil
		dela dece dequi dequel dequelle dequoi aquel aquelle cequi ceque dansle dansla dansles surle surla surles avecle
		avecla avecles pourle pourla pourles parceque afinque quelest quelleest quelssont quisont quiest quietait estceque
		questce questceque cestquoi`),
	"es": analysis.SetOf(`
		q k d l s m t x y a qe ke kien kienes qien qn qns xq xk xke xque pq pk pke porq porqe porke pork cm cmo komo km
		kual kuales cnd cdo cuand kuando kndo kuanto kuantos dnd dond adnd kn cn tb tmb tbn tmbn tbm tamb pa pal na td
		tds tdo tdos toy stan stoy bn mxo mxa muxo muxa mcho mcha pf pfa plis porfa porfi porfavor xfa xfavor xfi
		tqm dl pro xro aki ay ia ya aora ahra entocs ntonces dsd dsde dsp dps grax grs qtal ques kes qera qfue oye wey
		ok oki vdd
		enel enla enlos enlas dela delos delas conel conla conlos conlas loque losque lasque quees quefue queson
		quienfue quienesson comoes comose`),
	"en": analysis.SetOf(`
		u ur urs r y n w k x wat wot wut wht whut wats wots whats whos whod hows wheres whens whys wy wen wn wer whr wich
		wch witch hu hoo pls plz plez plss pleez thx thnx tnx ty tysm thanx cuz coz bc bcz bcuz becuz bcs bcause tho thru
		wo b4 bfore nd da dat dis dem dey der dere wit wiv ya yall gonna gotta wanna gimme lemme kinda sorta dunno idk idc
		imo imho tbh btw fyi asap rn lol lmao omg smth sth smthg some1 any1 every1 ppl abt bout im ima ive youre yr dont
		doesnt didnt cant couldnt wont wouldnt shouldnt isnt arent wasnt werent hasnt havent hadnt aint ok okay kk yo hiya
		whatis whatare whatwas whatwere whatdo whatdoes whatdid howto howdo howdoes howdid howis howare howmany howmuch
		whois whoare whowas whowere whereis whereare wherewas whenis whenwas whendid whydo whydoes whydid whyis ofthe inthe
		onthe tothe atthe forthe fromthe bythe withthe andthe isthe arethe wasthe didthe doesthe isit isthere`),
	"de": analysis.SetOf(`
		n m u f v is ne nem nen ner nes isn iss nich nix ned net ma mal gibts gibs gehts wars wies wos obs hats isses
		wieviel wievil warumm vllt vlt vll evtl iwie iwo iwer iwas iwann eig eigtl zb bsp bzw usw bissl nen grad auh auc
		ab od un unt fuer fur vom zw kp ka kb mfg thx pls plz bidde sry sorry jmd jmdn jmdm wg lol omg ok okay wat dat dit
		det sone
		inder vonder vondem mitder mitdem aufder aufdem wasist wassind waswar werist werwar wieist wieviele woist wowar
		wannist wannwar istder istdie istdas`),
	"it": analysis.SetOf(`
		k x s d m t c l n ke ki kosa ksa csa ks cs cm cmq cmnq comq komunque qnd qd kuando qnt qnto kuanto qll qlla qlli
		qst qsta qsti qlc qlcn qlcs qlk qlkn qlkuno qualke xke xche xo xro pk pke pche perke nn tt tto ttt tutt tti tn tnt
		sn dv dve dl dll slo anke ank anch adss dp prm grz grzie pf plz pls perfavore pfv tvb risp lol boh vbb ok okay cioe
		checosa cosae cosasono chie chiera cheera dovee dovera quandoe comee conla conil peril`),
	"pt": analysis.SetOf(`
		q k p c d m n s t x ñ eh qe oq oke oque pq pk pqe pke pque porq porqe porke pork pra pro pras pros cm cmo kom vc vcs
		ce ces qnd qdo qd qnt qnto qto qtos qta qtas kual kuais kem qm ond aond tb tbm tmb tbem tmbm naum num ta tah tou
		tava mt mto mta mtos mtas mts td tds tdo tdos tda tdas msm msma blz vlw obg obgd pf pfv pls plz porfavor pfvr flw
		kkk rs rsrs hj hje agr dps smp aki ne neh soh entao sla ngm alg ateh ok
		oquee oqueera quemfoi quemera quale qualfoi ondee comoe comose quandofoi dequem doque`),
}

// lightVerbs are verbs that say little of what is asked, by the language, in lower case
// without accents: que fait le tonnelier. Where no text has them they carry no meaning.
var lightVerbs = map[string]analysis.Set{
	"fr": analysis.SetOf("faire fait font fais faisait faisaient fit firent fera feront faut peut peuvent veut veulent dire"),
	"es": analysis.SetOf("hacer hace hacen hacia hacian hizo hicieron puede pueden quiere quieren decir"),
	"en": analysis.SetOf("get gets got make makes made want wants mean means"),
	"de": analysis.SetOf("machen macht machte machten tun tut tat taten gibt gab kann will heisst"),
	"it": analysis.SetOf("fare fa fanno faceva facevano fece fecero puo possono vuole vogliono dire"),
	"pt": analysis.SetOf("fazer faz fazem fazia faziam fez fizeram pode podem quer querem dizer"),
}

// courtesy are words of politeness, in any language.
var courtesy = analysis.SetOf(`
	bonjour bonsoir salut coucou hello hi hey merci svp stp please thanks thank pls plz thx lol
	hola gracias porfa porfavor hallo moin servus bitte danke dankeschon
	ciao salve buongiorno buonasera grazie prego ola oi obrigado obrigada`)

// languageOfQuestion returns the language of a question (ISO 639-1), also of one whose
// only function words are those of chats, "" when it can't be told.
func languageOfQuestion(text string) string {
	if code := corpus.Language(text); code != "" {
		return code
	}
	counts := map[string]int{}
	for _, t := range Analyze(unknown, text) {
		for code, list := range chat {
			if list[t.Term] {
				counts[code]++
			}
		}
	}
	best, second := "", 0
	for code, n := range counts {
		if n > counts[best] {
			best, second = code, counts[best]
		} else if n > second {
			second = n
		}
	}
	if counts[best] > second {
		return best
	}
	return ""
}
