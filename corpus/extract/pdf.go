package extract

type pdfEngine struct{}

func (r *Reader) Close()                        {}
func (r *Reader) Prepare() error                { return nil }
func isPDF(data []byte) bool                    { return false }
func (r *Reader) pdf(data []byte) (Text, error) { return Text{}, ErrDamaged }
