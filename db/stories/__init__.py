"""Articles on the same event: found alike, grouped, told as one story."""
