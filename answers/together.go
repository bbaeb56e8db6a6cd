package answers

// ReadTogether returns a question read together with the previous one, "" if it stands
// alone, and whether it surely means nothing by itself.
func ReadTogether(previous, text string) (read string, sure bool) {
	return "", false
}
