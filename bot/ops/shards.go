package ops

import (
	"fmt"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"

	"verbatim/bot/shards"
)

// A shardFigure is one of each shard that the process answers for.
type shardFigure struct {
	desc  *prometheus.Desc
	value func(shards.Held) (value float64, known bool)
}

func newShardFigure(name, help string, value func(shards.Held) (float64, bool)) shardFigure {
	return shardFigure{prometheus.NewDesc(name, help, []string{"shard"}, nil), value}
}

// shardFigures are measured when somebody asks for them.
var shardFigures = []shardFigure{
	newShardFigure("verbatim_shard_connected", "1 while there is a session for the shard.",
		func(h shards.Held) (float64, bool) { return number(h.Connected), true }),
	newShardFigure("verbatim_shard_silent_seconds", "Since when nothing came from Discord.",
		func(h shards.Held) (float64, bool) { return h.Silent.Seconds(), h.Heard }),
	newShardFigure("verbatim_shard_claims_behind_seconds", "How long ago all was claimed that was asked until then; 0 if all is.",
		func(h shards.Held) (float64, bool) { return h.Behind.Seconds(), true }),
	newShardFigure("verbatim_shard_lease_holds", "1 while the right to answer for the shard was renewed in time.",
		func(h shards.Held) (float64, bool) { return number(h.Holds), true }),
	newShardFigure("verbatim_shard_lease_epoch", "Which owner of the shard the process is, counted from the first.",
		func(h shards.Held) (float64, bool) { return float64(h.Epoch), true }),
	newShardFigure("verbatim_shard_servers", "In how many servers of the shard the bot is.",
		func(h shards.Held) (float64, bool) { return float64(h.Servers), h.Connected }),
}

// A shardCollector tells the figures of the shards.
type shardCollector struct{ watch *Watch }

// Describe implements prometheus.Collector.
func (c shardCollector) Describe(to chan<- *prometheus.Desc) {
	for _, f := range shardFigures {
		to <- f.desc
	}
}

// Collect implements prometheus.Collector.
func (c shardCollector) Collect(to chan<- prometheus.Metric) {
	for _, h := range c.watch.shards().Held {
		for _, f := range shardFigures {
			if value, known := f.value(h); known {
				to <- prometheus.MustNewConstMetric(f.desc, prometheus.GaugeValue, value, strconv.Itoa(h.Shard))
			}
		}
	}
}

func (w *Watch) shards() shards.Status {
	o := w.options.Load()
	if o == nil {
		return shards.Status{}
	}
	return o.Shards()
}

// unconnected says which shards have no session, where there are several.
func unconnected(s shards.Status) (problems []string) {
	for _, h := range s.Held {
		if h.Shards > 1 && !h.Connected {
			problems = append(problems, fmt.Sprintf("shard %d of %d is not connected", h.Shard, h.Shards))
		}
	}
	return problems
}
