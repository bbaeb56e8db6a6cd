package answers_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// changing are the exported functions that change things or take no Access. All others
// must show nothing to who may see nothing.
var changing = map[string]bool{
	// Changes, which only moderators and the machine make.
	"corpus.Store.Put": true, "corpus.Store.Import": true, "corpus.Store.Remove": true, "corpus.Store.Restore": true, "corpus.Store.SetLimits": true, "corpus.Store.SetQuoteLimit": true, "corpus.Store.SetCourse": true, "corpus.Store.Retitle": true,
	"corpus.Store.PutUndoably": true, "corpus.Store.Rename": true, "corpus.Store.TakeBack": true, "corpus.Store.ChangeLimits": true,
	"answers.Store.Add": true, "answers.Store.Edit": true, "answers.Store.Remove": true, "answers.Store.Restore": true, "answers.Store.Revert": true,
	"answers.Store.Used": true, "answers.Store.AddGroup": true, "answers.Store.EditGroup": true, "answers.Store.RemoveGroup": true,
	"answers.Store.ChangeGroups": true, "answers.Store.ChangeAnswers": true, "answers.Store.TakeOver": true,
	"answers.Store.AnswerOpen": true, "answers.Store.AnswerOpenWith": true, "answers.Store.Dismiss": true, "answers.Store.Reopen": true,
	"answers.Store.Propose": true, "answers.Store.Accept": true, "answers.Store.Decline": true, "answers.Store.Withdraw": true,
	"answers.Store.TakeBack": true, "answers.Store.Forget": true, "answers.Store.ForgetListed": true, "answers.Store.Purge": true,
	"answers.Store.Follow": true, "answers.Store.FollowProposal": true, "answers.Store.Unfollow": true, "answers.Store.Delivered": true,
	"answers.Store.FollowTexts": true, "answers.Answerer.Gather": true, "answers.Answerer.Vote": true,
	// What an index follows, and the access itself.
	"corpus.Store.Head": true, "corpus.Store.Stamp": true, "corpus.Store.Changes": true, "corpus.Store.AccessOf": true,
	"answers.Store.Head": true, "answers.Store.Stamp": true, "answers.Store.Changes": true,
	"answers.Store.Told": true,
	// What the bot delivers to who asked for it.
	"answers.Store.Notices": true,
	// What a member wrote themself, for that member.
	"answers.Store.Personal": true, "answers.Store.ProposalsOf": true,
	// No reading.
	"answers.Answerer.WithCurated": true, "answers.Answerer.Usual": true, "answers.Answerer.Ready": true,
}

// A hiding is two guilds: one where everything is of one course, and an empty one.
type hiding struct {
	texts    *corpus.Store
	curated  *answers.Store
	answerer *answers.Answerer
	document corpus.Document
	copy     corpus.Draft // of the document, under another name
	answer   answers.Curated
	excerpt  answers.Excerpt
	open     answers.OpenQuestion
	proposal answers.Proposal
}

const emptyGuild = "empty"

// falseText stands for a call whose bool is false; it is true elsewhere.
const falseText = " "

