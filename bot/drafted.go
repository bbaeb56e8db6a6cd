package bot

import (
	"context"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// saved says what was stored, and who is told.
func (d *draft) saved(s *bench, made answers.Curated) string {
	question := escape(cut(made.Question, maxTitle, escapedLen))
	switch {
	case d.purpose == toAnswer && d.waiting > 0:
		return s.words.count("draft_answered", d.waiting, "Question", question)
	case d.purpose == toAccept:
		return s.say("draft_accepted", "Question", question, "Who", s.words.person(d.member))
	}
	return s.say("draft_saved", "Question", question)
}

// show writes the draft as it will look.
func (d *draft) show(ctx context.Context, s *bench) (reply, error) {
	w := s.words
	if d.theirs != nil {
		return d.showBoth(s), nil
	}
	again := s.button("button_write", onWrite, discordgo.SecondaryButton)
	away := s.button("button_away", onThrowAway, discordgo.DangerButton)
	if d.checked == nil {
		r := reply{content: lines("**"+w.say("draft_unsaved")+"**", smallSign+w.say("draft_kept")), rows: rowOf(nil, again, away)}
		if d.form.answer != "" {
			r.embeds = curatedEmbeds(answers.CuratedReply{Curated: answers.Curated{Content: answers.Content{Answer: d.form.answer}}}, nil, maxEmbeds)
		}
		return r, nil
	}
	r, err := s.answerShown(ctx, *d.checked)
	if err != nil {
		return r, err
	}
	r.content = lines("**"+w.say("draft_preview")+"**", r.content)
	store := "button_save"
	if d.purpose == toPropose {
		store = "button_propose"
	}
	r.rows = rowOf(nil, s.button(store, onSave, discordgo.SuccessButton), again, away)
	return r, nil
}

// showBoth shows what somebody else has stored in the meantime, and the draft.
func (d *draft) showBoth(s *bench) reply {
	w := s.words
	r := reply{content: w.say("draft_conflict", "Who", s.words.person(d.theirs.Editor), "Revision", d.theirs.Revision)}
	for _, version := range []struct{ title, answer string }{{"draft_theirs", d.theirs.Answer}, {"draft_yours", d.form.answer}} {
		embeds := curatedEmbeds(answers.CuratedReply{Curated: answers.Curated{Content: answers.Content{Answer: version.answer}}}, nil, maxEmbeds/2-maxEmbedTitle)
		if len(embeds) > 0 {
			embeds[0].Title = w.say(version.title)
		}
		r.embeds = append(r.embeds, embeds...)
	}
	r.rows = rowOf(nil,
		s.button("button_write", onWrite, discordgo.SecondaryButton),
		s.button("button_overwrite", onOverwrite, discordgo.DangerButton),
		s.button("button_theirs", onTheirs, discordgo.SecondaryButton))
	return r
}

// answerShown shows a curated answer with its question, its wordings and its sources.
func (s *bench) answerShown(ctx context.Context, c answers.Curated) (reply, error) {
	w := s.words
	shown := answers.CuratedReply{Curated: c}
	var err error
	if shown.Shown, err = s.bot.options.Curated.Sources(ctx, s.access, c); err != nil {
		return reply{}, err
	}
	text := []string{"**" + escape(cut(c.Question, maxTitle*2, escapedLen)) + "**"}
	if len(c.Wordings) > 0 {
		text = append(text, smallSign+w.say("answer_wordings", "Wordings", wordingsShown(c.Wordings)))
	}
	if c.Course != "" {
		text = append(text, smallSign+w.say("answer_course", "Course", escape(cut(c.Course, maxTitle, escapedLen))))
	}
	if missing := len(c.Sources) - len(shown.Shown); missing > 0 {
		text = append(text, w.count("answer_stale", missing))
	}
	return reply{content: lines(text...), embeds: curatedEmbeds(shown, nil, maxEmbeds)}, nil
}

// wordingsShown writes wordings after one another, as many as there is room for.
func wordingsShown(all []string) string {
	text := ""
	for i, wording := range all {
		if i > 0 {
			text += " · "
		}
		text += wording
	}
	return escape(cut(text, 2*maxWords, escapedLen))
}
