"""Stored calls made again: to the same bytes with the content they began with, and against an edited one."""
