package bot_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"verbatim/bot"
)

// readTexts returns the texts of a language by their names, the forms of one joined.
func readTexts(t *testing.T, language string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("texts", language+".yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var stored map[string]any
	if err := yaml.Unmarshal(data, &stored); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for id, value := range stored {
		switch value := value.(type) {
		case string:
			texts[id] = value
		case map[string]any:
			for _, form := range []string{"one", "other"} {
				text, _ := value[form].(string)
				if text == "" {
					t.Errorf("%s: %s has no form %q", language, id, form)
				}
				texts[id] += text + "\n"
			}
		}
	}
	return texts
}

var braces = regexp.MustCompile(`\{\{\.\w+\}\}`)

// TestTexts: every text is there in each language, with the same things filled in, and
// the code names all of them and no other.
func TestTexts(t *testing.T) {
	english := readTexts(t, "en")
	for _, language := range []string{"fr", "es"} {
		texts := readTexts(t, language)
		for id, text := range english {
			if texts[id] == "" {
				t.Errorf("%s has no text %s", language, id)
				continue
			}
			want, got := braces.FindAllString(text, -1), braces.FindAllString(texts[id], -1)
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(slices.Compact(got), slices.Compact(want)) {
				t.Errorf("%s: %s is filled with %v, want %v", language, id, got, want)
			}
		}
		for id := range texts {
			if english[id] == "" {
				t.Errorf("%s has a text %s that English lacks", language, id)
			}
		}
	}
	named := textsNamed(t)
	for id := range english {
		command := strings.HasPrefix(id, "name_") || strings.HasPrefix(id, "does_") || strings.HasPrefix(id, "language_")
		if !named[id] && !command { // the names of commands are joined of two parts: see TestCommands
			t.Errorf("no code says %s", id)
		}
	}
}

var (
	literal = regexp.MustCompile(`"([a-z]+(?:_[a-z]+)*)"`)
	call    = regexp.MustCompile(`\.(?:say|count)\("([a-z_]+)"`)
)

// textsNamed returns the words in quotation marks in the code, any of which can be the name
// of a text. What it surely says has to be one.
func textsNamed(t *testing.T) map[string]bool {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	english := readTexts(t, "en")
	named := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		code, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range literal.FindAllStringSubmatch(string(code), -1) {
			named[m[1]] = true
		}
		for _, m := range call.FindAllStringSubmatch(string(code), -1) {
			if english[m[1]] == "" && !strings.HasSuffix(m[1], "_") {
				t.Errorf("%s says %s, which is no text", file, m[1])
			}
		}
	}
	return named
}

// TestFrenchSpaces: in French no line can break before a sign of two parts, or inside
// quotation marks.
func TestFrenchSpaces(t *testing.T) {
	breakable := regexp.MustCompile(`[ ](?:[:;?!»])|« `)
	for id := range readTexts(t, "fr") {
		if text := bot.Say("fr", id); breakable.MatchString(text) {
			t.Errorf("%s can break before a sign: %q", id, text)
		}
	}
	for in, want := range map[string]string{
		"none":  "Les textes ne répondent pas à cette question.",
		"near":  "Passages les plus proches\u00a0:",
		"stale": "Ce bouton est trop ancien, ou n’est pas pour vous. Posez de nouveau votre question avec /demander.",
	} {
		if got := bot.Say("fr", in); got != want {
			t.Errorf("%s is %q, want %q", in, got, want)
		}
	}
}

// TestCommands: names and descriptions of commands and options are there in each language,
// and such as Discord takes.
func TestCommands(t *testing.T) {
	name := regexp.MustCompile(`^[-_'\p{L}\p{N}]{1,32}$`)
	used := map[string]bool{}
	check := func(what, id string, names, does map[string]string, description string) {
		used["name_"+id], used["does_"+id] = true, true
		if len(names) != 3 || len(does) != 3 || description == "" {
			t.Errorf("%s has the names %v and descriptions %v, want three of each", what, names, does)
		}
		for locale, text := range names {
			if !name.MatchString(text) || strings.ToLower(text) != text {
				t.Errorf("%s is called %q in %s", what, text, locale)
			}
		}
		for locale, text := range does {
			if n := utf8.RuneCountInString(text); n < 1 || n > 100 {
				t.Errorf("%s has a description of %d characters in %s", what, n, locale)
			}
		}
	}
	for _, c := range bot.Commands() {
		if c.Message {
			used["name_ask_about"], used["name_save_as"], used["name_propose_as"] = true, true, true
			continue
		}
		check("/"+c.Name, c.Name, c.Names, c.Does, c.Description)
		for _, o := range c.Options {
			id := o.Name
			if o.Sub {
				id = c.Name + "_" + o.Name
			}
			check("/"+c.Name+" "+o.Name, id, o.Names, o.Does, o.Description)
			for _, below := range o.Options { // whose texts have names of their own
				for id, text := range readTexts(t, "en") {
					if id, isOne := strings.CutPrefix(id, "does_"); isOne && text == below.Description {
						check("/"+c.Name+" "+o.Name+" "+below.Name, id, below.Names, below.Does, below.Description)
					}
				}
			}
		}
	}
	for id := range readTexts(t, "en") {
		if (strings.HasPrefix(id, "name_") || strings.HasPrefix(id, "does_")) && !used[id] {
			t.Errorf("no command has %s", id)
		}
	}
}
