package shards

// HoldUp lets the process do nothing for its leases any more, as one that is stopped.
func (k *Keeper) HoldUp() { k.pausing.Lock() }

// GoOn ends that.
func (k *Keeper) GoOn() { k.pausing.Unlock() }
