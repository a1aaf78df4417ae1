"""Simulated callers: seeded people with a goal, a temper and a bad line talk to the real conversation, thousands of times."""
