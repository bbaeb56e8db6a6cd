package fakediscord

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"strings"
)

// readBody reads the body of a request: JSON, or multipart/form-data with the JSON in
// payload_json and files in files[0], files[1], …
//
// Source: docs.discord.com/developers/reference#uploading-files
func (r *Request) readBody(body io.Reader) error {
	data, err := io.ReadAll(body)
	r.Body = data
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return errTooLarge
	case err != nil:
		return errInvalidJSON
	case len(data) == 0:
		return nil
	}
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "multipart/form-data":
		return r.readParts(multipart.NewReader(bytes.NewReader(data), params["boundary"]))
	case err == nil && kind == "application/json":
		r.Payload = data
	default:
		f := &form{}
		f.root().fail("CONTENT_TYPE_INVALID", `Expected "Content-Type" header to be one of {'application/json', 'multipart/form-data'}.`)
		return f.err()
	}
	if !json.Valid(data) {
		r.Payload = nil
		return errInvalidJSON
	}
	return nil
}

func (r *Request) readParts(parts *multipart.Reader) error {
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errInvalidJSON
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return errInvalidJSON
		}
		n, isFile := strings.CutPrefix(part.FormName(), "files[")
		switch {
		case part.FormName() == "payload_json" && json.Valid(data):
			r.Payload = data
		case part.FormName() == "payload_json":
			return errInvalidJSON
		case isFile || part.FileName() != "":
			kind := part.Header.Get("Content-Type")
			r.Files = append(r.Files, File{Name: part.FileName(), ContentType: kind, Data: data, n: strings.TrimSuffix(n, "]")})
		}
	}
}
