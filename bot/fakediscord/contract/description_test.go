package contract

import "testing"

// TestWholeDescription compiles every schema that a request can need, and
// proves that each rule belongs to an operation of the description.
func TestWholeDescription(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, r := range c.routes {
		names[r.name()] = true
		pointers := []string{}
		for _, p := range r.parameters {
			pointers = append(pointers, p.pointer)
		}
		if r.body != nil {
			for media := range r.body.Content {
				pointers = append(pointers, r.pointer+"/requestBody/content/"+escapePointer(media)+"/schema")
			}
		}
		for _, p := range pointers {
			if _, err := c.schema(p); err != nil {
				t.Error(err)
			}
		}
	}
	if len(names) != 242 {
		t.Errorf("%d operations, want 242", len(names))
	}
	for name := range rules {
		if !names[name] {
			t.Errorf("rules for %s, which the description does not have", name)
		}
	}
}

// TestStaleCorrection proves that a correction which no longer fits is noticed.
func TestStaleCorrection(t *testing.T) {
	for _, c := range []correction{
		{property: "content", schema: empty, replaces: false},
		{property: "contents", schema: empty, replaces: true},
	} {
		if err := c.apply(map[string]any{"content": map[string]any{}}); err == nil {
			t.Errorf("apply(%s) succeeded", c.property)
		}
	}
	if err := (correction{}).apply(nil); err == nil {
		t.Error("apply to a schema that is gone succeeded")
	}
}
