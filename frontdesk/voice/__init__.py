"""Calls on the telephone: one task carries each call between what it hears, what it says, and the line. Only here is LiveKit imported."""
