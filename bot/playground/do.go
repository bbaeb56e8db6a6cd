package playground

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"verbatim/bot/fakediscord"
)

// maxAction bounds what the page sends at once: ten files of the largest size, in base64.
const maxAction = 140 << 20

// choicesTime is how long the page waits for the proposals to what is typed.
const choicesTime = 3 * time.Second

// An action is what a person does. Which fields count depends on Do.
type action struct {
	Do          string         `json:"do"`
	Channel     string         `json:"channel"`
	Message     string         `json:"message"`
	User        string         `json:"user"`
	Guild       string         `json:"guild"`
	Name        string         `json:"name"` // of a command, with its subcommands, or of a thread or post
	Option      string         `json:"option"`
	CustomID    string         `json:"custom_id"`
	Interaction string         `json:"interaction"` // that showed a modal
	Content     string         `json:"content"`
	ReplyTo     string         `json:"reply_to"`
	Locale      string         `json:"locale"`
	Chosen      []string       `json:"chosen"` // in a select, or roles
	Tags        []string       `json:"tags"`
	Values      map[string]any `json:"values"`
	Files       []file         `json:"files"`
}

type file struct {
	Name string `json:"name"`
	Type string `json:"type"`
	Data []byte `json:"data"` // base64 on the wire
}

func (f file) upload() fakediscord.File {
	return fakediscord.File{Name: f.Name, ContentType: f.Type, Data: f.Data}
}

// done is what came of an action at once; the rest comes as events.
type done struct {
	Interaction string               `json:"interaction,omitempty"`
	Channel     string               `json:"channel,omitempty"` // that was opened
	Choices     []fakediscord.Choice `json:"choices,omitempty"`
}

// do carries out what a person does.
func (p *Playground) do(person *fakediscord.Person, r *http.Request) (any, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxAction+1))
	if err != nil {
		return nil, err
	}
	if len(body) > maxAction {
		return nil, errors.New("that is too much at once")
	}
	var a action
	if err := json.Unmarshal(body, &a); err != nil {
		return nil, fmt.Errorf("what is to be done can't be read: %w", err)
	}
	if a.Do == "autocomplete" {
		return p.complete(r.Context(), person, a)
	}
	if act, ok := interacting[a.Do]; ok {
		i, err := act(p, person, a)
		if err != nil {
			return nil, err
		}
		return done{Interaction: i.ID}, nil
	}
	return p.plain(person, a)
}

// interacting are the ways to use the bot.
var interacting = map[string]func(*Playground, *fakediscord.Person, action) (*fakediscord.Interaction, error){
	"slash": func(_ *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		values, err := valuesOf(a.Values)
		if err != nil {
			return nil, err
		}
		return person.Slash(a.Channel, a.Name, values)
	},
	"message command": func(_ *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		return person.MessageCommand(a.Message, a.Name)
	},
	"user command": func(_ *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		return person.UserCommand(a.Channel, a.User, a.Name)
	},
	"press": func(_ *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		return person.Press(a.Message, a.CustomID)
	},
	"choose": func(_ *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		return person.Choose(a.Message, a.CustomID, a.Chosen...)
	},
	"submit": func(p *Playground, person *fakediscord.Person, a action) (*fakediscord.Interaction, error) {
		shown, ok := p.discord.Interaction(a.Interaction)
		if !ok {
			return nil, errors.New("there is no such modal")
		}
		values, err := valuesOf(a.Values)
		if err != nil {
			return nil, err
		}
		return person.Submit(shown, values)
	},
}

// plain does what is no use of the bot.
func (p *Playground) plain(person *fakediscord.Person, a action) (done, error) {
	post := fakediscord.Post{Content: a.Content, ReplyTo: a.ReplyTo}
	for _, f := range a.Files {
		post.Files = append(post.Files, f.upload())
	}
	var opened fakediscord.Channel
	var err error
	switch a.Do {
	case "post":
		_, err = person.Post(a.Channel, post)
	case "forum post":
		opened, _, err = person.PostInForum(a.Channel, a.Name, post, a.Tags...)
	case "thread":
		opened, err = person.StartThread(a.Message, a.Name)
	case "edit":
		_, err = person.Edit(a.Message, a.Content)
	case "delete":
		err = person.Delete(a.Message)
	case "locale":
		person.SetLocale(a.Locale)
	case "roles":
		err = person.SetRoles(a.Guild, a.Chosen...)
	default:
		err = fmt.Errorf("nobody can do %q", a.Do)
	}
	return done{Channel: opened.ID}, err
}

// complete types in an option of a command, and waits for what the bot proposes.
func (p *Playground) complete(ctx context.Context, person *fakediscord.Person, a action) (any, error) {
	values, err := valuesOf(a.Values)
	if err != nil {
		return nil, err
	}
	i, err := person.Autocomplete(a.Channel, a.Name, a.Option, values)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, choicesTime)
	defer cancel()
	choices, err := i.Choices(ctx)
	if err != nil {
		return nil, errors.New("loading options failed")
	}
	return done{Interaction: i.ID, Choices: choices}, nil
}

// valuesOf brings what the page sends into the form in which a person fills in: a list is
// one of texts or of files, an object a file.
func valuesOf(sent map[string]any) (fakediscord.Values, error) {
	values := fakediscord.Values{}
	for name, value := range sent {
		switch value := value.(type) {
		case []any:
			list, err := listOf(name, value)
			if err != nil {
				return nil, err
			}
			values[name] = list
		case map[string]any:
			f, err := fileOf(name, value)
			if err != nil {
				return nil, err
			}
			values[name] = f
		default:
			values[name] = value
		}
	}
	return values, nil
}

// listOf reads a list of texts, or of files.
func listOf(name string, sent []any) (any, error) {
	texts, files := []string{}, []fakediscord.File{}
	for _, v := range sent {
		switch v := v.(type) {
		case string:
			texts = append(texts, v)
		case map[string]any:
			f, err := fileOf(name, v)
			if err != nil {
				return nil, err
			}
			files = append(files, f)
		default:
			return nil, fmt.Errorf("%q takes a list of texts", name)
		}
	}
	if len(files) > 0 {
		return files, nil
	}
	return texts, nil
}

func fileOf(name string, sent map[string]any) (fakediscord.File, error) {
	raw, err := json.Marshal(sent)
	var f file
	if err == nil {
		err = json.Unmarshal(raw, &f)
	}
	if err != nil {
		return fakediscord.File{}, fmt.Errorf("the file in %q can't be read", name)
	}
	return f.upload(), nil
}
