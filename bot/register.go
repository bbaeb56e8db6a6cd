package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

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
		return fmt.Errorf("reach Discord at %s: %w", b.rest.base.Redacted(), err)
	}
	endpoint := discordgo.EndpointApplicationGlobalCommands(application)
	registered, err := b.session.RequestWithBucketID("GET", endpoint+"?with_localizations=true", nil, endpoint, discordgo.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("read the registered commands: %w", withoutAddress(err))
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
		return fmt.Errorf("register the commands: %w", withoutAddress(err))
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
		return "", withoutAddress(err)
	}
	var a struct{ ID string }
	if err := json.Unmarshal(body, &a); err != nil || a.ID == "" {
		return "", errors.New("something else than Discord's API answers there")
	}
	return a.ID, nil
}

// sameCommands reports whether the commands that Discord has are those wanted, in
// whatever order: one that is missing, one too many and any difference count, but for
// what Discord adds and how it writes the same.
func sameCommands(registered []byte, wanted []*discordgo.ApplicationCommand) (bool, error) {
	has, err := commandsByName(registered)
	if err != nil {
		return false, err
	}
	data, err := json.Marshal(wanted)
	if err != nil {
		return false, err
	}
	want, err := commandsByName(data)
	if err != nil {
		return false, err
	}
	return reflect.DeepEqual(has, want), nil
}

// A commandName is what tells a command from others.
type commandName struct {
	kind discordgo.ApplicationCommandType
	name string
}

// commandsByName reads commands, and writes in one way all that mean the same.
//
// The defaults: docs.discord.com/developers/interactions/application-commands. Those of
// contexts and integration types are the application's, so our commands name theirs.
func commandsByName(data []byte) (map[commandName]any, error) {
	var commands []discordgo.ApplicationCommand
	if err := json.Unmarshal(data, &commands); err != nil {
		return nil, err
	}
	all := map[commandName]any{}
	for _, c := range commands {
		c.Type = cmp.Or(c.Type, discordgo.ChatApplicationCommand)
		sortSet(c.Contexts)
		sortSet(c.IntegrationTypes)
		written, err := json.Marshal(c)
		if err != nil {
			return nil, err
		}
		var fields map[string]any
		if err := json.Unmarshal(written, &fields); err != nil {
			return nil, err
		}
		for _, name := range notCompared {
			delete(fields, name)
		}
		all[commandName{c.Type, c.Name}] = withoutEmpty(fields)
	}
	return all, nil
}

// notCompared are the fields of a command that Discord gives it, and older names of
// what stands in others.
var notCompared = []string{"id", "application_id", "guild_id", "version", "default_permission", "dm_permission"}

// sortSet sorts what has no order.
func sortSet[T cmp.Ordered](set *[]T) {
	if set != nil {
		slices.Sort(*set)
	}
}

// withoutEmpty returns a value of JSON without fields that are empty, which is their
// default, and its texts without space around them; nil if nothing is left.
func withoutEmpty(value any) any {
	switch value := value.(type) {
	case map[string]any:
		for name, field := range value {
			if value[name] = withoutEmpty(field); value[name] == nil {
				delete(value, name)
			}
		}
		if len(value) > 0 {
			return value
		}
	case []any:
		for i := range value {
			value[i] = withoutEmpty(value[i])
		}
		if len(value) > 0 {
			return value
		}
	case string:
		if text := strings.TrimSpace(value); text != "" {
			return text
		}
	case bool:
		if value {
			return value
		}
	default:
		return value
	}
	return nil
}
