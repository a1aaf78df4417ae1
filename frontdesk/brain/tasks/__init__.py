"""What the caller wants done, from the first wish to the goodbye."""
