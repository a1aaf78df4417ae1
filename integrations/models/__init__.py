"""Language models: one port, two kinds of server, and what stands around them (breaker, recordings)."""
