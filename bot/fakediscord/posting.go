package fakediscord

import (
	"encoding/json"
	"strconv"
)

// A Post is what a person writes.
type Post struct {
	Content string
	ReplyTo string // the id of a message, "" for none
	Silent  bool   // a reply does not notify whom it answers
	Files   []File
}

// Post writes a message in a channel, thread or direct message.
func (p *Person) Post(channelID string, post Post) (Message, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	if err != nil {
		return Message{}, err
	}
	if !ch.holdsMessages() {
		return Message{}, refuse("channel %s takes no messages", ch.Name)
	}
	b, err := p.body(ch, post)
	if err != nil {
		return Message{}, err
	}
	m, err := p.server.newMessage(ch, *p.server.users[p.ID], b, messageMentions)
	if err != nil {
		return Message{}, refuse("%w", err)
	}
	p.server.add(m)
	return *m, nil
}

// body checks what a person writes, and brings it into the form of a request.
func (p *Person) body(ch *Channel, post Post) (*messageBody, error) {
	if !p.server.can(p.ID, ch, ch.sending()) {
		return nil, refuse("%s may not write in %s", p.Name, ch.Name)
	}
	b := &messageBody{Content: patch[string]{true, post.Content}}
	for i, f := range post.Files {
		f.n = strconv.Itoa(i)
		b.files = append(b.files, f)
	}
	if post.ReplyTo != "" {
		if _, err := p.server.stored(ch.ID, post.ReplyTo); err != nil {
			return nil, refuse("no message %s to reply to", post.ReplyTo)
		}
		b.Reference = &MessageReference{MessageID: post.ReplyTo}
		b.Allowed = &AllowedMentions{Parse: messageMentions.Parse, RepliedUser: !post.Silent}
	}
	f := &form{}
	if b.check(f.root(), messageFlags, 0); f.err() != nil {
		return nil, refuse("%s", errorText(f.errors))
	}
	return b, nil
}

// Edit replaces the text of the person's own message.
func (p *Person) Edit(messageID, content string) (Message, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, err := p.message(messageID)
	if err != nil {
		return Message{}, err
	}
	if m.Author.ID != p.ID {
		return Message{}, refuse("message %s is not by %s", messageID, p.Name)
	}
	b, err := p.body(ch, Post{Content: content})
	if err != nil {
		return Message{}, err
	}
	changed, err := p.server.edited(m, b, messageMentions)
	if err != nil {
		return Message{}, refuse("%w", err)
	}
	return *p.server.change(*changed), nil
}

// Delete deletes the person's own message or, with the permission to manage messages, any.
// An ephemeral message is dismissed, of which the bot is not told.
func (p *Person) Delete(messageID string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, err := p.message(messageID)
	switch {
	case err != nil:
		return err
	case m.Author.ID != p.ID && m.For != p.ID && (ch.Type == DirectMessage || !p.server.can(p.ID, ch, ManageMessages)):
		return refuse("%s may not delete message %s", p.Name, messageID)
	}
	p.server.remove(m)
	return nil
}

// StartThread starts a thread on a message.
func (p *Person) StartThread(messageID, name string) (Channel, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, err := p.message(messageID)
	switch {
	case err != nil:
		return Channel{}, err
	case ch.Type != TextChannel || m.Flags&HasThread != 0 || m.For != "":
		return Channel{}, refuse("no thread can be started on message %s", messageID)
	case !p.server.can(p.ID, ch, CreatePublicThreads):
		return Channel{}, refuse("%s may not start threads in %s", p.Name, ch.Name)
	}
	if err := checkTitle(name); err != nil {
		return Channel{}, err
	}
	return *p.server.openThreadOn(ch, m, name, p.ID), nil
}

// PostInForum opens a post in a forum, and returns its thread and its first message.
func (p *Person) PostInForum(forumID, title string, post Post, tags ...string) (Channel, Message, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	forum, err := p.channel(forumID)
	if err != nil {
		return Channel{}, Message{}, err
	}
	if err := checkTitle(title); err != nil {
		return Channel{}, Message{}, err
	}
	switch {
	case !forum.isForum():
		return Channel{}, Message{}, refuse("channel %s is not a forum", forum.Name)
	case len(tags) > maxAppliedTags:
		return Channel{}, Message{}, refuse("a post has at most %d tags", maxAppliedTags)
	case forum.Flags&RequireTag != 0 && len(tags) == 0:
		return Channel{}, Message{}, refuse("%w", errTagRequired)
	}
	b, err := p.body(forum, post)
	if err != nil {
		return Channel{}, Message{}, err
	}
	thread, m, err := p.server.openPost(forum, *p.server.users[p.ID], title, tags, b)
	if err != nil {
		return Channel{}, Message{}, refuse("%w", err)
	}
	return *thread, *m, nil
}

func checkTitle(title string) error {
	if n := textLength(title); n < 1 || n > maxChannelName {
		return refuse("a name has 1 to %d characters", maxChannelName)
	}
	return nil
}

// errorText writes the nested errors of a form.
func errorText(errors map[string]any) string {
	text, err := json.Marshal(errors)
	if err != nil {
		return err.Error()
	}
	return string(text)
}
