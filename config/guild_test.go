package config_test

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"verbatim/config"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

const day = 24 * time.Hour

var guildDefaults = config.Guild{Language: "auto", Excerpts: 3, Answers: "balanced", Retention: 90 * day, Courses: map[string]string{}}

func wantGuild(t *testing.T, settings *config.GuildSettings, guild string, want config.Guild) {
	t.Helper()
	got, err := settings.Get(t.Context(), guild)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("Get(%s) = %+v, %v, want %+v", guild, got, err, want)
	}
}

func set(t *testing.T, settings *config.GuildSettings, guild, name, value string) {
	t.Helper()
	if err := settings.Set(t.Context(), guild, name, value); err != nil {
		t.Error(err)
	}
}

func TestGuildSettings(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		settings := config.NewGuildSettings(db)
		wantGuild(t, settings, "a", guildDefaults)
		set(t, settings, "a", "language", "fr")
		set(t, settings, "a", "excerpts", "1")
		set(t, settings, "a", "answers", "few")
		set(t, settings, "a", "answers", "many")
		set(t, settings, "a", "retention", "30")
		wantGuild(t, settings, "a", config.Guild{Language: "fr", Excerpts: 1, Answers: "many", Retention: 30 * day, Courses: map[string]string{}})
		set(t, settings, "a", "moderator_roles", "22, 11,22")
		set(t, settings, "a", "private", "yes")
		set(t, settings, "a", "channels", "7")
		set(t, settings, "a", "digest", "weekly")
		set(t, settings, "a", "digest_channel", "8")
		set(t, settings, "a", "log_channel", "9")
		wantGuild(t, settings, "b", guildDefaults)
		if err := settings.Reset(t.Context(), "a", "answers"); err != nil {
			t.Error(err)
		}
		wantGuild(t, settings, "a", config.Guild{Language: "fr", Excerpts: 1, Answers: "balanced", Retention: 30 * day, ModeratorRoles: []string{"11", "22"},
			Private: true, Channels: []string{"7"}, Courses: map[string]string{}, Digest: 7 * day, DigestChannel: "8", LogChannel: "9"})
	})
}

// TestGuildSettingsRevision counts the revisions of changes that are none.
func TestGuildSettingsRevision(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		settings := config.NewGuildSettings(db)
		for _, step := range []struct {
			value    string // "" to reset
			revision int64
		}{
			{"auto", 0}, {"", 0}, {"fr", 1}, {"fr", 1}, {"es", 2}, {"auto", 3}, {"", 3}, {"en", 4}, {"", 5}, {"", 5},
		} {
			err := settings.Set(t.Context(), "g", "language", step.value)
			if step.value == "" {
				err = settings.Reset(t.Context(), "g", "language")
			}
			if err != nil {
				t.Fatal(err)
			}
			if got, err := db.Revision(t.Context(), "g"); err != nil || got != step.revision {
				t.Errorf("Revision after %q = %d, %v, want %d", step.value, got, err, step.revision)
			}
		}
	})
}

func TestGuildSettingsErrors(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		settings := config.NewGuildSettings(db)
		for _, test := range []struct {
			name, value string
			is          error
			says        string
		}{
			{"langage", "fr", config.ErrNoSetting, `"langage" not found: did you mean language?`},
			{"colour", "red", config.ErrNoSetting, "known are language, excerpts, answers, retention, moderator_roles"},
			{"language", "de", config.ErrNotAllowed, `language: value "de" not allowed: want one of auto, fr, es, en`},
			{"excerpts", "4", config.ErrNotAllowed, "1, 2, 3"},
			{"excerpts", "03", config.ErrNotAllowed, "1, 2, 3"},
			{"retention", "31", config.ErrNotAllowed, "7, 30, 90, 180, 365"},
			{"moderator_roles", "11,@everyone", config.ErrNotAllowed, "want numbers"},
			{"moderator_roles", strings.Repeat("1", 21), config.ErrNotAllowed, "want numbers"},
			{"moderator_roles", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26", config.ErrNotAllowed, "at most 25"},
			{"answers", "", config.ErrNotAllowed, "few, balanced, many"},
		} {
			err := settings.Set(t.Context(), "g", test.name, test.value)
			if !errors.Is(err, test.is) || !strings.Contains(err.Error(), test.says) {
				t.Errorf("Set(%s, %s) = %v, want %q", test.name, test.value, err, test.says)
			}
		}
		if err := settings.Reset(t.Context(), "g", "langage"); !errors.Is(err, config.ErrNoSetting) {
			t.Errorf("Reset(langage) = %v, want %v", err, config.ErrNoSetting)
		}
		if got, err := db.Revision(t.Context(), "g"); err != nil || got != 0 {
			t.Errorf("Revision after errors = %d, %v, want 0", got, err)
		}
	})
}

