package corpus

// SplitSentences is tested alone, as the readers of files add paragraphs to it.
var SplitSentences = splitSentences
