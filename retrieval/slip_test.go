package retrieval

import "testing"

// TestLikeStops: each word that is no slip for a stop word would be taken for one.
func TestLikeStops(t *testing.T) {
	for code, words := range likeStops {
		for word := range words {
			taken := false
			for stop := range known[code].StopWords() {
				taken = taken || len(stop) >= oneWrong-1 && isSlip(code, word, stop) && isHead(word, stop)
			}
			if !taken || len(word) < oneWrong || known[code].IsStop(word) {
				t.Errorf("%s: nobody would take %q for a stop word", code, word)
			}
		}
	}
}
