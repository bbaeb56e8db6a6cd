package retrieval

import (
	"strings"

	"verbatim/retrieval/analysis"
)

// packedTokens are the tokens of some texts, in a third of the memory.
type packedTokens struct {
	terms  string // one after the other
	tokens []packedToken
	ends   []int // of each text: how many tokens there are up to its end
}

type packedToken struct {
	term       uint32 // end in terms
	start, end uint32
	position   uint32 // twice, and one more for a token that is Also
}

// add adds the tokens of one more text.
func (p *packedTokens) add(tokens []analysis.Token) {
	var terms strings.Builder
	terms.WriteString(p.terms)
	for _, t := range tokens {
		terms.WriteString(t.Term)
		position := uint32(t.Position) << 1
		if t.Also {
			position |= 1
		}
		p.tokens = append(p.tokens, packedToken{uint32(terms.Len()), uint32(t.Start), uint32(t.End), position})
	}
	p.terms, p.ends = terms.String(), append(p.ends, len(p.tokens))
}

// unpack returns the tokens of each text.
func (p *packedTokens) unpack() [][]analysis.Token {
	all, texts := make([]analysis.Token, len(p.tokens)), make([][]analysis.Token, len(p.ends))
	begin := uint32(0)
	for i, t := range p.tokens {
		all[i] = analysis.Token{
			Term: p.terms[begin:t.term], Start: int(t.start), End: int(t.end),
			Position: int(t.position >> 1), Also: t.position&1 == 1,
		}
		begin = t.term
	}
	first := 0
	for i, end := range p.ends {
		texts[i] = all[first:end:end]
		first = end
	}
	return texts
}

// bytes is what it takes up in memory.
func (p *packedTokens) bytes() int { return len(p.terms) + 16*cap(p.tokens) + 8*cap(p.ends) }
