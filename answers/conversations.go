package answers

import (
	"container/list"
	"sync"
	"time"
)

// A Place is where one conversation goes on: what one person asks in one channel, or what
// is said below one message.
type Place struct {
	Guild   string
	Channel string
	User    string // "" for what stands below a message, whoever asks
	Message string // likewise "" for what a person asks
}

// Remembered is how long a question can be followed up.
const Remembered = 10 * time.Minute

// maxConversations bounds the memory that conversations take.
const maxConversations = 10_000

// Conversations remembers the last question of each place for as long as it can be
// followed up. It keeps nothing on disk, and forgets what was asked longest ago when
// there are too many. It may be used by several goroutines.
type Conversations struct {
	now func() time.Time

	mu     sync.Mutex
	order  *list.List // of *conversation, the one that goes on longest without a question first
	places map[Place]*list.Element
}

type conversation struct {
	place    Place
	question string // as it was read
	asked    time.Time
}

// NewConversations returns Conversations that remember nothing yet.
func NewConversations(now func() time.Time) *Conversations {
	return &Conversations{now: now, order: list.New(), places: map[Place]*list.Element{}}
}

// Previous returns the last question of a place as it was read, for Question.Previous;
// "" if there is none or it is too long ago.
func (c *Conversations) Previous(p Place) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire()
	if e := c.places[p]; e != nil {
		return e.Value.(*conversation).question
	}
	return ""
}

// Remember makes a question and its reply what the next question of a place may follow
// up. Small talk changes nothing: thanks may stand between a question and the next.
func (c *Conversations) Remember(p Place, question string, r Reply) {
	if r.SmallTalk {
		return
	}
	if r.ReadAs != "" {
		question = r.ReadAs
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire()
	if e := c.places[p]; e != nil {
		c.remove(e)
	}
	c.places[p] = c.order.PushBack(&conversation{p, question, c.now()})
	if c.order.Len() > maxConversations {
		c.remove(c.order.Front())
	}
}

// Forget forgets all conversations for which a function returns true: those of a guild,
// or of someone who wants to be forgotten.
func (c *Conversations) Forget(which func(Place) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for e := c.order.Front(); e != nil; {
		next := e.Next()
		if which(e.Value.(*conversation).place) {
			c.remove(e)
		}
		e = next
	}
}

// expire forgets what is too long ago.
func (c *Conversations) expire() {
	for e := c.order.Front(); e != nil && c.now().Sub(e.Value.(*conversation).asked) > Remembered; e = c.order.Front() {
		c.remove(e)
	}
}

func (c *Conversations) remove(e *list.Element) {
	delete(c.places, e.Value.(*conversation).place)
	c.order.Remove(e)
}
