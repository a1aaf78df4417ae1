"""Which of several things on offer is meant, or none of them."""
