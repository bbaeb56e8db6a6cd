package follow

import "errors"

var errDoubtful = errors.New("most files of the folder are gone")

// mostTold is how many troubles are remembered.
const mostTold = 1000

// tell logs a trouble of a kind once, as long as it stays the same, and forgets it when it is
// over.
func (w *watch) tell(kind string, trouble error, what string) {
	if trouble == nil {
		delete(w.told, kind)
		return
	}
	if len(w.told) > mostTold {
		clear(w.told)
	}
	if w.told[kind] != trouble.Error() {
		w.told[kind] = trouble.Error()
		w.log.Warn(what, "err", trouble)
	}
}
