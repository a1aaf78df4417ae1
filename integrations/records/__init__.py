"""What is kept: calls, journals, tasks for staff, callers, messages to be sent, and the database they live in."""
