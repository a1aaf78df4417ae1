"""A call as an object that is fed with what happens and hands back what is due; the same for text and for the phone."""
