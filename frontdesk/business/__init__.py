"""Whom we answer for: business.yaml as strict, plain data, and what follows from it by the calendar."""

from frontdesk.business.errors import BusinessProblems
from frontdesk.business.loader import business_in, load_business, read_business
from frontdesk.business.model import Business

__all__ = ["Business", "BusinessProblems", "business_in", "load_business", "read_business"]
