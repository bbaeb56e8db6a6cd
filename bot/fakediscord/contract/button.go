package contract

// Styles of https://docs.discord.com/developers/components/reference#button-button-styles.
// Those before styleLink are ordinary buttons.
const (
	styleLink    = 5
	stylePremium = 6
)

// checkButton checks that a button has what its style needs and nothing else.
func (c *component) checkButton(f *findings, at string) {
	needs := "custom_id"
	switch c.Style {
	case styleLink:
		needs = "url"
	case stylePremium:
		needs = "sku_id"
	}
	for _, target := range []struct{ name, value string }{
		{"custom_id", c.CustomID}, {"url", c.URL}, {"sku_id", c.SKU},
	} {
		switch {
		case target.name == needs && target.value == "":
			f.add(at, RuleButton, "a button of style %d needs %s", c.Style, needs)
		case target.name != needs && target.value != "":
			f.add(at+"/"+target.name, RuleButton, "a button of style %d has none", c.Style)
		}
	}
	hasFace := c.Label != "" || !isNull(c.Emoji)
	if hasFace == (c.Style == stylePremium) {
		f.add(at, RuleButton, "needs label or emoji, unless it is premium, which has neither")
	}
}
