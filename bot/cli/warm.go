package cli

import (
	"context"
	"errors"
	"slices"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// warmQuestions are asked of nobody's texts but to make what the first question of a
// language would have to wait for: the index, and how well questions fit that have nothing
// to do with the texts.
var warmQuestions = map[string]string{
	"fr": "Pourquoi la réunion a-t-elle été reportée à la semaine suivante ?",
	"es": "¿Por qué se aplazó la reunión hasta la semana siguiente?",
	"en": "Why was the meeting put off until the following week?",
	"de": "Warum wurde die Sitzung auf die folgende Woche verschoben?",
	"it": "Perché la riunione è stata rimandata alla settimana seguente?",
	"pt": "Por que a reunião foi adiada para a semana seguinte?",
}

// warm makes ready what the first questions to each guild need, in the languages of its
// texts: one guild after the other. What fails shows with the first question.
func (p *program) warm(ctx context.Context, l *library) {
	guilds, err := l.db.Guilds(ctx)
	for _, guild := range guilds {
		if ctx.Err() == nil {
			err = errors.Join(err, warmGuild(ctx, l, guild))
		}
	}
	if err != nil && ctx.Err() == nil {
		p.log.Warn("make the indexes ready", "err", err)
	}
}

func warmGuild(ctx context.Context, l *library, guild string) error {
	if l.indexes.Dropped(guild) || l.curatedIndexes.Dropped(guild) {
		return nil // there is no room for it until somebody asks
	}
	ctx = retrieval.Unasked(ctx)
	if err := errors.Join(l.indexes.Renew(ctx, guild), l.curatedIndexes.Renew(ctx, guild)); err != nil {
		return err
	}
	all := corpus.Everything(guild)
	documents, err := l.store.Documents(ctx, all, false)
	if err != nil {
		return err
	}
	var languages []string
	for _, d := range documents {
		if warmQuestions[d.Language] != "" && !slices.Contains(languages, d.Language) {
			languages = append(languages, d.Language)
		}
	}
	for _, language := range languages {
		if _, err := l.answerer.Ask(ctx, answers.Question{Text: warmQuestions[language], Access: all}); err != nil {
			return err
		}
		if err := l.answerer.Ready(ctx, guild, language); err != nil { // the question may have found nothing
			return err
		}
	}
	return nil
}
