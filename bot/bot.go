// Package bot is the conversation on Discord: it registers the commands, takes what
// people ask, and shows the replies within Discord's limits. It is the only importer
// of discordgo.
//
// The client is made safe in three places, so that the rest need not think of it:
// the transport sends every request and waits out faults and limits; the gateway
// keeps the connection; the dispatcher calls every handler, within bounds, and keeps
// a panic from ending the process.
//
// All that moderators do, they do at desks (desk.go): a new page of theirs is a work, which
// says what is shown and what a press does, and nothing of rights, old buttons or what
// Discord did not take.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/bot/shards"
	"verbatim/config"
	"verbatim/corpus"
)

// DefaultAPI is where Discord's API is.
const DefaultAPI = "https://discord.com/api"

// Options are what a Bot needs.
type Options struct {
	Token string
	API   string // base of the API, such as DefaultAPI
	// SingleGuild is the Discord guild that is answered from the texts of LocalGuild;
	// "" for none.
	SingleGuild string
	LocalGuild  string
	Answerer    Answerer
	Texts       *corpus.Store
	Curated     *answers.Store
	Homes       *Homes
	Settings    *config.GuildSettings
	Log         *slog.Logger
	// Extractor reads the files that moderators bring, in a process of its own; nil for
	// corpus.InProcess, which trusts them.
	Extractor corpus.Extractor
	// MessageContent says that the privileged intent for the content of messages is
	// switched on, so that posts of forums are read whole.
	MessageContent bool
	Limits         Limits           // the zero Limits are none
	Now            func() time.Time // time.Now if nil
	// Link, if set, returns the address at which quotes of one document can be read in its
	// text, the first one of them opened, by who may see it at that place; "" for none. Guild
	// is whose texts they are.
	Link func(guild string, asker corpus.Asker, quotes []corpus.Reference) string
	// Ready, if set, is told when all connections to Discord that the bot should have stand,
	// and when they do not any more. It is told one after the other, and must not wait.
	Ready func(bool)
	// Shards says for which part of Discord this process answers; nil for all of it.
	Shards *shards.Keeper
	// Located, if set, is told whenever Homes know again in which guilds of a shard the bot
	// is: after each beginning of a session. See Locates.
	Located func()
	// Tell, if set, is told in a sentence for whoever started the bot that it is
	// connected, and that it is so again after the log has warned that it is not.
	Tell func(string)
	// Requests sends each attempt of a request to Discord, and the handshake of the
	// gateway; nil for http.DefaultTransport.
	Requests http.RoundTripper
	// RequestsPerSecond is how many Discord takes, of all processes of the bot together, such
	// as DiscordsRequests; 0 for no limit.
	RequestsPerSecond int
}

// An Answerer says what there is to say to a question.
type Answerer interface {
	// Ask returns answers.ErrEmpty or answers.ErrTooLong for a question that can't be
	// asked; other errors are faults of the machine.
	Ask(context.Context, answers.Question) (answers.Reply, error)
	// The others are those of answers.Answerer.
	Again(ctx context.Context, access corpus.Access, quotes []answers.Excerpt) ([]answers.Excerpt, error)
	Around(ctx context.Context, access corpus.Access, e answers.Excerpt, step int) (answers.Context, error)
	Notes(ctx context.Context, access corpus.Access, e answers.Excerpt) ([]answers.Excerpt, error)
	List(ctx context.Context, q answers.Question, after, count int) (answers.Listing, error)
	Gather(context.Context, answers.Asking) (answers.OpenQuestion, error)
	Vote(ctx context.Context, guild string, v answers.Vote, shown answers.Shown) error
}

var _ Answerer = (*answers.Answerer)(nil)

