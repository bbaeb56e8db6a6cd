//go:build unix

package cli_test

import (
	"encoding/json"
	"encoding/pem"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"verbatim/bot/fakediscord"
)

// TestRunThroughProxy: requests and the gateway, encrypted both, go through the proxy
// that the environment names, also when a session goes on at an address of its own.
func TestRunThroughProxy(t *testing.T) {
	t.Parallel()
	// The certificates of httptest are for example.com, which only the proxy finds.
	r := newRunningWith(t, fakediscord.Options{ResumeURL: "wss://example.com/resume"})
	r.Always("GET", "/gateway", func(x *fakediscord.Exchange) {
		body, _ := json.Marshal(map[string]string{"url": "wss://example.com"})
		x.Answer(http.StatusOK, http.Header{"Content-Type": {"application/json"}}, body)
	})
	behind, err := url.Parse(r.URL())
	if err != nil {
		t.Fatal(err)
	}
	discord := httptest.NewUnstartedServer(&httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(behind) }})
	discord.EnableHTTP2 = true // which Discord speaks, and websockets do not
	discord.StartTLS()
	t.Cleanup(discord.Close)
	certificate := filepath.Join(r.home, "discord.pem")
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: discord.Certificate().Raw})
	if err := os.WriteFile(certificate, block, 0o644); err != nil {
		t.Fatal(err)
	}
	var tunnels atomic.Int32
	proxy := httptest.NewServer(tunnel(t, "example.com:443", discord.Listener.Addr().String(), &tunnels))
	t.Cleanup(proxy.Close)

	cmd := r.command("run", "--log-level", "info")
	cmd.Env = append(cmd.Env, "VERBATIM_DISCORD_API_URL=https://example.com/api", "HTTPS_PROXY="+proxy.URL, "SSL_CERT_FILE="+certificate)
	r.begin(cmd)
	r.waitLog("connected to the gateway", 1)
	r.asks("Où siège le soviet ?", "palais")
	r.CutGateway()
	r.waitLog("connected to the gateway", 2)
	r.asks("Où siège le soviet ?", "palais")
	if s := r.Sessions(); len(s) != 1 || s[0].Path != "/resume/" {
		t.Errorf("sessions = %+v, want one that went on at its address", s)
	}
	if n := tunnels.Load(); n < 3 { // two connections to the gateway, and requests
		t.Errorf("%d tunnels, want 3 at least", n)
	}
	r.cmd.Process.Signal(syscall.SIGTERM)
	r.wait()
}

// tunnel is a proxy that carries what is meant for an address to another.
func tunnel(t *testing.T, from, to string, tunnels *atomic.Int32) http.Handler {
	var running sync.WaitGroup
	t.Cleanup(running.Wait)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != from {
			t.Errorf("%s %s, want a tunnel to %s", r.Method, r.Host, from)
			return
		}
		tunnels.Add(1)
		there, err := net.Dial("tcp", to)
		if err != nil {
			t.Error(err)
			return
		}
		here, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		io.WriteString(here, "HTTP/1.1 200 OK\r\n\r\n")
		for a, b := range map[net.Conn]net.Conn{here: there, there: here} {
			running.Go(func() {
				io.Copy(a, b)
				a.Close()
				b.Close()
			})
		}
	})
}
