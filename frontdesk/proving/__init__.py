"""Shows that a graph does what it should: paths made from the graph itself, and what they and written calls cover."""
