package analysis_test

import (
	"strings"
	"testing"

	"verbatim/retrieval"
)

// benchTexts are texts as long as a passage, with names, dates and numbers in them.
var benchTexts = map[string]string{
	"fr": `Au XVIIIe siècle, la contre-révolution n'était qu'un mot. Le 14 juillet 1789, quelque 80 000 habitants du
		faubourg Saint-Antoine s'assemblèrent devant l'Hôtel de ville ; l'abbé Lefèvre, né en 1743, leur remit les armes.
		Louis XVI, qui chassait ce jour-là, n'apprit l'événement qu'au soir. « Est-ce une révolte ? » demanda-t-il. Le
		deuxième jour, l'Assemblée nationale reçut les députés du tiers état, et l'on y vota l'abolition des privilèges.
		Les œuvres de cette période, de 1789 à 1794, occupent le tome III de l'histoire socio-économique de la France.`,
	"en": `In the nineteenth century the railway reached the valley, and with it came the first of the mining companies.
		Henry's brother, who had been born in 1832 at Newtown, founded the second in 1861 with 2,500 pounds. The U.S. market
		was by then well-known to him. During the 1870s the company's ships carried 80,000 tons a year; none were lost, and
		its workers' children were taught in a school of their own. It was sold in 1914, when World War I began.`,
	"de": `Im 19. Jahrhundert wurde die Eisenbahn bis nach Nürnberg gebaut. Friedrich Wilhelm IV. lehnte am 3. April 1849
		die Kaiserkrone ab; über 80.000 Bürger hatten die Straßen gefüllt. Die Gründung des Vereins fällt in das Jahr 1863,
		als in Leipzig die Vertreter von elf Städten zusammenkamen und ein Programm verabschiedeten.`,
}

func BenchmarkAnalyze(b *testing.B) {
	for _, language := range []string{"fr", "en", "de"} {
		text := strings.Repeat(benchTexts[language]+"\n", 3)
		b.Run(language, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				retrieval.Analyze(language, text)
			}
		})
	}
}
