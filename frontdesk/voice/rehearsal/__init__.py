"""A call by telephone without one: a caller, ears and a voice by script around the real session, in one process, without a server."""
