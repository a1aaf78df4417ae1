"""Everything the caller hears and reads: the lines of `prompts/`, checked when they are loaded and filled when they are due."""
