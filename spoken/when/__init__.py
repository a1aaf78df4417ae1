"""Days, times and windows: from a caller's words to wall times, in every language that has a `when.yaml`.

Nothing is imported here: who says a time need not load what reads one.
"""
