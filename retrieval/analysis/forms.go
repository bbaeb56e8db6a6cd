package analysis

import "strings"

// irregular returns the terms of the words of lines. All words of a line are forms of
// its first one, and share the term of that. A word stands for itself without accents
// too, but for one with a ! after it, which would be another word without. Roots has the
// terms of verbs in lines by what is left of a form that is in none, as conjugated returns it;
// such a verb is its infinitive in full, which no other word is stemmed to.
func (l *Language) irregular(lines string) (forms, roots map[string]string) {
	forms, roots = map[string]string{}, map[string]string{}
	a := analyzer{Language: &Language{code: l.code, base: l.base}}
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		first := l.Fold(words[0])
		term := a.term(first, first)
		if root, found := l.inflection.root(first); found && len(root) >= leastTold && isInfinitive(first) {
			term = first
			key := conjugated(root, first)
			roots[key] = term
			if key == root { // not in -ar
				for _, ending := range l.inflection.told {
					forms[root+ending], forms[root+l.Fold(ending)] = term, term
				}
			}
		}
		for _, w := range words {
			bare, accentNeeded := strings.CutSuffix(w, "!")
			forms[bare] = term
			if !accentNeeded {
				forms[l.Fold(bare)] = term
			}
		}
	}
	return forms, roots
}

// leastTold is how many letters of a root tell which verb it is of.
const leastTold = 4

// isInfinitive tells the verbs at the head of a line from nouns, in the languages with roots.
func isInfinitive(word string) bool {
	return endsIn(word, []string{"ar", "er", "ir", "are", "ere", "ire"})
}

