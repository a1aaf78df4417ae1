"""Appointments: the port, the business's own calendar, and one that behaves as a test says."""
