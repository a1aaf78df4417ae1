"""The telephone line of a call."""
