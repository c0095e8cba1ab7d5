"""The law of a telephone call: marks on its story, what a sentence proposes, how it may end."""