func newHiding(t *testing.T, db *database.DB) *hiding {
	t.Helper()
	h := &hiding{texts: corpus.NewStore(db, time.Now)}
	h.curated = answers.NewStore(db, h.texts, time.Now)
	open := func(source retrieval.Source) *retrieval.Indexes {
		indexes, err := retrieval.OpenIndexes(t.TempDir(), source, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { indexes.Close() })
		return indexes
	}
	h.answerer = answers.New(h.texts, open(h.texts), slog.New(slog.DiscardHandler)).WithCurated(h.curated, open(h.curated))
	const secret = "---\ncourse: tutors\nlanguage: fr\n---\n# Kornilov\n\nKornilov marche sur Petrograd.[^1] Le soviet résiste.\n\n[^1]: Selon Rosmer."
	h.document = putText(t, h.texts, "secret.md", secret)
	var err error
	h.copy, err = corpus.Read(corpus.File{Name: "copy.md", Data: []byte(secret)})
	must(t, err)
	h.answer = add(t, h.curated, guild, answers.Content{
		Question: "Que fait le soviet de Cronstadt ?", Answer: "Il se soulève.", Course: "tutors",
		Sources: []answers.Source{quoteOf(h.document, "Le soviet résiste."), {Text: "cours"}},
	})
	if _, err := h.curated.Remove(t.Context(), guild, add(t, h.curated, guild, answers.Content{Question: "Qui est Rosmer ?", Answer: "Un ami.", Course: "tutors"}).ID, 0, "ana"); err != nil {
		t.Fatal(err)
	}
	addGroup(t, h.curated, "barricade", "barrikade")
	h.moderate(t)
	if err := h.texts.SetLimits(t.Context(), guild, "", &corpus.Limits{Roles: []string{"1"}}); err != nil {
		t.Fatal(err)
	}
	logged := database.By(t.Context(), database.Actor{Who: "ana", Via: database.ViaDiscord, Now: time.Now})
	if _, err := h.curated.Edit(logged, guild, h.answer.ID, 0, "ana", answers.Content{Question: h.answer.Question, Answer: "Il se lève.", Course: "tutors", Sources: h.answer.Sources}); err != nil {
		t.Fatal(err)
	}
	for _, g := range []string{guild, emptyGuild} { // which thereby is a guild that has changed
		if err := h.texts.SetLimits(t.Context(), g, "tutors", &corpus.Limits{Roles: []string{"1"}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.texts.SetLimits(t.Context(), emptyGuild, "tutors", nil); err != nil {
		t.Fatal(err)
	}
	reply, err := h.answerer.Ask(t.Context(), answers.Question{Text: "Sur quoi marche Kornilov ?", Access: corpus.Everything(guild)})
	if err != nil || len(reply.Quotes) == 0 {
		t.Fatalf("Ask = %+v, %v, want quotes", reply, err)
	}
	h.excerpt = reply.Quotes[0]
	must(t, h.texts.SetQuoteLimit(t.Context(), guild, corpus.QuoteLimit{Course: "tutors", Runes: 500}))
	return h
}

// moderate adds what waits for moderators: a quote that is not there any more, an open
// question, a proposal, and a vote.
func (h *hiding) moderate(t *testing.T) {
	t.Helper()
	const head = "---\ncourse: tutors\nlanguage: fr\n---\n"
	old := putText(t, h.texts, "old.md", head+"Denikine avance sur Orel.")
	add(t, h.curated, guild, answers.Content{Question: "Où va Denikine ?", Answer: "À Orel.", Course: "tutors", Sources: []answers.Source{quoteOf(old, "Denikine avance sur Orel.")}})
	putText(t, h.texts, "old.md", head+"Wrangel quitte la Crimée.")
	tutors := corpus.Only(guild, "tutors")
	asking := answers.Asking{Text: "Pourquoi Makhno ?", Access: tutors, Language: "fr", Reason: answers.Unanswered}
	var err1, err2, err3 error
	h.open, err1 = h.answerer.Gather(t.Context(), asking)
	h.proposal, err2 = h.curated.Propose(t.Context(), tutors, "member", answers.Content{Question: "Qui est Makhno ?", Answer: "Un anarchiste.", Course: "tutors"})
	err3 = h.answerer.Vote(t.Context(), guild, answers.Vote{Reply: "reply", Member: "member", Helpful: true}, answers.Shown{Asking: asking, Curated: h.answer.ID})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
}

// strings returns the texts to give to a function that takes one: questions of all kinds,
// or what names something that is there.
func (h *hiding) strings(function string) []string {
	switch function {
	case "corpus.Store.Document", "corpus.Store.Text", "corpus.Store.Window":
		return []string{h.document.ID}
	case "corpus.Store.Locate":
		return []string{"Kornilov marche sur Petrograd."}
	case "corpus.Store.DocumentNamed":
		return []string{h.document.Name}
	case "answers.Store.Curated", "answers.Store.History":
		return []string{h.answer.ID}
	case "answers.Store.OpenQuestions", "answers.Store.Proposals":
		return []string{falseText, ""}
	case "answers.Store.OpenQuestion":
		return []string{h.open.ID}
	case "answers.Store.Proposal", "answers.Store.Unseen", "answers.Store.Acceptable":
		return []string{h.proposal.ID}
	case "answers.Store.Votes":
		return []string{"reply"}
	case "answers.Store.Search":
		return []string{"Cronstadt", "soviet"}
	case "answers.Answerer.List":
		return []string{"Kornilov soviet selon Rosmer"}
	case "answers.Answerer.Ask":
		return []string{
			"Sur quoi marche Kornilov ?", "que fait le soviet de cronstadt", "Kornilof", "petrogrod ville perdue", "rosmeer", "xyz",
			"merci", "kornilov petrograd merci",
		}
	}
	return nil
}

// argument returns an argument of a type for a function, and whether there is one.
func (h *hiding) argument(t *testing.T, kind reflect.Type, access corpus.Access, text string) (reflect.Value, bool) {
	all := corpus.Range{Start: 0, End: h.document.Bytes}
	for _, value := range []any{
		access, text, text != falseText, 1, time.Time{}, all, h.answer, h.proposal.Content, h.excerpt, []answers.Excerpt{h.excerpt}, h.copy,
		answers.Question{Text: text, Access: access},
		[]corpus.PassageID{{Document: h.document.ID, Ordinal: 0}},
		corpus.Reference{Document: h.document.ID, Revision: h.document.Revision, Ranges: []corpus.Range{all}},
		[]corpus.Reference{{Document: h.document.ID, Revision: h.document.Revision, Ranges: []corpus.Range{all}}},
	} {
		if reflect.TypeOf(value) == kind {
			return reflect.ValueOf(value), true
		}
	}
	if kind == reflect.TypeFor[context.Context]() {
		return reflect.ValueOf(t.Context()), true
	}
	return reflect.Value{}, false
}

// shows calls a function and returns all that it shows.
func (h *hiding) shows(t *testing.T, name string, function reflect.Value, access corpus.Access, text string) string {
	t.Helper()
	var in []reflect.Value
	for i := range function.Type().NumIn() {
		v, ok := h.argument(t, function.Type().In(i), access, text)
		if !ok {
			t.Fatalf("%s takes a %s, and this test has none: give it one", name, function.Type().In(i))
		}
		in = append(in, v)
	}
	var shown []string
	for _, out := range function.Call(in) {
		if err, isError := out.Interface().(error); isError {
			shown = append(shown, err.Error())
			continue
		}
		data, err := json.Marshal(out.Interface())
		if err != nil {
			t.Fatal(err)
		}
		if string(data) == "[]" {
			data = []byte("null")
		}
		shown = append(shown, string(data))
	}
	return strings.Join(shown, "\n")
}

// takesAccess reports whether a function takes an Access, or a Question, which has one.
func takesAccess(function reflect.Type) bool {
	for i := range function.NumIn() {
		if kind := function.In(i); kind == reflect.TypeFor[corpus.Access]() || kind == reflect.TypeFor[answers.Question]() {
			return true
		}
	}
	return false
}

// TestNothingIsShown: what an access does not see looks like what is not there, in every
// function that reads. It fails for a new function that does not know of access.
func TestNothingIsShown(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		h := newHiding(t, db)
		limited, err := h.texts.AccessOf(t.Context(), guild, corpus.Asker{})
		if err != nil {
			t.Fatal(err)
		}
		blind := []corpus.Access{limited, {}, corpus.Only(guild), corpus.Only(guild, "other"), corpus.AllBut(guild, "TUTORS", "")}
		for _, of := range []any{h.texts, h.curated, h.answerer} {
			value := reflect.ValueOf(of)
			for i := range value.NumMethod() {
				name := strings.TrimPrefix(value.Type().String(), "*") + "." + value.Type().Method(i).Name
				function := value.Method(i)
				if changing[name] {
					continue
				}
				if !takesAccess(function.Type()) {
					t.Errorf("%s takes no access: what reads obeys one, and what changes things stands in this test's list", name)
					continue
				}
				texts := h.strings(name)
				if texts == nil {
					texts = []string{""}
				}
				something := false
				for _, text := range texts {
					nothing := map[string]string{ // by the guild of the access
						guild: h.shows(t, name, function, corpus.Everything(emptyGuild), text),
						"":    h.shows(t, name, function, corpus.Everything(""), text),
					}
					something = something || h.shows(t, name, function, corpus.Everything(guild), text) != nothing[guild]
					for n, access := range blind {
						if got, want := h.shows(t, name, function, access, text), nothing[access.Guild()]; got != want {
							t.Errorf("%s(%q) shows to access %d\n%s, want what it shows of an empty guild:\n%s", name, text, n, got, want)
						}
					}
				}
				if !something {
					t.Errorf("%s shows nothing to who may see everything: give it something to show", name)
				}
			}
		}
	})
}

// TestQuotesOfHiddenTexts: an answer that everybody sees shows no words of a text that
// not everybody does.
func TestQuotesOfHiddenTexts(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		h := newHiding(t, db)
		open := add(t, h.curated, guild, answers.Content{
			Question: "Que fait le soviet de Cronstadt en mars ?", Answer: "Il se soulève.",
			Sources: []answers.Source{quoteOf(h.document, "Kornilov marche sur Petrograd."), {Text: "cours"}},
		})
		access := corpus.AllBut(guild, "tutors")
		reply, err := h.answerer.Ask(t.Context(), answers.Question{Text: "Que fait le soviet de Cronstadt en mars ?", Access: access})
		if err != nil || reply.Curated == nil || reply.Curated.ID != open.ID {
			t.Fatalf("Ask = %+v, %v, want the answer that everybody sees", reply, err)
		}
		one, err1 := h.curated.Curated(t.Context(), access, open.ID)
		list, err2 := h.curated.List(t.Context(), access, true)
		history, err3 := h.curated.History(t.Context(), access, open.ID)
		found, err4 := h.curated.Search(t.Context(), access, "Petrograd")
		for _, shown := range []any{reply, one, list, history, found} {
			if data, err := json.Marshal(shown); err != nil || strings.Contains(string(data), "Petrograd") {
				t.Errorf("%T shows %s, %v", shown, data, err)
			}
		}
		if err1 != nil || err2 != nil || err3 != nil || err4 != nil || len(list) != 1 || len(history) != 1 || len(one.Sources) != 1 {
			t.Errorf("Curated, List, History, Search = %v", fmt.Sprint(one, list, history, found, err1, err2, err3, err4))
		}
	})
}
