package retrieval

// Parameters of BM25 (Robertson and Zaragoza 2009, equation 3.15): k1 says how soon
// more occurrences of a term stop to count, b how much long passages are held back.
var (
	k1 = 0.9
	b  = 0.4
)

// standsWeight is the weight of a word that one which the texts lack may stand for: less
// than that of a word that was typed.
var standsWeight = 0.95

// saturate is the part of BM25 that grows with the frequency of a term, for a
// passage of so many times the average length. It is below k1+1.
func saturate(frequency, length float64) float64 {
	return frequency * (k1 + 1) / (frequency + k1*(1-b+b*length))
}
