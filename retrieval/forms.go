package retrieval

import "strings"

// irregular returns the terms of the words of lines. All words of a line are forms of
// its first one, and share the term of that. A word stands for itself without accents
// too, but for one with a ! after it, which would be another word without.
func (l *language) irregular(lines string) map[string]string {
	forms := map[string]string{}
	a := analyzer{language: &language{code: l.code, stem: l.stem}}
	for line := range strings.Lines(lines) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		first := l.fold(words[0])
		term := a.term(first, first)
		for _, w := range words {
			bare, accentNeeded := strings.CutSuffix(w, "!")
			forms[bare] = term
			if !accentNeeded {
				forms[l.fold(bare)] = term
			}
		}
	}
	return forms
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
		volver vuelve volvió vuelto vuelta`,
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
		scegliere sceglie scelse scelsero scelto scelta`,
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
		criar cria criou criaram criado criada criação criador`,
}
