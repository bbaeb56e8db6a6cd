package fakediscord

const maxAppliedTags = 5

func (s *Server) getChannel(c *call) (any, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, err
	}
	return ch, nil
}

func (s *Server) showTyping(c *call) (any, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, err
	}
	if !s.can(s.bot.ID, ch, ch.sending()) {
		return nil, errMissingPermissions
	}
	s.emit(Event{Kind: Typing, GuildID: ch.GuildID, ChannelID: ch.ID})
	return nil, nil
}

// openDirectChannel is POST /users/@me/channels. The same channel is returned each time.
//
// Source: docs.discord.com/developers/resources/user#create-dm
func (s *Server) openDirectChannel(c *call) (any, error) {
	var body struct {
		RecipientID string `json:"recipient_id"`
	}
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	u, ok := s.users[body.RecipientID]
	if !ok {
		f := &form{}
		f.root().key("recipient_id").fail("NUMBER_TYPE_COERCE", "Value %q is not a user.", body.RecipientID)
		return nil, f.err()
	}
	if u.ID == s.bot.ID {
		return nil, errNoDirectMessages
	}
	return s.directChannel(u), nil
}

// threadBody starts a thread, or in a forum a post with its first message.
type threadBody struct {
	Name        string       `json:"name"`
	AutoArchive int          `json:"auto_archive_duration"`
	Type        ChannelType  `json:"type"`
	AppliedTags []string     `json:"applied_tags"`
	Message     *messageBody `json:"message"`
}

func (c *call) threadBody(ch *Channel) (*threadBody, error) {
	b := &threadBody{}
	if err := c.decode(b); err != nil {
		return nil, err
	}
	f := &form{}
	at := f.root()
	at.key("name").length(b.Name, 1, maxChannelName)
	if b.AutoArchive != 0 {
		oneOf(at.key("auto_archive_duration"), b.AutoArchive, 60, 1440, 4320, 10080)
	}
	at.key("applied_tags").count(len(b.AppliedTags), 0, maxAppliedTags)
	switch {
	case !ch.isForum():
	case b.Message == nil:
		at.key("message").required()
	default:
		b.Message.files = c.Files
		b.Message.check(at.key("message"), SuppressEmbeds|SuppressNotifications, 0)
	}
	return b, f.err()
}

// startThread is POST /channels/{channel_id}/threads: a thread without a message, or a
// post in a forum.
//
// Source: docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel
func (s *Server) startThread(c *call) (any, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, err
	}
	if ch.isThread() || ch.Type == DirectMessage {
		return nil, errChannelType
	}
	b, err := c.threadBody(ch)
	if err != nil {
		return nil, err
	}
	need := CreatePublicThreads
	if ch.isForum() {
		need = SendMessages
	}
	if !s.can(s.bot.ID, ch, need) {
		return nil, errMissingPermissions
	}
	if !ch.isForum() {
		kind := PublicThread
		if b.Type == 0 {
			kind = PrivateThread // as Discord's default still is
		}
		return s.openThread(ch, s.nextID(), kind, b.Name, s.bot.ID, nil), nil
	}
	if ch.Flags&RequireTag != 0 && len(b.AppliedTags) == 0 {
		return nil, errTagRequired
	}
	thread, m, err := s.openPost(ch, s.bot, b.Name, b.AppliedTags, b.Message)
	if err != nil {
		return nil, err
	}
	return struct {
		Channel
		Message *Message `json:"message"`
	}{*thread, m}, nil
}

// startThreadFromMessage is POST /channels/{channel_id}/messages/{message_id}/threads. The
// thread has the id of the message.
//
// Source: docs.discord.com/developers/resources/channel#start-thread-from-message
func (s *Server) startThreadFromMessage(c *call) (any, error) {
	ch, m, err := s.messageOf(c)
	if err != nil {
		return nil, err
	}
	b, err := c.threadBody(ch)
	switch {
	case err != nil:
		return nil, err
	case ch.isThread() || ch.Type == DirectMessage:
		return nil, errChannelType
	case m.Flags&HasThread != 0:
		return nil, errThreadExists
	case !s.can(s.bot.ID, ch, CreatePublicThreads):
		return nil, errMissingPermissions
	}
	return s.openThreadOn(ch, m, b.Name, s.bot.ID), nil
}

// openThread makes a thread and tells the gateway.
func (s *Server) openThread(parent *Channel, id string, kind ChannelType, name, owner string, tags []string) *Channel {
	now := s.now().UTC()
	thread := &Channel{
		ID: id, Type: kind, GuildID: parent.GuildID, ParentID: parent.ID, Name: name, OwnerID: owner,
		MemberCount: 1, AppliedTags: tags,
		Thread: &ThreadMetadata{AutoArchive: defaultArchiveAfter, ArchiveTimestamp: now, CreateTimestamp: now},
	}
	s.channels[id] = thread
	created := *thread
	created.NewlyCreated = true
	s.dispatchIn(thread, GuildsIntent, "THREAD_CREATE", created)
	s.emit(Event{Kind: ChannelOpened, GuildID: thread.GuildID, ChannelID: parent.ID, Channel: &created})
	return thread
}

func (s *Server) openThreadOn(ch *Channel, m *Message, name, owner string) *Channel {
	thread := s.openThread(ch, m.ID, PublicThread, name, owner, nil)
	changed := *m
	changed.Flags |= HasThread
	changed.Thread = copyOf(thread)
	s.change(changed)
	return thread
}

// openPost makes a post in a forum with its first message. An error leaves nothing behind.
func (s *Server) openPost(forum *Channel, author User, title string, tags []string, b *messageBody) (*Channel, *Message, error) {
	trial := &Channel{ID: forum.ID, Type: PublicThread, GuildID: forum.GuildID, ParentID: forum.ID}
	m, err := s.newMessage(trial, author, b, messageMentions)
	if err != nil {
		return nil, nil, err
	}
	thread := s.openThread(forum, s.nextID(), PublicThread, title, author.ID, tags)
	m.ChannelID = thread.ID
	s.add(m)
	return thread, m, nil
}
