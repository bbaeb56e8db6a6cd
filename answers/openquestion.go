package answers

import (
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"verbatim/corpus"
)

// A Reason says why a question is open.
type Reason string

// The reasons.
const (
	Unanswered Reason = "unanswered" // the reply was no answer
	Unhelpful  Reason = "unhelpful"  // someone voted that the reply did not help
	Sent       Reason = "sent"       // the asker sent it to the moderators
)

// An Asking is a question that was asked and is to be gathered with those like it.
type Asking struct {
	Text     string
	Access   corpus.Access // with which it was asked: who may not see all of that doesn't see the question
	Language string        // of the Reply
	Reason   Reason
	Private  bool // asked in private or in a direct message: gathered only if its Reason is Sent
}

// An OpenQuestion is what was asked alike in places with the same courses, and waits for
// a moderator.
type OpenQuestion struct {
	ID        string
	Text      string // one of the wordings, with which others are compared
	Language  string
	Asked     corpus.Access // with which it was asked: for who sees all of it
	Wordings  []Wording     // the most frequent first
	Times     int           // how often it was asked
	First     time.Time     // when it was asked first
	Last      time.Time     // when it was asked last
	Followers int           // how many wait to be told
	Dismissed time.Time     // zero unless it is dismissed
	Why       string        // why it was dismissed, may be ""
}

// A Wording is one way in which an open question was asked for one reason.
type Wording struct {
	Text   string
	Reason Reason
	Times  int
	Last   time.Time
}

// Content returns the beginning of an answer to the question: with its most frequent
// wordings, and its course if it was asked where one alone could be seen.
func (q OpenQuestion) Content() Content {
	c := Content{Question: q.Text, Language: q.Language, Course: courseOf(q.Asked)}
	for _, w := range q.Wordings {
		if w.Text != q.Text && len(c.Wordings) < wordingsTaken {
			c.Wordings = append(c.Wordings, w.Text)
		}
	}
	return c
}

// Limits of the open questions. What is over them goes out: of questions those that
// were dismissed, then the rarest, of these the ones that are the longest ago.
const (
	MaxOpenQuestions = 500 // of a guild
	maxOpenWordings  = 30  // of a question; others count as the most frequent one
	maxFollowers     = 100 // of a question
	maxAsked         = maxWording
	wordingsTaken    = 10 // into an answer
)

// cutLine makes a line of at most so many characters of what people wrote.
func cutLine(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if isForbidden(r) {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, ""))
	text = line(norm.NFC.String(text))
	if utf8.RuneCountInString(text) > most {
		text = string([]rune(text)[:most-1]) + "…"
	}
	return text
}

// AskingOf returns the asking of a question that got a reply. What was read together with
// the question before it is gathered as it was read, for alone it says too little.
func AskingOf(q Question, r Reply, reason Reason, private bool) Asking {
	text := q.Text
	if r.ReadAs != "" {
		text = r.ReadAs
	}
	return Asking{Text: text, Access: q.Access, Language: r.Language, Reason: reason, Private: private}
}

// IsOpen reports whether a reply leaves its question open: there are texts, it is a
// question, and they don't answer it.
func (r Reply) IsOpen() bool { return r.Outcome == None && !r.SmallTalk && !r.Empty }
