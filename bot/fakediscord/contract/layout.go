package contract

import (
	"fmt"
	"slices"
)

// checkLayout checks the outermost components. There are two systems: up to
// five rows beside the content, or, by a flag, components instead of it. An
// edit need not repeat the flag, so there the components tell.
func (m *message) checkLayout(f *findings, at string, edits bool) {
	v2 := m.Flags&isComponentsV2 != 0
	notRow := slices.IndexFunc(m.Components, func(c component) bool { return c.Type != typeActionRow })
	switch {
	case v2, edits && notRow >= 0:
		m.checkV2(f, at)
	case notRow >= 0:
		f.add(fmt.Sprintf("%s/components/%d", at, notRow), RuleComponentsV2,
			"type %d needs the flag %s", m.Components[notRow].Type, isComponentsV2)
	case len(m.Components) > maxRows:
		f.add(at+"/components", RuleRows, "%d rows, at most %d", len(m.Components), maxRows)
	}
}

func (m *message) checkV2(f *findings, at string) {
	n := 0
	for range all(m.Components, "") {
		n++
	}
	if n > maxComponentsV2 {
		f.add(at+"/components", RuleComponentsV2, "%d components in all, at most %d", n, maxComponentsV2)
	}
	if m.Content != "" {
		f.add(at+"/content", RuleComponentsV2, "excluded by the components")
	}
	if part := m.legacyParts(); part != "" {
		f.add(at+"/"+part, RuleComponentsV2, "excluded by the components")
	}
}

// checkModal checks a pop-up form. The schema has most of its limits, but lets
// it have 40 components.
func checkModal(f *findings, p *payload) {
	var modal struct {
		Components []component `json:"components"`
	}
	if !decode(p.json, &modal) {
		return
	}
	const at = "/data/components"
	if n := len(modal.Components); n > maxRows {
		f.add(at, RuleRows, "%d components, at most %d", n, maxRows)
	}
	checkComponents(f, at, modal.Components)
}
