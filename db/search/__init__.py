"""Finding articles by their words, by what they mean, and by what narrows both."""
