"""The model behind the port of a brain: what it is asked in each state, and what its answer may mean."""