// irregularForms are the forms of words that are frequent in questions on facts and
// that endings don't bring together. Each line is one word, and what is made of it.
var irregularForms = map[string]string{
	"fr": `
		naître naît naissent naissait naissaient naquit naquirent né née nés nées naissance naissances natif native natifs natives natal natale
		mourir meurt meurent mourait mourut moururent mort morte morts mortes décède décéda décédé décédée décès
		vivre vit vivait vivaient vivent vécut vécurent vécu
		écrire écrit écrits écrite écrites écrivait écrivaient écrivent écrivit écrivirent
		vaincre vainc vainquit vainquirent vaincu vaincue vaincus vaincues
		perdre perd perdent perdait perdit perdirent perdu perdue perdus perdues
		élire élit élisent élut élurent élu élue élus élues
		devenir devient deviennent devenait devint devinrent devenu devenue devenus devenues deviendra
		venir vient viennent venait venaient vint vinrent venu venue venus venues
		tenir tient tiennent tenait tint tinrent tenu tenue
		obtenir obtient obtiennent obtint obtinrent obtenu obtenue obtenus
		prendre prend prennent prenait prit prirent pris prise
		mettre met mettent mettait mit mirent mis mise
		faire fait font faisait faisaient fit firent faite faites fera
		construire construit construits construite construites construisit construisirent construction constructions
		produire produit produits produite produites produisit produisent production
		détruire détruit détruite détruits détruites détruisit destruction
		conduire conduit conduite conduisit conduisent
		peindre peint peints peinte peintes peignit peignait
		découvrir découvre découvrent découvrit découvrirent découvert découverte découverts découvertes
		ouvrir ouvre ouvrent ouvrit ouvert ouverte ouverts ouvertes ouverture
		recevoir reçoit reçoivent reçut reçurent reçu reçue reçus
		connaître connaît connaissent connut connu connue connus connues
		paraître paraît paraissent parut parurent paru parue parution
		apparaître apparaît apparaissent apparut apparurent apparu apparue
		disparaître disparaît disparut disparurent disparu disparue disparition
		dire disait disent
		voir voit voient voyait virent
		publier publie publient publié publiée publiés publiées publia publièrent publiait publication publications
		saint st sainte ste saints saintes`,
	"es": `
		nacer nace nacen nacía nació nacieron nacido nacida nacidos nacidas nacimiento nacimientos natal
		morir muere mueren moría murió murieron muerto muerta muertos muertas muerte muertes fallecer fallece falleció fallecieron fallecido fallecida fallecimiento
		fundar funda fundan fundó fundaron fundado fundada fundados fundadas fundador fundadora fundadores fundación
		escribir escribe escriben escribía escribió escribieron escrito escrita escritos escritas
		publicar publican publicó publicaron publicado publicada publicados publicadas publicación
		ganar gana ganan ganó ganaron ganado ganada ganador ganadores
		vencer vence venció vencieron vencido vencida vencidos
		perder pierde pierden perdió perdieron perdido perdida perdidos perdidas
		empezar empieza empiezan empezó empezaron empezado
		comenzar comienza comienzan comenzó comenzaron comenzado comienzo
		terminar termina terminan terminó! terminaron terminado terminada
		casar casó! casaron casado casada casarse matrimonio
		hacer hace hacen hacía hizo hicieron hecho hecha hechos hechas
		decir dice dicen decía dijo dijeron dicho dicha
		construir construye construyó construyeron construido construida construidos construidas construcción
		elegir elige eligen eligió eligieron elegido elegida elegidos elección
		descubrir descubre descubrió descubrieron descubierto descubierta descubrimiento
		crear crea crean creó! crearon creado creada creados creadas creación creador
		dirigir dirige dirigió dirigieron dirigido dirigida
		gobernar gobierna gobernó gobernaron
		vivir vive viven vivía vivió vivieron vivido
		llamar llama llaman llamaba llamó llamado llamada llamados llamadas
		producir produce producen produjo produjeron producido producida producción
		volver vuelve volvió vuelto vuelta
		encontrar encuentra encuentran encuentro encuentros
		mostrar muestra muestran muestras
		costar cuesta cuestan
		probar prueba prueban pruebas
		recordar recuerda recuerdan recuerdo
		mover mueve mueven movimiento movimientos
		resolver resuelve resuelven resuelto resuelta resueltos resueltas
		devolver devuelve devuelven devuelto devuelta
		dormir duerme duermen durmió
		jugar juega juegan juego juegos
		defender defiende defienden defensa defensas
		entender entiende entienden
		extender extiende extienden extensión
		pensar piensa piensan
		cerrar cierra cierran cierre
		despertar despierta despiertan
		sentir siente sienten sintió sintieron
		convertir convierte convierten convirtió convirtieron
		preferir prefiere prefieren prefirió
		referir refiere refieren refirió refirieron
		requerir requiere requieren requirió
		sugerir sugiere sugieren sugirió sugirieron
		adquirir adquiere adquieren adquisición
		invertir invierte invierten invirtió inversión inversiones
		mantener mantiene mantienen mantuvo mantuvieron
		obtener obtiene obtienen obtuvo obtuvieron
		contener contiene contienen contuvo
		sostener sostiene sostienen sostuvo
		detener detiene detienen detuvo detuvieron detención
		pertenecer pertenece pertenecen perteneció
		venir viene vienen vinieron
		intervenir interviene intervienen intervino intervinieron intervención
		provenir proviene provienen provino
		poner pone ponen puso pusieron
		componer compone componen compuso compuesto compuesta compuestos compuestas
		proponer propone proponen propuso propusieron propuesto propuesta propuestas
		imponer impone imponen impuso impusieron
		oponer opone oponen opuso opusieron opuesto opuesta
		disponer dispone disponen dispuso dispuesto
		exponer expone exponen expuso expuesto
		suponer supone suponen supuso
		traer trae traen trajo trajeron traído
		atraer atrae atraen atrajo atrajeron atraído
		conducir conduce conducen condujo condujeron conducción
		reducir reduce reducen redujo redujeron reducción
		introducir introduce introducen introdujo introdujeron introducción
		traducir traduce traducen tradujo tradujeron traducción
		pedir pide piden pidió pidieron
		medir mide miden midió
		servir sirve sirven sirvió sirvieron
		seguir sigue siguen siguió siguieron
		conseguir consigue consiguen consiguió consiguieron
		perseguir persigue persiguen persiguió persecución
		repetir repite repiten repitió
		competir compite compiten compitió compitieron
		impedir impide impiden impidió impidieron
		saber sabe saben sabía supo supieron
		ver ve ven veía vio vieron
		caer cae caen cayó cayeron caída
		leer lee leen leyó leyeron leído
		creer cree creen creyó creyeron creído creencia creencias
		huir huye huyen huyó huyeron
		destruir destruye destruyen destruyó destruyeron destruido destruida destruidos destrucción
		contribuir contribuye contribuyen contribuyó contribuyeron contribuido contribución
		distribuir distribuye distribuyen distribuyó distribuido distribución
		constituir constituye constituyen constituyó constituyeron constituido
		sustituir sustituye sustituyen sustituyó sustituido sustituida
		atribuir atribuye atribuyen atribuyó atribuido atribuida
		incluir incluye incluyen incluyó incluyeron incluido incluida incluidos
		excluir excluye excluyen excluyó excluido exclusión
		disminuir disminuye disminuyen disminuyó
		abrir abre abren abrió abrieron abierto abierta abiertos abiertas apertura
		cubrir cubre cubren cubrió cubierto cubierta
		describir describe describen describió descrito descrita descripción
		romper rompe rompen rompió roto rota
		satisfacer satisface satisfizo satisfecho
		vender vende venden vendió venta ventas
		partir partió partieron partida partidas
		partido partidos
		recibir recibe reciben recibió recibieron recibido
		usar usa usan usó usaron usado usada usados usadas usaba uso usos`,
	"en": `
		born birth births birthplace birthday
		die dies died dying dead death deaths
		write writes writing wrote written
		win wins winning won winner winners
		lose loses losing lost loss losses
		begin begins beginning began begun
		become becomes becoming became
		build builds built
		make makes making made
		take takes taking took taken
		give gives giving gave given
		hold holds holding held
		lead leads leading led
		know knows knowing knew known
		choose chooses choosing chose chosen
		fight fights fighting fought
		buy buys buying bought
		bring brings bringing brought
		teach teaches teaching taught
		sell sells selling sold
		send sends sending sent
		speak speaks speaking spoke spoken
		fall falls falling fell fallen
		grow grows growing grew grown
		think thinks thinking thought
		say says saying said
		go goes going went gone
		come comes coming came
		meet meets meeting met
		spend spends spending spent
		pay pays paying paid
		break breaks breaking broke broken
		steal steals stealing stole stolen
		draw draws drawing drew drawn
		drive drives driving drove driven
		wear wears wearing wore worn
		keep keeps keeping kept
		seek seeks seeking sought
		catch catches catching caught
		throw throws throwing threw thrown
		man men
		woman women
		child children`,
	"de": `
		geboren geborene geborener geborenen gebar geburt geburten
		sterben stirbt starb starben gestorben verstorben verstarb verstorbenen tod todes tot tote toten
		schreiben schreibt schrieb schrieben geschrieben
		gründen gründet gründete gründeten gegründet gegründete gegründeten gründung gründer
		gewinnen gewinnt gewann gewannen gewonnen
		verlieren verliert verlor verloren
		beginnen beginnt begann begannen begonnen beginn
		enden endet endete endeten geendet ende
		heiraten heiratet heiratete heirateten geheiratet verheiratet
		finden findet fand fanden gefunden
		erfinden erfand erfanden erfunden erfindung erfinder
		geben gibt gab gaben gegeben
		nehmen nimmt nahm nahmen genommen
		kommen kommt kam kamen gekommen
		gehen geht ging gingen gegangen
		sprechen spricht sprach sprachen gesprochen
		wählen wählt wählte wählten gewählt gewählte gewählten
		liegen liegt lag lagen gelegen
		stehen steht stand standen gestanden
		führen führt führte führten geführt
		bauen baut baute bauten gebaut erbaut
		nennen nennt nannte nannten genannt
		bringen bringt brachte brachten gebracht
		schlagen schlägt schlug schlugen geschlagen
		heißen heißt hieß hießen
		jahrhundert jahrhunderts jahrhunderte jahrhunderten jh jhs jhd jhdt
		leben lebt lebte lebten gelebt`,
	"it": `
		nascere nasce nascono nasceva nacque nacquero nato nata nati nate nascita
		morire muore muoiono moriva morì morirono morto morta morti morte deceduto deceduta decesso
		scrivere scrive scrivono scriveva scrisse scrissero scritto scritta scritti scritte
		fondare fonda fondano fondò fondarono fondato fondata fondati fondate fondatore fondatori fondazione
		vincere vince vincono vinceva vinse vinsero vinto vinta vinti vincitore vincitori
		perdere perde perdono perdeva perse persero perso persa persi perduto
		cominciare comincia cominciò cominciarono cominciato
		iniziare inizia iniziò iniziarono iniziato iniziata inizio
		finire finisce finì finirono finito finita fine
		sposare sposa sposò sposarono sposato sposata
		prendere prende prese presero preso presa
		mettere mette mise misero messo
		dire dice disse dissero detto detta
		venire viene vengono venne vennero venuto venuta
		divenire diviene divenne divennero divenuto diventare diventa diventò diventato
		eleggere elegge elesse elessero eletto eletta eletti elezione
		scoprire scopre scoprì scoprirono scoperto scoperta
		costruire costruisce costruì costruirono costruito costruita costruzione
		dipingere dipinge dipinse dipinto dipinta dipinti
		vivere vive vivono viveva visse vissero vissuto
		secolo secoli sec
		legge leggi
		danno danni
		scegliere sceglie scelse scelsero scelto scelta
		fare fa fanno faceva facevano fece fecero fatto fatta fatti fatte
		rendere rende rendono rese resero reso resa resi
		comprendere comprende comprendono comprese compreso compresa compresi
		difendere difende difendono difese difeso difesa difesi
		spendere spende spendono spese speso spesa
		rispondere risponde rispondono rispose risposero risposto risposta risposte
		chiudere chiude chiudono chiuse chiusero chiuso chiusa chiusi chiusura
		decidere decide decidono decise decisero deciso decisa decisione decisioni
		dividere divide dividono divise diviso divisa divisi divisione
		uccidere uccide uccidono uccise uccisero ucciso uccisa uccisi uccisione
		ridurre riduce riducono ridusse ridotto ridotta riduzione
		produrre produce producono produceva produsse produssero prodotto prodotta prodotti prodotte produzione
		condurre conduce conducono condusse condussero condotto condotta condotti
		introdurre introduce introducono introdusse introdussero introdotto introdotta introduzione
		tradurre traduce tradusse tradotto tradotta traduzione
		porre pone pongono pose posero posto posta posti
		comporre compone compongono compose composero composto composta composti composte
		proporre propone propongono propose proposero proposto proposta proposte
		imporre impone impongono impose imposero imposto imposta
		opporre oppone oppongono oppose opposero opposto opposta opposizione
		esporre espone espongono espose esposto esposta
		leggere leggono lesse lessero letto letta lettura
		proteggere protegge proteggono protesse protetto protetta protetti protezione
		dirigere dirige dirigono diresse diressero diretto diretta diretti
		descrivere descrive descrivono descrisse descritto descritta descritti descrizione
		vedere vede vedono vide videro visto vista visti viste
		chiedere chiede chiedono chiesero chiesto chiesta
		richiedere richiede richiedono richiese richiesto richiesta richieste
		rimanere rimane rimangono rimase rimasero rimasto rimasta rimasti
		tenere tiene tengono tenne tennero tenuto tenuta
		mantenere mantiene mantengono mantenne mantennero mantenuto mantenuta
		ottenere ottiene ottengono ottenne ottennero ottenuto ottenuta
		contenere contiene contengono conteneva contenne contenuto contenuta
		sostenere sostiene sostengono sosteneva sostenne sostennero sostenuto
		appartenere appartiene appartengono apparteneva appartenne
		avvenire avviene avvengono avvenne avvennero avvenuto avvenuta
		intervenire interviene intervengono intervenne intervennero intervenuto intervento
		provenire proviene provengono provenne provenienza
		conoscere conosce conoscono conobbe conobbero conosciuto conosciuta conosciuti conosciute conoscenza
		crescere cresce crescono crebbe cresciuto cresciuta crescita
		sapere sa sanno sapeva seppe saputo
		dare dà! diede diedero
		muovere muove muovono mosse mosso mossa movimento movimenti
		promuovere promuove promuovono promosse promosso promossa
		cadere cade cadono cadde caddero caduto caduta caduti
		accadere accade accadono accadde accaduto
		rompere rompe rompono ruppe rotto rotta
		correre corre corrono corse
		convincere convince convinse convinto
		giungere giunge giungono giunse giunsero giunto giunta
		raggiungere raggiunge raggiungono raggiunse raggiunsero raggiunto raggiunta
		aggiungere aggiunge aggiungono aggiunse aggiunto aggiunta
		spingere spinge spingono spinse spinto spinta
		distruggere distrugge distruggono distrusse distrussero distrutto distrutta distrutti distrutte distruzione
		aprire apre aprono aprì aperto aperta aperti aperte apertura
		coprire copre coprono coprì coperto coperta coperti
		offrire offre offrono offrì offerto offerta
		uscire esce escono uscì uscirono uscito uscita
		concedere concede concedono concesse concesso concessa concessione
		esprimere esprime esprimono espresse espresso espressa espressione
		permettere permette permettono permise permisero permesso
		promettere promette promise promesso promessa
		commettere commette commise commisero commesso commessi
		trasmettere trasmette trasmettono trasmise trasmesso trasmessa trasmissione
		risolvere risolve risolvono risolse risolto risolta
		svolgere svolge svolgono svolse svolsero svolto svolta
		raccogliere raccoglie raccolgono raccolse raccolsero raccolto raccolta
		partire partì! partirono partenza partenze
		abbandonare abbandona abbandonano abbandonò abbandonarono abbandonato abbandonata abbandonati abbandono abbandoni
		sentire sente sentono sentiva sentì sentirono sentito sentita
		nominare nomina nominò nominato
		usare usa usano usava usò usato usata usati usate uso usi`,
	"pt": `
		nascer nasce nascem nascia nasceu nasceram nascido nascida nascidos nascimento
		morrer morre morrem morria morreu morreram morto morta mortos mortas morte mortes falecer faleceu faleceram falecido falecida falecimento
		escrever escreve escrevem escrevia escreveu escreveram escrito escrita escritos escritas
		fundar funda fundam fundou fundaram fundado fundada fundados fundadas fundador fundadores fundação
		ganhar ganha ganham ganhou ganharam ganhado ganho
		vencer vence vencem venceu venceram vencido vencida vencedor vencedores
		perder perde perdem perdeu perderam perdido perdida
		começar começa começam começou começaram começado começo
		terminar termina terminam terminou terminaram terminado
		casar casou casaram casado casada casamento
		fazer faz fazem fazia fez fizeram feito feita feitos feitas
		dizer diz dizem dizia disse disseram dito dita
		construir constrói construiu construíram construído construída construção
		eleger elege elegeu elegeram eleito eleita eleitos eleição
		descobrir descobre descobriu descobriram descoberto descoberta
		publicar publicou publicaram publicado publicada publicação
		viver vive vivem vivia viveu viveram vivido
		século séculos séc sec
		criar cria criou criaram criado criada criação criador
		pôr põe põem punha pôs! puseram posto posta
		compor compõe compõem compunha compôs compuseram composto composta compostos composição
		propor propõe propõem propôs propuseram proposto proposta propostas
		impor impõe impõem impôs impuseram imposto
		opor opõe opõem opôs opuseram oposto oposta oposição
		expor expõe expõem expôs exposto exposta exposição
		dispor dispõe dispõem dispôs disposto disposta
		manter mantém mantêm mantinha manteve mantiveram mantido mantida
		obter obtém obtêm obtinha obteve obtiveram obtido obtida obtenção
		conter contém contêm continha conteve contido contida
		pertencer pertence pertencem pertencia pertenceu
		vir vem vêm vinha veio vieram
		intervir intervém interveio intervieram intervenção
		ver vê veem viu viram visto vista vistos
		saber sabe sabem sabia soube souberam
		trazer traz trazem trazia trouxe trouxeram trazido trazida
		pedir pede pedem pediu pediram pedido
		medir mede medem mediu medição
		servir serve servem serviu serviram
		seguir segue seguem seguiu seguiram
		conseguir consegue conseguem conseguiu conseguiram
		preferir prefere preferem preferiu
		referir refere referem referiu referência
		sugerir sugere sugerem sugeriu sugeriram sugestão
		sentir sente sentem sentiu
		cobrir cobre cobrem cobriu coberto coberta cobertura
		abrir abre abrem abriu abriram aberto aberta abertos abertas abertura
		descrever descreve descrevem descreveu descrito descrita descrição
		produzir produz produzem produzia produziu produziram produzido produzida produção
		conduzir conduz conduzem conduziu conduziram
		reduzir reduz reduzem reduziu reduzido redução
		introduzir introduz introduziu introduziram introduzido introdução
		traduzir traduz traduziu traduzido tradução
		destruir destrói destroem destruiu destruíram destruído destruída destruição
		cair cai caem caía caiu caíram queda
		sair sai saem saía saiu saíram saída
		atrair atrai atraem atraiu atraíram atraído
		incluir inclui incluem incluía incluiu incluíram incluído incluída incluídos inclusão
		contribuir contribui contribuem contribuiu contribuíram contribuição
		constituir constitui constituem constituiu constituído constituída
		possuir possui possuem possuía possuiu possuíram
		distribuir distribui distribuem distribuiu distribuído distribuição
		atribuir atribui atribuem atribuiu atribuído atribuída atribuição
		substituir substitui substituem substituiu substituído substituída substituição
		ler lê leem lia leu leram lido lida leitura
		vender vende vendem vendeu venderam vendido venda vendas
		partir partiu partiram partida partidas
		partido partidos
		receber recebe recebem recebeu receberam recebido
		pagar paga pagam pagou pagaram pago pagamento
		gastar gasta gastam gastou gasto gastos
		prender prende prendem prendeu prenderam preso presa presos prisão
		surgir surge surgem surgiu surgiram surgimento
		ocorrer ocorre ocorrem ocorreu ocorreram ocorrido
		usar usa usam usou usaram usado usada usados usadas usava uso usos`,
}
