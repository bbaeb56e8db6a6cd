package corpus_test

import (
	"fmt"
	"testing"

	"verbatim/corpus"
)

// TestCovers: one access covers another if it shows whatever that shows, also courses
// that come later.
func TestCovers(t *testing.T) {
	everything, but := corpus.Everything("g"), func(c ...string) corpus.Access { return corpus.AllBut("g", c...) }
	only := func(c ...string) corpus.Access { return corpus.Only("g", c...) }
	for _, test := range []struct {
		one, other corpus.Access
		want       bool
	}{
		{everything, everything, true}, {everything, but("a"), true}, {everything, only("a", "b"), true},
		{but("a"), everything, false}, {but("a"), but("a", "b"), true}, {but("a", "b"), but("a"), false},
		{but("a"), only("b"), true}, {but("a"), only("A", "b"), false},
		{only("a", "b"), only("A"), true}, {only("a"), only("a", "b"), false}, {only("a"), but("b"), false},
		{only("a"), only(), true}, {everything, corpus.Everything("h"), false}, {only("a"), corpus.Only("h", "a"), false},
	} {
		if got := test.one.Covers(test.other); got != test.want {
			t.Errorf("%+v.Covers(%+v) = %v, want %v", test.one, test.other, got, test.want)
		}
	}
	if got := fmt.Sprint(corpus.AllBut("g", "B", "a").Courses()); got != "[a b] true" {
		t.Errorf("Courses() = %s, want [a b] true", got)
	}
}
