"""Who is calling, how to reach them, and what they show it with."""
