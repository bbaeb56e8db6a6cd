package contract

import (
	"bytes"
	"errors"
	"io"
	"mime/multipart"
	"regexp"
)

var filePart = regexp.MustCompile(`^files\[[0-9]\]$`)

// checkForm checks a multipart body. Where the operation takes JSON too, the
// form must hold it as payload_json beside the parts files[n], which is how
// libraries write it; Discord also takes the single fields as parts. Elsewhere
// the parts are the fields.
func (c *Checker) checkForm(f *findings, rt *route, body []byte, boundary string) *payload {
	parts, err := readForm(body, boundary)
	if err != nil {
		f.add("", RuleBody, "multipart: %v", err)
		return nil
	}
	if _, ok := rt.body.Content[jsonType]; !ok {
		fields := map[string]any{}
		for _, p := range parts {
			fields[p.name] = p.text
		}
		c.checkValue(f, rt, formType, fields)
		return nil
	}
	text, hasFiles := checkParts(f, parts)
	if text == nil {
		f.add("form payload_json", RuleBody, "missing")
		return nil
	}
	return c.checkJSON(f, rt, []byte(*text), hasFiles)
}

type part struct{ name, fileName, text string }

func readForm(body []byte, boundary string) ([]part, error) {
	var parts []part
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return parts, nil
		}
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(p)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{p.FormName(), p.FileName(), string(text)})
	}
}

// checkParts returns the text of payload_json, nil if there is none, and whether
// there are files.
func checkParts(f *findings, parts []part) (payload *string, hasFiles bool) {
	seen := map[string]bool{}
	for _, p := range parts {
		at := "form " + p.name
		if seen[p.name] {
			f.add(at, RuleFile, "two parts of this name")
		}
		seen[p.name] = true
		switch {
		case p.name == "payload_json":
			payload = &p.text
		case filePart.MatchString(p.name):
			hasFiles = true
			checkFile(f, at, p)
		default:
			f.add(at, RuleUnknown, "unknown part")
		}
	}
	return payload, hasFiles
}

func checkFile(f *findings, at string, p part) {
	if p.fileName == "" {
		f.add(at, RuleFile, "no file name")
	}
	if len(p.text) > maxFile {
		f.add(at, RuleFile, "%d bytes, at most %d", len(p.text), maxFile)
	}
}
