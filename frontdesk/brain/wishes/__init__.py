"""Wishes for a time: their windows, and what a weekday or "the week after" is counted from."""
