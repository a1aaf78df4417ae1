"""What is to be done, for whom and by whom."""
