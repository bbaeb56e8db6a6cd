package retrieval_test

import (
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestFilters: a filter acts inside the ranking, so that what it leaves in is found
// even when much else is better.
func TestFilters(t *testing.T) {
	l := open(t)
	texts := map[string]string{
		"a.md": "---\ncourse: Histoire\nauthor: José Carlos Mariátegui\ndate: 1928-07-14\nlanguage: es\n---\nEl soviet y la tierra.",
		"b.md": "---\ncourse: Histoire\nauthor: Rosa Luxemburg\ndate: 1906\nlanguage: fr\n---\nLe soviet et la grève.",
		"c.md": "---\ncourse: Droit\nauthor: Carlos Rey\ndate: 1928-11\nlanguage: fr\n---\nLe soviet et la loi.",
		"d.md": "---\nlanguage: fr\n---\nLe soviet sans date.",
	}
	for i := range 80 {
		texts["many"+string(rune('0'+i/10))+string(rune('0'+i%10))+".md"] = "---\ncourse: Masse\nlanguage: fr\n---\nSoviet, soviet et soviet."
	}
	l.put(t, guild, texts)
	id := func(name string) string {
		d, err := l.DocumentNamed(t.Context(), corpus.Everything(guild), name)
		check(t, err)
		return d.ID
	}
	everything := corpus.Everything(guild)
	tests := []struct {
		name   string
		access corpus.Access
		filter retrieval.Filter
		want   string
	}{
		{"course", everything, retrieval.Filter{Courses: []string{"Histoire"}}, "a.md b.md"},
		{"courses", everything, retrieval.Filter{Courses: []string{"Histoire", "Droit"}}, "a.md b.md c.md"},
		{"no course", everything, retrieval.Filter{Courses: []string{""}}, "d.md"},
		{"none of no courses", everything, retrieval.Filter{Courses: []string{}}, ""},
		{"course beyond access", corpus.Only(guild, "Droit"), retrieval.Filter{Courses: []string{"Histoire"}}, ""},
		{"course within access", corpus.Only(guild, "Droit", "Masse"), retrieval.Filter{Courses: []string{"Histoire", "Droit"}}, "c.md"},
		{"document", everything, retrieval.Filter{Documents: []string{id("b.md")}}, "b.md"},
		{"documents", everything, retrieval.Filter{Documents: []string{id("b.md"), id("d.md"), "nowhere"}}, "b.md d.md"},
		{"author", everything, retrieval.Filter{Author: "mariategui"}, "a.md"},
		{"author in part", everything, retrieval.Filter{Author: "Carlos"}, "a.md c.md"},
		{"author in another order", everything, retrieval.Filter{Author: "Luxemburg, Rosa"}, "b.md"},
		{"author unknown", everything, retrieval.Filter{Author: "Rosa Rey"}, ""},
		{"language", everything, retrieval.Filter{Language: "ES"}, "a.md"},
		{"year", everything, retrieval.Filter{From: "1928", To: "1928"}, "a.md c.md"},
		{"month", everything, retrieval.Filter{From: "1928-07", To: "1928-07"}, "a.md"},
		{"day", everything, retrieval.Filter{From: "1928-07-15"}, "c.md"},
		{"up to", everything, retrieval.Filter{To: "1927"}, "b.md"},
		{"within a year", everything, retrieval.Filter{From: "1906-05", To: "1906-06"}, "b.md"},
		{"several", everything, retrieval.Filter{Courses: []string{"Histoire"}, From: "1920", Author: "José"}, "a.md"},
		{"several that no text meets", everything, retrieval.Filter{Courses: []string{"Droit"}, To: "1920"}, ""},
	}
	for _, test := range tests {
		hits, err := l.Rank(t.Context(), retrieval.Query{Text: "soviet", Access: test.access, Filter: test.filter}, 20, nil)
		check(t, err)
		var names []string
		for _, h := range hits {
			names = append(names, l.name(t, everything, h.Document))
		}
		slices.Sort(names)
		if got := strings.Join(names, " "); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
