package retrieval

// An Explanation says what the score of a passage is made of. Total is its score.
type Explanation struct {
	Words      float64 // BM25 of the question's words
	Beginnings float64 // words that only begin like one of the question's
	Order      float64 // neighbouring words of the question that stand in its order
	Nearness   float64 // those that stand near each other
	Headings   float64 // words in the title or the headings
	Names      float64 // names and numbers
	Phrases    int     // how many phrases in quotation marks it holds: those that hold more come first, whatever the score
	Weight     float64 // what the sum counts for: less for another language, and for a list of sources
}

// Total is the sum of the parts, weighted.
func (e Explanation) Total() float64 {
	return e.Weight * (e.Words + e.Beginnings + e.Order + e.Nearness + e.Headings + e.Names)
}
