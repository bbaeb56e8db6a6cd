package retrieval

// Generations are a cache of two: what is asked for again comes from the old into the young,
// and when those fill half of the room, the old ones go and the young are the old. Its
// user has the mutex.
type generations[K comparable, V interface{ bytes() int }] struct {
	room       int // in bytes
	young, old map[K]V
	bytes      int // of the young
}

// get returns what is kept by a key.
func (c *generations[K, V]) get(key K) (V, bool) {
	if v, found := c.young[key]; found {
		return v, true
	}
	v, found := c.old[key]
	if found {
		c.put(key, v)
	}
	return v, found
}

// put makes something one of the young.
func (c *generations[K, V]) put(key K, v V) {
	if c.young == nil || c.bytes > c.room/2 {
		c.old, c.young, c.bytes = c.young, map[K]V{}, 0
	}
	if before, found := c.young[key]; found {
		c.bytes -= before.bytes()
	}
	c.young[key] = v
	c.bytes += v.bytes()
}

// forget drops what is kept by such keys.
func (c *generations[K, V]) forget(such func(K) bool) {
	for key, v := range c.young {
		if such(key) {
			delete(c.young, key)
			c.bytes -= v.bytes()
		}
	}
	for key := range c.old {
		if such(key) {
			delete(c.old, key)
		}
	}
}
