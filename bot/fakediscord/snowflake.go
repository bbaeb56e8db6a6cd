package fakediscord

import (
	"cmp"
	"strconv"
	"time"
)

// discordEpoch is the first millisecond of 2015, at which snowflakes begin.
//
// Source: docs.discord.com/developers/reference#snowflakes
const discordEpoch = 1420070400000

// nextID returns a snowflake greater than all before. Its time is the clock's, or a
// millisecond after the last snowflake where the clock stands still: so no two guilds
// fall on the same shard for having been made together.
func (s *Server) nextID() string {
	ms := max(s.now().UnixMilli()-discordEpoch, s.lastID+1)
	s.lastID = ms
	return strconv.FormatInt(ms<<22, 10)
}

// SnowflakeTime returns the time that a snowflake holds, the zero time if it is none.
func SnowflakeTime(id string) time.Time {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n>>22 + discordEpoch).UTC()
}

// compareIDs orders snowflakes by age.
func compareIDs(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b))
}
