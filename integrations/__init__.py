"""The outside world, one folder per port: what the business wants beside those who provide it."""
