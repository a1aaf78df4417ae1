"""Which of a few things on offer an answer means: by position, by content, by contrast, or none of them."""
