package bot

import (
	"embed"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/corpus"
)

// What the bot says stands in texts/, a file for each language.

//go:embed texts/*.yaml
var textFiles embed.FS

// languages are those that the bot speaks. What it lacks in one, it says in the first.
var languages = []string{"en", "fr", "es"}

// speaks returns which of its languages the bot means by the name of one, as Discord or
// a guild gives it; "" for none.
func speaks(name string) string {
	name, _, _ = strings.Cut(name, "-")
	if slices.Contains(languages, name) {
		return name
	}
	return ""
}

// Words are what the bot says in a language.
type words struct {
	language  string
	localizer *i18n.Localizer
}

var bundle = sync.OnceValue(func() *i18n.Bundle {
	b := i18n.NewBundle(language.English)
	for _, name := range languages {
		messages, err := readTexts(name)
		if err == nil {
			err = b.AddMessages(language.MustParse(name), messages...)
		}
		if err != nil {
			panic(err) // unreachable: the files are built in, and tests read them
		}
	}
	return b
})

func readTexts(name string) ([]*i18n.Message, error) {
	path := "texts/" + name + ".yaml"
	data, err := textFiles.ReadFile(path)
	if err != nil {
		return nil, err
	}
	file, err := i18n.ParseMessageFileBytes(data, path, map[string]i18n.UnmarshalFunc{"yaml": yaml.Unmarshal})
	if err != nil {
		return nil, err
	}
	if name == "fr" {
		for _, m := range file.Messages {
			m.One, m.Other = spaced(m.One), spaced(m.Other)
		}
	}
	return file.Messages, nil
}

// spaced writes the spaces of French typography as no-break spaces: those before two-part
// signs, inside quotation marks and in numbers.
func spaced(text string) string {
	return frenchSpace.ReplaceAllStringFunc(text, func(found string) string {
		return strings.ReplaceAll(found, " ", "\u00A0")
	})
}

var frenchSpace = regexp.MustCompile(` [:;?!»]|« |\d \d{3}`)

// wordsIn returns what the bot says in a language, given as Discord or a guild names it;
// in English if it does not speak that.
func wordsIn(name string) words {
	name = speaks(name)
	if name == "" {
		name = languages[0]
	}
	return words{name, i18n.NewLocalizer(bundle(), name)}
}

// languageOf returns the language of what somebody wrote, "" if it can't be told.
func languageOf(text string) string { return corpus.Language(text) }

// say returns a text. Fill is what stands in its braces: names, each with its value.
func (w words) say(id string, fill ...any) string {
	return w.localize(&i18n.LocalizeConfig{MessageID: id, TemplateData: filling(fill)})
}

// count is say for a text that depends on a number, which is Count in it.
func (w words) count(id string, n int, fill ...any) string {
	return w.localize(&i18n.LocalizeConfig{MessageID: id, PluralCount: n, TemplateData: filling(append(fill, "Count", n))})
}

func (w words) localize(c *i18n.LocalizeConfig) string {
	text, err := w.localizer.Localize(c)
	if text == "" {
		panic(fmt.Sprintf("text %s: %v", c.MessageID, err)) // unreachable: a test looks for all that are named in the code
	}
	return text
}

func filling(pairs []any) map[string]any {
	values := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		values[pairs[i].(string)] = pairs[i+1]
	}
	return values
}

// refusal says why a question can't be asked.
func (w words) refusal(err error) string {
	if errors.Is(err, answers.ErrTooLong) {
		return w.say("long_question")
	}
	return w.say("empty_question")
}

// fault says that something went wrong: with the ID of what was asked, which stands in the
// log, or that the database is away, which people need not report.
func (w words) fault(why error, id string) string {
	if database.IsAway(why) {
		return w.say("away")
	}
	return w.say("failed", "ID", id)
}
