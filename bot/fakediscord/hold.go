package fakediscord

// A Hold keeps requests waiting until it is released.
type Hold struct {
	arrived, released chan struct{}
}

// NewHold returns a hold.
func NewHold() *Hold {
	return &Hold{arrived: make(chan struct{}, 1024), released: make(chan struct{})}
}

// Arrived yields a value for each request that has come to the hold.
func (h *Hold) Arrived() <-chan struct{} { return h.arrived }

// Release lets all requests go on. It is called once.
func (h *Hold) Release() { close(h.released) }

// ThenHandled plays a request that is handled after the release.
func (h *Hold) ThenHandled() Play { return h.then((*Exchange).Handle) }

// ThenLost plays a request that is never handled: a time-out.
func (h *Hold) ThenLost() Play { return h.then((*Exchange).Drop) }

// HandledThenLost plays a request that is handled at once, whose answer never comes.
func (h *Hold) HandledThenLost() Play {
	return func(x *Exchange) {
		x.Handle()
		h.then((*Exchange).Drop)(x)
	}
}

func (h *Hold) then(p Play) Play {
	return func(x *Exchange) {
		select {
		case h.arrived <- struct{}{}:
		default:
		}
		x.Wait(h.released)
		p(x)
	}
}