// A Bot answers on Discord.
type Bot struct {
	options    Options
	rest       *transport
	session    *discordgo.Session // for requests; the gateway has sessions of its own
	dispatcher *dispatcher
	rhythm     rhythm
	limits     *limiters
	lanes      chan int // the numbers of those that are free for a request that is no interaction's
	selfID     atomic.Pointer[string]
	closing    sync.WaitGroup // connections that are being closed

	connected chan struct{} // closed when a connection stands for the first time
	first     sync.Once

	telling sync.Mutex
	ready   bool // was told last

	mutex    sync.Mutex
	standing map[int]link           // the connections that the bot should have, by shards
	located  map[*shards.Lease]bool // for which Homes know where the bot is

	replies *shelf[*given]
	panels  *shelf[*panel]
	lists   *shelf[*paged]
	selves  *shelf[string] // users
	votes   *shelf[*ballot]
	parents *shelf[string] // of threads, by their IDs
	desks   *shelf[*desk]
	terms   *shelf[config.Guild] // by guilds

	silences *shelf[silence] // by guilds

	passings chan passing // that wait to be noted

	pile      *pile                                                     // texts that wait to be confirmed
	check     func(context.Context, corpus.File) (corpus.Report, error) // reads a file
	uploading chan int                                                  // the numbers of places that are free for a file to be read

	conversations *answers.Conversations
}

