"""Questions that callers ask in between, and what is wanted beside them; answers to questions of the business's own."""
