package fakediscord

import (
	"slices"
	"time"
)

// ChannelType says what a channel is.
type ChannelType int

// The types of channels that this package has.
//
// Source: docs.discord.com/developers/resources/channel#channel-object-channel-types
const (
	TextChannel         ChannelType = 0
	DirectMessage       ChannelType = 1
	VoiceChannel        ChannelType = 2
	Category            ChannelType = 4
	AnnouncementChannel ChannelType = 5
	PublicThread        ChannelType = 11
	PrivateThread       ChannelType = 12
	ForumChannel        ChannelType = 15
)

// RequireTag is the flag of a forum whose posts need a tag.
const RequireTag = 1 << 4

const (
	maxChannelName      = 100
	defaultArchiveAfter = 4320 // minutes
)

// A Channel is a place for messages, or for forum posts.
//
// Source: docs.discord.com/developers/resources/channel#channel-object
type Channel struct {
	ID               string          `json:"id"`
	Type             ChannelType     `json:"type"`
	GuildID          string          `json:"guild_id,omitempty"`
	Position         int             `json:"position"`
	Overwrites       []Overwrite     `json:"permission_overwrites,omitempty"`
	Name             string          `json:"name,omitempty"`
	Topic            *string         `json:"topic,omitempty"`
	NSFW             bool            `json:"nsfw,omitempty"`
	LastMessageID    *string         `json:"last_message_id"`
	RateLimitPerUser int             `json:"rate_limit_per_user,omitempty"`
	Recipients       []User          `json:"recipients,omitempty"`
	OwnerID          string          `json:"owner_id,omitempty"`
	ParentID         string          `json:"parent_id,omitempty"`
	MessageCount     int             `json:"message_count,omitempty"`
	MemberCount      int             `json:"member_count,omitempty"`
	TotalMessages    int             `json:"total_message_sent,omitempty"`
	Thread           *ThreadMetadata `json:"thread_metadata,omitempty"`
	Flags            int             `json:"flags"`
	AvailableTags    []Tag           `json:"available_tags,omitempty"`
	AppliedTags      []string        `json:"applied_tags,omitempty"`
	Permissions      *Permissions    `json:"permissions,omitempty"` // only in interactions
	NewlyCreated     bool            `json:"newly_created,omitempty"`
}

// ThreadMetadata is what only threads have.
type ThreadMetadata struct {
	Archived         bool      `json:"archived"`
	AutoArchive      int       `json:"auto_archive_duration"`
	ArchiveTimestamp time.Time `json:"archive_timestamp"`
	Locked           bool      `json:"locked"`
	CreateTimestamp  time.Time `json:"create_timestamp"`
}

// A Tag can be set on posts of a forum.
type Tag struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Moderated bool    `json:"moderated"`
	EmojiID   *string `json:"emoji_id"`
	EmojiName *string `json:"emoji_name"`
}

func (c *Channel) isThread() bool {
	return c.Type == PublicThread || c.Type == PrivateThread
}

func (c *Channel) isForum() bool { return c.Type == ForumChannel }

// holdsMessages reports whether messages stand directly in the channel.
func (c *Channel) holdsMessages() bool { return c.Type != Category && !c.isForum() }

// sending is the permission that it takes to write in the channel.
//
// Source: docs.discord.com/developers/topics/permissions#inherited-permissions-threads
func (c *Channel) sending() Permissions {
	if c.isThread() {
		return SendMessagesInThreads
	}
	return SendMessages
}

// partial is the form in which interactions and resolved data show a channel.
func (s *Server) partialChannel(ch *Channel, userID string) *Channel {
	partial := *ch
	partial.Overwrites, partial.AvailableTags, partial.AppliedTags = nil, nil, nil
	if g, ok := s.guilds[ch.GuildID]; ok {
		set := s.permissions(g, userID, ch)
		partial.Permissions = &set
	}
	return &partial
}

// guildChannels returns the channels and threads of a guild, oldest first.
func (s *Server) guildChannels(guildID string) []*Channel {
	var found []*Channel
	for _, ch := range s.channels {
		if ch.GuildID == guildID {
			found = append(found, ch)
		}
	}
	slices.SortFunc(found, func(a, b *Channel) int { return compareIDs(a.ID, b.ID) })
	return found
}

// directChannel returns the channel between the bot and a user; it is opened on first use.
func (s *Server) directChannel(u *User) *Channel {
	for _, ch := range s.channels {
		if ch.Type == DirectMessage && ch.Recipients[0].ID == u.ID {
			return ch
		}
	}
	ch := &Channel{ID: s.nextID(), Type: DirectMessage, Recipients: []User{*u}}
	s.channels[ch.ID] = ch
	s.emit(Event{Kind: ChannelOpened, ChannelID: ch.ID, Channel: copyOf(ch)})
	return ch
}

// canSee reports whether a user may see a channel at all.
func (s *Server) canSee(userID string, ch *Channel) bool {
	if ch.Type == DirectMessage {
		return userID == s.bot.ID || ch.Recipients[0].ID == userID
	}
	return s.can(userID, ch, ViewChannel)
}

// can reports whether a user has the permissions in a channel. In a direct message both
// sides have all of them.
func (s *Server) can(userID string, ch *Channel, need Permissions) bool {
	if ch.Type == DirectMessage {
		return s.canSee(userID, ch)
	}
	g, ok := s.guilds[ch.GuildID]
	return ok && s.permissions(g, userID, ch).Has(need)
}

func copyOf[T any](v *T) *T {
	c := *v
	return &c
}
