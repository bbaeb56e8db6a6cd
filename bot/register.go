package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// Names of commands and options.
const (
	commandAsk     = "ask"
	optionQuestion = "question"
)

// commands are the commands of the bot as Discord is to have them.
func commands() []*discordgo.ApplicationCommand {
	longest := answers.MaxQuestion
	return []*discordgo.ApplicationCommand{{
		Type:        discordgo.ChatApplicationCommand,
		Name:        commandAsk,
		Description: "Ask the texts of this server a question",
		DescriptionLocalizations: &map[discordgo.Locale]string{
			discordgo.French:       "Poser une question aux textes de ce serveur",
			discordgo.SpanishES:    "Hacer una pregunta a los textos de este servidor",
			discordgo.SpanishLATAM: "Hacer una pregunta a los textos de este servidor",
		},
		Contexts:         &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild},
		IntegrationTypes: &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall},
		Options: []*discordgo.ApplicationCommandOption{{
			Type:        discordgo.ApplicationCommandOptionString,
			Name:        optionQuestion,
			Description: "What do you want to know?",
			DescriptionLocalizations: map[discordgo.Locale]string{
				discordgo.French:       "Que voulez-vous savoir\u00A0?",
				discordgo.SpanishES:    "¿Qué quieres saber?",
				discordgo.SpanishLATAM: "¿Qué quieres saber?",
			},
			Required:  true,
			MaxLength: longest,
		}},
	}}
}

// register gives Discord the commands if it has others.
func (b *Bot) register(ctx context.Context) error {
	application, err := application(ctx, b.session)
	if err != nil {
		return fmt.Errorf("reach Discord at %s: %w", b.options.API, err)
	}
	endpoint := discordgo.EndpointApplicationGlobalCommands(application)
	registered, err := b.session.RequestWithBucketID("GET", endpoint+"?with_localizations=true", nil, endpoint, discordgo.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("read the registered commands: %w", withoutToken(err))
	}
	same, err := sameCommands(registered, commands())
	if err != nil {
		return fmt.Errorf("read the registered commands: %w", err)
	}
	if same {
		b.options.Log.Info("commands are registered")
		return nil
	}
	if _, err := b.session.RequestWithBucketID("PUT", endpoint, commands(), endpoint, discordgo.WithContext(ctx)); err != nil {
		return fmt.Errorf("register the commands: %w", withoutToken(err))
	}
	b.options.Log.Info("commands registered anew")
	return nil
}

// application returns the ID of the bot's application. It is the first request, by
// which a wrong token shows.
func application(ctx context.Context, session *discordgo.Session) (string, error) {
	body, err := session.RequestWithBucketID("GET", discordgo.EndpointApplications+"/@me", nil, discordgo.EndpointApplications, discordgo.WithContext(ctx))
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Response.StatusCode == 401 {
		return "", &FinalError{401, finalCodes[4004]}
	}
	if err != nil {
		return "", withoutToken(err)
	}
	var a struct{ ID string }
	if err := json.Unmarshal(body, &a); err != nil || a.ID == "" {
		return "", errors.New("something else than Discord's API answers there")
	}
	return a.ID, nil
}

// sameCommands reports whether the commands that Discord has are those wanted, in
// what we set of them: Discord adds fields of its own and leaves out what is at its
// default.
func sameCommands(registered []byte, wanted []*discordgo.ApplicationCommand) (bool, error) {
	var has []map[string]any
	if err := json.Unmarshal(registered, &has); err != nil {
		return false, err
	}
	if len(has) != len(wanted) {
		return false, nil
	}
	data, err := json.Marshal(wanted)
	if err != nil {
		return false, err
	}
	var want []map[string]any
	if err := json.Unmarshal(data, &want); err != nil {
		return false, err
	}
	for i := range want {
		if !covers(has[i], want[i]) {
			return false, nil
		}
	}
	return true, nil
}

// covers reports whether everything that stands in want stands in has too. What is
// empty in want may be missing.
func covers(has, want any) bool {
	switch want := want.(type) {
	case map[string]any:
		object, _ := has.(map[string]any)
		for key, value := range want {
			if !covers(object[key], value) {
				return false
			}
		}
		return true
	case []any:
		list, _ := has.([]any)
		if len(list) != len(want) {
			return false
		}
		for i := range want {
			if !covers(list[i], want[i]) {
				return false
			}
		}
		return true
	case nil:
		return true
	case string:
		return has == want || want == "" && has == nil
	case bool:
		return has == want || !want && has == nil
	}
	return reflect.DeepEqual(has, want)
}
