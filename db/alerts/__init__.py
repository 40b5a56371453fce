"""What people wait for, whether an article is it, and where the word of it goes."""
