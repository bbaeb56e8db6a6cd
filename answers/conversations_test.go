package answers_test

import (
	"strconv"
	"testing"
	"time"

	"verbatim/answers"
)

func TestConversations(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	c := answers.NewConversations(func() time.Time { return now })
	ana := answers.Place{Guild: "1", Channel: "2", User: "ana"}
	check := func(when string, p answers.Place, want string) {
		t.Helper()
		if got := c.Previous(p); got != want {
			t.Errorf("%s: previous question %q, want %q", when, got, want)
		}
	}
	check("at first", ana, "")
	c.Remember(ana, "Qui a gagné en 2011 ?", answers.Reply{})
	check("after a question", ana, "Qui a gagné en 2011 ?")
	for _, other := range []answers.Place{
		{Guild: "9", Channel: "2", User: "ana"}, {Guild: "1", Channel: "9", User: "ana"}, {Guild: "1", Channel: "2", User: "ben"},
		{Guild: "1", Channel: "2", Message: "ana"},
	} {
		check("elsewhere", other, "")
	}
	c.Remember(ana, "merci", answers.Reply{SmallTalk: true})
	check("after thanks", ana, "Qui a gagné en 2011 ?")
	c.Remember(ana, "et en 2016 ?", answers.Reply{ReadAs: "Qui a gagné en 2016 ?"})
	check("after what follows up", ana, "Qui a gagné en 2016 ?")
	now = now.Add(answers.Remembered)
	check("in time", ana, "Qui a gagné en 2016 ?")
	now = now.Add(time.Second)
	check("too late", ana, "")

	c.Remember(ana, "one", answers.Reply{})
	c.Remember(answers.Place{Guild: "1", User: "ben"}, "two", answers.Reply{})
	c.Forget(func(p answers.Place) bool { return p.User == "ana" })
	check("forgotten", ana, "")
	check("not forgotten", answers.Place{Guild: "1", User: "ben"}, "two")
	for i := range 10_000 {
		c.Remember(answers.Place{Guild: "2", User: strconv.Itoa(i)}, "three", answers.Reply{})
	}
	check("with too many", answers.Place{Guild: "1", User: "ben"}, "")
	check("the last of many", answers.Place{Guild: "2", User: "9999"}, "three")
}
