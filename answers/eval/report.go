package eval

// A Report is the measures of a set. Shares are from 0 to 1; what can't be measured
// on the set is nil.
type Report struct {
	Set              string          `json:"set"`
	N                int             `json:"n"` // queries, without unanswerable questions
	RecallAt1        *float64        `json:"recall_at_1"`
	RecallAt5        *float64        `json:"recall_at_5"`
	RecallAt10       *float64        `json:"recall_at_10"`
	MRRAt10          *float64        `json:"mrr_at_10"`
	NDCGAt10         *float64        `json:"ndcg_at_10"`
	AnswerInReply    *Shares         `json:"answer_in_reply"` // of the excerpts, whatever the outcome
	Answered         *Shares         `json:"answered"`        // of the reply as sent
	CharactersShown  float64         `json:"characters_shown"`
	Refused          float64         `json:"refused"`
	FalseAnswers     FalseAnswers    `json:"false_answers"`
	UntrueQuotes     int             `json:"untrue_quotes"`
	Curated          *CuratedCounts  `json:"curated"` // nil without curated answers
	Kinds            map[string]Kind `json:"kinds"`   // never nil
	QuestionsASecond float64         `json:"questions_per_second"`
	P50              float64         `json:"p50_ms"`
	P99              float64         `json:"p99_ms"`
	LeaveOut         *LeaveOut       `json:"leave_out,omitempty"` // nil unless documents are left out

	Questions []Judged    `json:"-"` // queries, then unanswerable questions, in their order
	Asks      []JudgedAsk `json:"-"` // asks of curated answers, then misses, in their order
}

// Shares are the shares of queries with an answer in the first so many code points.
type Shares struct {
	In300 float64 `json:"300"`
	In600 float64 `json:"600"`
	In900 float64 `json:"900"`
}

// FalseAnswers count how questions without an answer were answered, by their kind.
type FalseAnswers struct {
	Foreign FalseCount `json:"foreign"` // the subject is not in the texts
	Near    FalseCount `json:"near"`    // the subject is, the fact is not
	Other   FalseCount `json:"other"`   // of any other kind, or of none
}

// A FalseCount is the number of firm answers, of hedged ones, and of all questions.
type FalseCount [3]int

// CuratedCounts say how often a curated answer was found first by its asks, and how
// often wrongly by its misses.
type CuratedCounts struct {
	Asks         int `json:"asks"`
	FoundFirst   int `json:"found_first"`
	Misses       int `json:"misses"`
	WronglyFound int `json:"wrongly_found"`
	FoundWider   int `json:"found_wider"`         // of FoundFirst, those said to be to a wider question
	WronglyWider int `json:"wrongly_found_wider"` // likewise of WronglyFound
}

// A Kind is the measures of the queries of one kind.
type Kind struct {
	N             int     `json:"n"`
	AnswerInReply *Shares `json:"answer_in_reply"`
	Answered      *Shares `json:"answered"`
	Refused       float64 `json:"refused"`
}

// WithoutTimes returns r without what differs from run to run.
func (r Report) WithoutTimes() Report {
	r.QuestionsASecond, r.P50, r.P99 = 0, 0, 0
	return r
}
