"""What a caller's words may mean: text and view in, proposals out. Rules here; a model may stand behind the same port."""
