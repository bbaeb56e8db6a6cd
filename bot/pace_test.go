package bot_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/bot"
)

// TestPace: in no second more requests go out than may, and as many as may.
func TestPace(t *testing.T) {
	for _, test := range []struct {
		name      string
		perSecond []float64 // of each request, the last for the rest
		count     int
		takes     time.Duration
		within    time.Duration // in which Most go out at the most
		most      int
	}{
		{"no limit", []float64{0}, 1000, 0, time.Second, 1000},
		{"all that a bot may", []float64{45}, 135, 2 * time.Second, time.Second, 45},
		{"a part of one", []float64{4.5}, 12, 2 * time.Second, time.Second, 4},
		{"less than one", []float64{0.5}, 4, 6 * time.Second, 2 * time.Second, 1},
		{"others come", []float64{10, 10, 10, 10, 10, 2}, 9, 2 * time.Second, time.Second, 5},
		{"others go", []float64{1, 1, 5}, 6, time.Second, time.Second, 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			n := 0
			sent := bot.Paces(test.count, func() float64 {
				n++
				return test.perSecond[min(n, len(test.perSecond))-1]
			})
			if last := sent[len(sent)-1]; last != test.takes {
				t.Errorf("the last of %d goes out after %v, want %v", test.count, last, test.takes)
			}
			for i := range sent {
				if j := i + test.most; j < len(sent) && sent[j]-sent[i] < test.within {
					t.Errorf("requests %d to %d go out from %v to %v: want %d within %v at most", i, j, sent[i], sent[j], test.most, test.within)
				}
			}
		})
	}
}

// TestPausedElsewhere: what Discord tells one process of a global limit holds back the
// requests of another, but not its answers to interactions; and what it tells this one is
// told to others, once.
func TestPausedElsewhere(t *testing.T) {
	t.Parallel()
	var mutex sync.Mutex
	until := time.Now().Add(time.Hour)
	var told, limited atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "limited") && limited.Add(1) <= 2 {
			w.Header().Set("X-RateLimit-Global", "true")
			w.Header().Set("Retry-After", "0.05")
			w.WriteHeader(http.StatusTooManyRequests)
		}
	}))
	t.Cleanup(server.Close)
	carrier, err := bot.NewPacedTransport(server.URL, func() float64 { return 0 },
		func() time.Time { mutex.Lock(); defer mutex.Unlock(); return until },
		func(time.Duration) { told.Add(1) })
	if err != nil {
		t.Fatal(err)
	}
	send := func(path string) error {
		r, err := http.NewRequestWithContext(t.Context(), "GET", "https://discord.com/api/v9"+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		response, err := carrier.RoundTrip(r)
		if err == nil {
			response.Body.Close()
		}
		return err
	}
	if err := send("/channels/1"); err == nil || !strings.Contains(err.Error(), "rate limited") {
		t.Errorf("a request while another process was told to wait: %v, want that it is not sent", err)
	}
	if err := send("/webhooks/1/token/messages/@original"); err != nil {
		t.Errorf("an answer to an interaction: %v", err)
	}
	mutex.Lock()
	until = time.Time{}
	mutex.Unlock()
	if err := send("/channels/1"); err != nil {
		t.Errorf("a request after that: %v", err)
	}
	var group sync.WaitGroup
	for range 2 {
		group.Go(func() {
			if err := send("/limited"); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if n := told.Load(); n != 1 && n != 2 { // two, if the second request comes after the first pause
		t.Errorf("others were told %d times", n)
	}
}
