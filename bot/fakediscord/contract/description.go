package contract

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed testdata/openapi.json.gz
var packed []byte

// documentURL is the name under which the compiler knows the description. It
// is never fetched.
const documentURL = "discord:openapi.json"

// description is Discord's API description, ready to compile schemas of it.
type description struct {
	text     []byte
	compiler *jsonschema.Compiler
	schemas  map[string]*jsonschema.Schema
}

func readDescription() (*description, error) {
	text, err := unpack()
	if err != nil {
		return nil, fmt.Errorf("unpack API description: %w", err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read API description: %w", err)
	}
	if err := applyCorrections(doc); err != nil {
		return nil, fmt.Errorf("correct API description: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.UseLoader(jsonschema.SchemeURLLoader{}) // the description refers to nothing outside
	c.RegisterFormat(&jsonschema.Format{Name: "snowflake", Validate: validSnowflake})
	c.AssertFormat()
	if err := c.AddResource(documentURL, doc); err != nil {
		return nil, fmt.Errorf("add API description: %w", err)
	}
	return &description{text: text, compiler: c, schemas: map[string]*jsonschema.Schema{}}, nil
}

func unpack() ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// schema returns the compiled schema at a JSON pointer into the description.
func (d *description) schema(pointer string) (*jsonschema.Schema, error) {
	if s, ok := d.schemas[pointer]; ok {
		return s, nil
	}
	s, err := d.compiler.Compile(documentURL + "#" + pointer)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", pointer, err)
	}
	d.schemas[pointer] = s
	return s, nil
}

// schema compiles the schema at pointer, once. The description is embedded and
// a test compiles all of it, so an error means that the copy was replaced by
// one that does not compile.
func (c *Checker) schema(pointer string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.desc.schema(pointer)
}

// routes lists the operations in the order in which they are to be tried.
func (d *description) routes() ([]*route, error) {
	var doc struct {
		Paths map[string]pathItem `json:"paths"`
	}
	if err := json.Unmarshal(d.text, &doc); err != nil {
		return nil, fmt.Errorf("read paths of API description: %w", err)
	}
	return newRoutes(doc.Paths), nil
}

// validSnowflake holds for text that is a 64-bit number. Text that is no number
// at all is the pattern's concern.
func validSnowflake(v any) error {
	s, ok := v.(string)
	if !ok {
		return nil
	}
	if _, err := strconv.ParseUint(s, 10, 64); errors.Is(err, strconv.ErrRange) {
		return errors.New("does not fit into 64 bits")
	}
	return nil
}

// escapePointer makes one segment of a JSON pointer of s.
func escapePointer(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(s)
}
