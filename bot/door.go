package bot

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// Doors are buttons on messages of the bot that all may read, such as a greeting, and that
// work as long as the message stands. They know nothing but the guild; who may go through
// is looked at each time.
const (
	doorPrefix    = "g-"
	doorSettings  = doorPrefix + "settings"
	doorTexts     = doorPrefix + "texts"
	doorAsk       = doorPrefix + "ask"
	doorQuestions = doorPrefix + "questions"
	doorReview    = doorPrefix + "review"
)

// pressDoor opens what is behind a door.
func (b *Bot) pressDoor(ctx context.Context, t *turn, id string, p press) error {
	at := t.seat()
	if at.direct || at.discordGuild != id {
		return b.stale(ctx, t)
	}
	action, _, _ := strings.Cut(p.CustomID, ":")
	switch action {
	case doorSettings:
		return b.openDesk(ctx, t, allSettings{})
	case doorTexts:
		return b.openUpload(ctx, t, id)
	case doorAsk:
		w := t.words()
		return b.openModal(ctx, t, id, modal{title: w.say("door_ask"), action: doorAsk, fields: []field{
			{name: nameQuestion, label: w.say("door_question"), most: maxField, lines: true, required: true},
		}})
	case doorQuestions:
		return b.questionsCommand(ctx, t, command{})
	case doorReview:
		return b.reviewCommand(ctx, t, command{})
	}
	return b.stale(ctx, t)
}

// componentFile is the number of a component in which files are given.
const componentFile = 19

// openUpload shows a moderator the window in which texts are given.
func (b *Bot) openUpload(ctx context.Context, t *turn, id string) error {
	looking, cancel := context.WithTimeout(ctx, seatTime)
	defer cancel()
	if refusal, err := b.refusal(looking, t.seat(), false); err != nil || refusal != "" {
		return b.tellUnless(ctx, t, refusal, err)
	}
	w := t.words()
	return b.callback(ctx, t, answered, map[string]any{
		"type": discordgo.InteractionResponseModal,
		"data": map[string]any{"custom_id": customID(doorTexts, id), "title": w.say("door_texts"), "components": []any{
			map[string]any{"type": componentLabel, "label": w.say("door_files"), "description": w.say("door_files_hint"), "component": map[string]any{
				"type": componentFile, "custom_id": nameFile, "required": true, "min_values": 1, "max_values": len(fileOptions),
			}},
		}},
	})
}

// given returns the files that were given in a window.
func (s submission) files() []attachment {
	var all []attachment
	for _, part := range s.Components {
		label := read[struct {
			Component struct {
				Values []string `json:"values"`
			} `json:"component"`
		}](part)
		for _, id := range label.Component.Values {
			if a, ok := s.Resolved.Attachments[id]; ok {
				all = append(all, a)
			}
		}
	}
	return all
}

// submitDoor takes what was written or given in a window behind a door.
func (b *Bot) submitDoor(ctx context.Context, t *turn, id, action string, data submission) error {
	at := t.seat()
	if at.direct || at.discordGuild != id {
		return b.stale(ctx, t)
	}
	switch action {
	case doorAsk:
		return b.answer(ctx, t, asking{seat: at, text: data.values()[nameQuestion], private: true})
	case doorTexts:
		var files []bringing
		for _, a := range data.files() {
			files = append(files, bringing{attachment: a, name: a.Filename})
		}
		return b.beginDesk(ctx, t, &finished{}, func(ctx context.Context, s *bench) error { return s.bring(ctx, files) })
	}
	return b.stale(ctx, t)
}