func TestGuildList(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		settings := config.NewGuildSettings(db)
		set(t, settings, "g", "excerpts", "2")
		got, err := settings.List(t.Context(), "g")
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, e := range got {
			line := e.Name + "=" + e.Value + " default " + e.Default + " of " + e.Wanted()
			if e.Set {
				line += " set"
			}
			if e.Description == "" {
				t.Errorf("%s has no description", e.Name)
			}
			lines = append(lines, line)
		}
		want := `language=auto default auto of auto|fr|es|en
excerpts=2 default 3 of 1|2|3 set
answers=balanced default balanced of few|balanced|many
retention=90 default 90 of 7|30|90|180|365
moderator_roles= default  of ID,… (25 at most)
private=no default no of no|yes
channels= default  of ID,… (25 at most)
digest=off default off of off|daily|weekly
digest_channel= default  of ID
log_channel= default  of ID`
		if got := strings.Join(lines, "\n"); got != want {
			t.Errorf("List() =\n%s\nwant\n%s", got, want)
		}
	})
}

// TestCourses: a channel is bound to one course, which can be changed and taken back.
func TestCourses(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		settings := config.NewGuildSettings(db)
		for _, step := range []struct {
			channel, course string
			fails           bool
			want            string // of channels 1 and 2, which are the same place
		}{
			{"2", "Histoire", false, "Histoire"},
			{"1", "Droit", false, "Droit"},
			{"1", "Économie", false, "Économie"},
			{"1", "", false, "Histoire"},
			{"2", "", false, ""},
			{"general", "Droit", true, ""},
			{"1", "Droit\n", true, ""},
			{"1", strings.Repeat("x", 501), true, ""},
		} {
			err := settings.SetCourse(t.Context(), "a", step.channel, step.course)
			if step.fails != errors.Is(err, config.ErrNotAllowed) || !step.fails && err != nil {
				t.Errorf("SetCourse(%s, %.20q) = %v, want an error: %v", step.channel, step.course, err, step.fails)
			}
			g, err := settings.Get(t.Context(), "a")
			if got := g.CourseOf("1", "2"); err != nil || got != step.want {
				t.Errorf("CourseOf after %s, %.20q = %q, %v, want %q", step.channel, step.course, got, err, step.want)
			}
		}
		if g, err := settings.Get(t.Context(), "b"); err != nil || len(g.Courses) > 0 {
			t.Errorf("courses of another guild = %v, %v", g.Courses, err)
		}
	})
}

func TestAnswersIn(t *testing.T) {
	for _, test := range []struct {
		channels, places string
		want             bool
	}{
		{"", "1", true}, {"1", "1", true}, {"1 2", "3 2", true}, {"1", "2", false}, {"1", "", false},
	} {
		g := config.Guild{Channels: strings.Fields(test.channels)}
		if got := g.AnswersIn(strings.Fields(test.places)...); got != test.want {
			t.Errorf("answers in %q of %q = %v, want %v", test.places, test.channels, got, test.want)
		}
	}
}
