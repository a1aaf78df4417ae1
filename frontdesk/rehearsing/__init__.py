"""Calls held on paper: written calls and callers with goals talk to the real conversation, and every turn is watched."""
