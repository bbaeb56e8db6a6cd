package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

// Options say where [Load] finds the settings.
type Options struct {
	// File is the configuration file, which must exist; "" for verbatim.yaml in
	// Directory, which need not.
	File string

	// Directory is where verbatim.yaml is looked for; "" for the current one.
	Directory string

	// Flags holds the values of the flags that were given, by the keys of their
	// settings, such as log.level.
	Flags map[string]string
}

// Load gathers the settings of an instance from the file, the environment and
// the flags. Its error names every place in which something is wrong, and what
// is wanted there.
func Load(options Options) (*Settings, error) {
	known := keys()
	l := &loader{viper: viper.New(), flags: options.Flags}
	if err := l.readFile(options); err != nil {
		return nil, err
	}
	if err := l.findUnknown(known); err != nil {
		return nil, err
	}
	s := new(Settings)
	var wrong []error
	for _, k := range known {
		value, err := l.value(k)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		k.put(s, value)
		s.report = append(s.report, Entry{
			Key:         k.name,
			Value:       k.shown(value),
			Origin:      l.origin(k),
			Description: k.description,
		})
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return s, nil
}

// A loader gathers settings in a viper. Until a key is asked for with value, the
// viper holds only what stands in the file.
type loader struct {
	viper *viper.Viper
	file  string // "" when there is none
	flags map[string]string
}

func (l *loader) readFile(options Options) error {
	file := options.File
	if file == "" {
		file = filepath.Join(options.Directory, FileName)
		if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	l.file = file
	l.viper.SetConfigFile(file)
	l.viper.SetConfigType("yaml")
	err := l.viper.ReadInConfig()
	if syntax, ok := errors.AsType[viper.ConfigParseError](err); ok {
		return fmt.Errorf("file %s is not valid YAML: %w", file, syntax.Unwrap())
	}
	if err != nil {
		return fmt.Errorf("configuration file: %w", err)
	}
	return nil
}

// findUnknown returns an error for each key in the file, each variable and each
// flag that is no setting.
func (l *loader) findUnknown(known []key) error {
	var names, variables []string
	for _, k := range known {
		names = append(names, k.name)
		variables = append(variables, variable(k.name))
	}
	var unknown []error
	for _, name := range slices.Sorted(slices.Values(l.viper.AllKeys())) {
		if !slices.Contains(names, name) {
			unknown = append(unknown, fmt.Errorf("file %s: unknown key %s: %s", l.file, name, suggest(name, names)))
		}
	}
	for _, name := range variablesSet() {
		if !slices.Contains(variables, name) && !slices.Contains(foreignVariables, name) {
			unknown = append(unknown, fmt.Errorf("unknown variable %s: %s", name, suggest(name, variables)))
		}
	}
	for _, name := range slices.Sorted(maps.Keys(l.flags)) {
		if !slices.Contains(names, name) {
			unknown = append(unknown, fmt.Errorf("unknown flag %s: %s", flag(name), suggest(name, names)))
		}
	}
	return errors.Join(unknown...)
}

// variablesSet returns the sorted names of the variables in the environment that
// look like settings.
func variablesSet() []string {
	var names []string
	for _, pair := range os.Environ() {
		if name, _, _ := strings.Cut(pair, "="); strings.HasPrefix(name, variablePrefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// value returns the value of a key from where it is set with the highest
// priority.
func (l *loader) value(k key) (string, error) {
	if err := l.checkScalar(k); err != nil {
		return "", err
	}
	if err := l.viper.BindEnv(append([]string{k.name}, k.variables()...)...); err != nil {
		return "", fmt.Errorf("%s: %w", k.name, err)
	}
	if value, ok := l.flags[k.name]; ok {
		l.viper.Set(k.name, value)
	}
	if !l.viper.IsSet(k.name) {
		value, err := k.fallback()
		if err != nil {
			return "", fmt.Errorf("%s has no default here: %w; set %s or %s", k.name, err, flag(k.name), variable(k.name))
		}
		return value, nil
	}
	value := l.viper.GetString(k.name)
	if in, isText := l.viper.Get(k.name).(string); k.list && !isText {
		data, err := json.Marshal(l.viper.Get(k.name))
		if err != nil {
			return "", fmt.Errorf("%s: %s: %w", l.origin(k), k.name, err)
		}
		value = string(data)
	} else if k.list {
		value = in
	}
	if err := k.check(value); err != nil {
		return "", fmt.Errorf("%s: %s: %w", l.origin(k), k.quoted(value), err)
	}
	return value, nil
}

// checkScalar refuses a list, a map or a date as a value in the file.
func (l *loader) checkScalar(k key) error {
	switch l.viper.Get(k.name).(type) {
	case nil, string, bool, int, int64, uint64, float64:
		return nil
	case []any:
		if k.list {
			return nil
		}
	}
	return fmt.Errorf("file %s: %s is not a plain value: want one text, in quotes if need be", l.file, k.name)
}

// origin names the place of the highest priority in which a key is set.
func (l *loader) origin(k key) string {
	if _, ok := l.flags[k.name]; ok {
		return "flag " + flag(k.name)
	}
	for _, name := range k.variables() {
		if os.Getenv(name) != "" {
			return "variable " + name
		}
	}
	if l.viper.InConfig(k.name) {
		return "file " + l.file
	}
	return "default"
}
