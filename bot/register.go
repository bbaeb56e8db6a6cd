package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"
)

// register gives Discord the commands if it has others.
func (b *Bot) register(ctx context.Context) error {
	application, err := application(ctx, b.session, b.rest.base)
	if err != nil {
		return err
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
	wanted, err := replacement(registered, commands())
	if err != nil {
		return fmt.Errorf("read the registered commands: %w", err)
	}
	if _, err := b.session.RequestWithBucketID("PUT", endpoint, wanted, endpoint, discordgo.WithContext(ctx)); err != nil {
		return fmt.Errorf("register the commands: %w", withoutAddress(err))
	}
	b.options.Log.Info("commands registered anew")
	return nil
}

// entryPoint is the type of the command that starts an application's Activity. Discord
// makes it when Activities are switched on, and refuses to have all commands replaced by
// others without it.
//
// Source: docs.discord.com/developers/interactions/application-commands#entry-point-commands
const entryPoint discordgo.ApplicationCommandType = 4

// entryPointFields are those of an Entry Point command that can be sent back.
var entryPointFields = []string{
	"id", "type", "name", "name_localizations", "description", "description_localizations",
	"default_member_permissions", "contexts", "integration_types", "nsfw", "handler",
}

// replacement returns what replaces the commands that Discord has: those wanted, and of
// Discord's the Entry Point command as it is.
func replacement(registered []byte, wanted []*discordgo.ApplicationCommand) ([]any, error) {
	var all []any
	for _, c := range wanted {
		all = append(all, c)
	}
	var has []map[string]any
	if err := json.Unmarshal(registered, &has); err != nil {
		return nil, err
	}
	for _, c := range has {
		if c["type"] == float64(entryPoint) {
			maps.DeleteFunc(c, func(name string, _ any) bool { return !slices.Contains(entryPointFields, name) })
			all = append(all, c)
		}
	}
	return all, nil
}

// sameCommands reports whether the commands that Discord has are those wanted, in
// whatever order: one that is missing, one too many and any difference count, but for
// what Discord adds, an Entry Point command too, and how it writes the same.
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
		if c.Type == entryPoint {
			continue
		}
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
