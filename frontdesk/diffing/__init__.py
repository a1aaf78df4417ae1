"""What an edit of the graph, the business or the sentences changes for callers, in sentences with a grade."""
