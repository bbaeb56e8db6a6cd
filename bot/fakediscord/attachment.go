package fakediscord

import (
	"bytes"
	"cmp"
	"encoding/json"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strings"
)

const (
	maxBody = 25 << 20
	maxFile = 10 << 20 // without a boosted guild
)

// A File is what a person or the bot uploads.
type File struct {
	Name        string
	ContentType string // guessed from the name if ""
	Data        []byte

	n string // of the form files[n]
}

// An Attachment is an uploaded file. Its address is on this server, as Discord's is on a
// host of its own.
//
// Source: docs.discord.com/developers/resources/message#attachment-object
type Attachment struct {
	ID          string `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`
	Ephemeral   bool   `json:"ephemeral,omitempty"`
}

// upload keeps a file and returns the attachment for it.
func (s *Server) upload(channelID string, f File) Attachment {
	id := s.nextID()
	kind := cmp.Or(f.ContentType, mime.TypeByExtension(path.Ext(f.Name)))
	s.files[id] = f
	address := s.url + "/attachments/" + channelID + "/" + id + "/" + url.PathEscape(f.Name)
	return Attachment{ID: id, Filename: f.Name, ContentType: kind, Size: len(f.Data), URL: address, ProxyURL: address}
}

// attach applies the attachments and files of a body to a message: those listed stay, new
// files are added.
//
// Source: docs.discord.com/developers/reference#editing-message-attachments
func (s *Server) attach(m *Message, b *messageBody) error {
	for _, f := range b.files {
		if len(f.Data) > maxFile {
			return errFileTooLarge
		}
	}
	described := map[string]attachmentBody{}
	for _, a := range b.Attachments.Value {
		described[rawID(a.ID)] = a
	}
	kept := m.Attachments
	if b.Attachments.Set {
		kept = []Attachment{}
		for _, a := range m.Attachments {
			if _, stays := described[a.ID]; stays {
				kept = append(kept, a)
			}
		}
	}
	for _, f := range b.files {
		meta := described[f.n]
		f.Name = cmp.Or(meta.Filename, f.Name)
		a := s.upload(m.ChannelID, f)
		a.Description = meta.Description
		kept = append(kept[:len(kept):len(kept)], a)
	}
	m.Attachments = kept
	return nil
}

// rawID reads an id that is written as a number or as a string.
func rawID(raw json.RawMessage) string { return strings.Trim(string(raw), `"`) }

// serveAttachment answers a download.
func (s *Server) serveAttachment(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f, ok := s.files[r.PathValue("attachment_id")]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	if f.ContentType != "" {
		w.Header().Set("Content-Type", f.ContentType)
	}
	http.ServeContent(w, r, f.Name, SnowflakeTime(r.PathValue("attachment_id")), bytes.NewReader(f.Data))
}
