package fakediscord

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf8"
)

// form collects what is wrong with a body, and becomes error 50035 with Discord's nested
// errors:
//
//	{"code": 50035, "message": "Invalid Form Body",
//	 "errors": {"embeds": {"0": {"title": {"_errors": [{"code": …, "message": …}]}}}}}
//
// Source: docs.discord.com/developers/reference#error-messages
type form struct {
	errors map[string]any
}

// err returns the error answer, nil if nothing is wrong.
func (f *form) err() error {
	if f.errors == nil {
		return nil
	}
	return &apiError{Status: http.StatusBadRequest, Code: 50035, Message: "Invalid Form Body", Errors: f.errors}
}

func (f *form) root() field { return field{form: f} }

// field is a place in the body.
type field struct {
	form *form
	path []string
}

func (f field) key(name string) field {
	return field{f.form, append(f.path[:len(f.path):len(f.path)], name)}
}

func (f field) index(i int) field { return f.key(strconv.Itoa(i)) }

// fail says what is wrong at this place.
func (f field) fail(code, format string, args ...any) {
	if f.form.errors == nil {
		f.form.errors = map[string]any{}
	}
	node := f.form.errors
	for _, name := range f.path {
		inner, ok := node[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			node[name] = inner
		}
		node = inner
	}
	list, _ := node["_errors"].([]any)
	node["_errors"] = append(list, map[string]any{"code": code, "message": fmt.Sprintf(format, args...)})
}

// length refuses a text that is shorter or longer than allowed.
func (f field) length(text string, least, most int) {
	switch n := textLength(text); {
	case n == 0 && least > 0:
		f.required()
	case n > most && least == 0:
		f.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", most)
	case n < least || n > most:
		f.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", least, most)
	}
}

// count refuses a list that has fewer or more elements than allowed.
func (f field) count(n, least, most int) {
	switch {
	case n > most && least == 0:
		f.fail("BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", most)
	case n < least || n > most:
		f.fail("BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", least, most)
	}
}

func (f field) between(n, least, most int) {
	if n < least || n > most {
		f.fail("NUMBER_TYPE_RANGE", "int value should be between %d and %d.", least, most)
	}
}

func (f field) required() { f.fail("BASE_TYPE_REQUIRED", "This field is required") }

// oneOf refuses a value that is not in the list.
func oneOf[T comparable](f field, value T, allowed ...T) {
	names := make([]string, len(allowed))
	for i, a := range allowed {
		if value == a {
			return
		}
		names[i] = fmt.Sprint(a)
	}
	f.fail("BASE_TYPE_CHOICES", "Value must be one of (%s).", strings.Join(names, ", "))
}

// textLength counts a text's characters, which are code points.
//
// Source: Discord's staff in github.com/discord/discord-api-docs/issues/1315
func textLength(text string) int { return utf8.RuneCountInString(text) }
