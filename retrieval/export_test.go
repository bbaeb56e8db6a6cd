package retrieval

// Coefficients are the numbers that ranking and the value of sentences depend on, by their
// names, for TestFitRanking to change.
var Coefficients = map[string]*float64{
	"k1": &k1, "b": &b, "standsWeight": &standsWeight, "foreignWeight": &foreignWeight, "sourcesWeight": &sourcesWeight,
	"weightBeginning": &weightBeginning, "weightPlace": &weightPlace, "weightName": &weightName,
	"strong": &strong, "fair": &fair, "faint": &faint,
	"shortRunes": &shortRunes, "patience": &patience, "enough": &enough, "trustSure": &trustSure, "trustUnsure": &trustUnsure,
}