// New returns a bot that is not connected yet.
func New(o Options) (*Bot, error) {
	rest, err := newTransport(o.API)
	if err != nil {
		return nil, err
	}
	if o.Requests != nil {
		rest.next = o.Requests
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Extractor == nil {
		o.Extractor = corpus.InProcess{}
	}
	if o.Ready == nil {
		o.Ready = func(bool) {}
	}
	if o.Located == nil {
		o.Located = func() {}
	}
	if o.Tell == nil {
		o.Tell = func(string) {}
	}
	if o.Shards == nil {
		o.Shards = shards.New(shards.Options{Log: o.Log})
	}
	o.Token = bare(o.Token)
	logClient(o.Log)
	b := &Bot{
		options: o, rest: rest, session: newSession(o.Token, rest), rhythm: discordsRhythm,
		connected: make(chan struct{}), standing: map[int]link{}, located: map[*shards.Lease]bool{},
	}
	b.keepPace()
	b.dispatcher = newDispatcher(o.Log)
	b.limits = newLimiters(o.Limits, o.Now)
	b.lanes = numbers(0, maxLanes)
	b.replies = newShelf[*given](maxGiven, givenLife, o.Now)
	b.panels = newShelf[*panel](maxPanels, panelsLife, o.Now)
	b.lists = newShelf[*paged](maxPaged, pagedLife, o.Now)
	b.selves = newShelf[string](maxPaged, pagedLife, o.Now)
	b.votes = newShelf[*ballot](maxPaged, pagedLife, o.Now)
	b.conversations = answers.NewConversations(o.Now)
	b.parents = newShelf[string](maxParents, parentsLife, o.Now)
	b.desks = newShelf[*desk](maxDesks, deskLife, o.Now)
	b.silences = newShelf[silence](maxSilences, silenceLife, o.Now)
	b.passings = make(chan passing, maxPassings)
	b.pile = newPile(maxPiled, o.Now)
	b.check = func(ctx context.Context, f corpus.File) (corpus.Report, error) {
		return corpus.Check(ctx, o.Extractor, f)
	}
	b.uploading = numbers(0, maxUploading)
	b.terms = newShelf[config.Guild](maxTerms, termsLife, o.Now)
	return b, nil
}

// UnderWay returns how much is asked of the bot at the moment, and how much may be.
func (b *Bot) UnderWay() (now, most int) { return b.dispatcher.underWay(), maxUnderWay }

var logClientOnce sync.Once

// logClient lets the client log to the first bot's log: where it logs to is one place
// for the whole process, and may not change once it runs. What it says is kept, what
// it says it of is not, for that can be tokens and what people wrote.
func logClient(log *slog.Logger) {
	logClientOnce.Do(func() {
		discordgo.Logger = func(_, _ int, format string, _ ...any) {
			log.Debug("discordgo", "says", strings.TrimSpace(format))
		}
	})
}

// bare returns a token without the "Bot " that stands before it in requests, and in the
// examples from which people copy.
func bare(token string) string { return strings.TrimPrefix(token, "Bot ") }

// newSession returns a session of the client that leaves to the transport what it
// does wrong itself.
func newSession(token string, rest http.RoundTripper) *discordgo.Session {
	s, _ := discordgo.New("Bot " + token) // its error is always nil
	s.Client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	s.Client.Transport = rest
	s.Client.Timeout = 0 // the transport and the contexts bound requests
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	return s
}

// Run registers the commands and answers until ctx is done; then it lets the replies
// under way end, for a moment, and returns nil. It returns a FinalError when Discord
// refuses the bot; whatever else is wrong with Discord, it tries again until it is not.
func (b *Bot) Run(ctx context.Context) error {
	registered, err := b.registerAtStart(ctx)
	if err != nil {
		return err
	}
	// What was asked is answered also while the bot is ending.
	answering, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	beside, stop := context.WithCancel(ctx)
	var tasks sync.WaitGroup
	if !registered {
		tasks.Go(func() { b.registerLater(beside) })
	}
	tasks.Go(func() { b.keepTelling(beside) })
	tasks.Go(func() { b.keepLogging(beside) })
	tasks.Go(func() { b.keepHouse(beside) })
	tasks.Go(func() { b.keepDigesting(beside) })
	tasks.Go(func() { b.keepForgetting(beside) })
	plan, err := b.plan(ctx)
	if err == nil && ctx.Err() == nil {
		if b.options.Shards.Alone() {
			for shard := range plan.Shards {
				b.begins(shard, nil)
			}
		}
		err = b.options.Shards.Run(ctx, plan, func(serving context.Context, l *shards.Lease) error {
			return b.serve(serving, answering, l)
		})
	}
	stop()
	tasks.Wait()
	b.closing.Wait()
	return err
}

// atStart is how long the start may wait for the commands to be registered.
const atStart = 10 * time.Second

// registerAtStart registers the commands before the bot connects, for by that a wrong
// token shows. It returns a FinalError or none: without commands the bot can answer
// those who have them from before.
func (b *Bot) registerAtStart(ctx context.Context) (done bool, err error) {
	starting, cancel := context.WithTimeout(ctx, atStart)
	defer cancel()
	err = b.register(starting)
	if final, ok := errors.AsType[*FinalError](err); ok {
		return false, final
	}
	if err != nil && ctx.Err() == nil {
		b.options.Log.Warn("commands are not registered", "err", err)
	}
	return err == nil, nil
}

// registerLater registers the commands once the bot is connected, in as many tries as
// it takes.
func (b *Bot) registerLater(ctx context.Context) {
	select {
	case <-ctx.Done():
		return
	case <-b.connected:
	}
	for pause := b.rhythm.firstPause; ; pause = min(2*pause, b.rhythm.longestPause) {
		err := b.register(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		b.options.Log.Warn("commands are not registered", "again_in", pause, "err", err)
		if sleep(ctx, pause) != nil {
			return
		}
	}
}

// intents are the events that the bot wants besides interactions, which come without:
// posts of forums, and messages. None is privileged unless the host wants it: of messages
// that neither mention it nor are direct, the bot is told no content.
func (b *Bot) intents() discordgo.Intent {
	wanted := discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	if b.options.MessageContent {
		wanted |= discordgo.IntentMessageContent
	}
	return wanted
}

// Application returns the ID of the application to which a token belongs. It returns
// a FinalError for a token that Discord refuses.
func Application(ctx context.Context, api, token string) (string, error) {
	rest, err := newTransport(api)
	if err != nil {
		return "", err
	}
	return application(ctx, newSession(bare(token), rest), rest.base)
}

// Invite returns the address at which a person adds the bot to a server. It asks for
// the scopes that the bot uses, and for what it takes to answer mentions and posts of
// forums; replies to commands need no permission.
func Invite(applicationID string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d", applicationID, invitePermissions)
}
