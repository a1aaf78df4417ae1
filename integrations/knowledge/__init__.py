"""What the business has written down for its callers, found by the words of a question."""
