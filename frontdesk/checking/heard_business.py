"""What a business has to do with understanding its callers: words, people, days and hours, and no price or answer."""

from __future__ import annotations

from typing import Final, TypeVar, cast

from frontdesk.business import Business
from frontdesk.business.values import Part

__all__ = ["as_heard"]

_HEARD: Final = (
    "languages",
    "default_language",
    "country",
    "time_zone",
    "phone",
    "hours",
    "open_on",
    "closures",
    "families",
    "not_offered",
)

OnePart = TypeVar("OnePart", bound=Part)


def as_heard(business: Business) -> Business:
    """The same business with nothing but this: whoever reads callers' words by it can rest on nothing else, as there is nothing else.

    What understood them before an edit of the rest understands them after it. A part that is not there raises AttributeError.
    """
    heard = {
        # Which days are public holidays changes nothing about whether words are understood, and takes 0.05 s to load.
        "public_holidays": "open",
        "address": _only(business.address, "asked_as"),
        "access": _each(business.access, "asked_as"),
        "payment": _each(business.payment, "asked_as"),
        "policies": _each(business.policies, "asked_as"),
        "staff": _each(business.staff, "name", "heard_as"),
        "services": _each(business.services, "name", "synonyms", "beside"),
    }
    return _only(business, *_HEARD).model_copy(update=heard)


def _each(parts: dict[str, OnePart], *names: str) -> dict[str, OnePart]:
    return {key: _only(part, *names) for key, part in parts.items()}


def _only(part: OnePart, *names: str) -> OnePart:
    """With these fields alone; those that may be left out are as if they had been."""
    return cast("OnePart", type(part).model_construct(**{name: getattr(part, name) for name in names}))
