package extract

// LimitEngine gives the engines that are started from here on as many pages of 64 KiB of
// memory, for a test of one that runs out of it, until restore is called.
func LimitEngine(pages uint32) (restore func()) {
	before := enginePages
	enginePages = pages
	return func() { enginePages = before }
}
