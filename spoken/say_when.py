"""Say dates, times and windows; see :mod:`spoken.when.saying`."""

from spoken.when.saying import Style, say_date, say_slot, say_slots, say_time, say_window

__all__ = ["Style", "say_date", "say_slot", "say_slots", "say_time", "say_window"]
