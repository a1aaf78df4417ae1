"""One door to all readers: what was said, and what was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from spoken.context import Context
from spoken.errors import UnknownKind
from spoken.normalise import fold_words
from spoken.reading import NOTHING, Reading

__all__ = ["KINDS", "understand"]

KINDS: Final = (
    "date",
    "time",
    "datetime",
    "birth_date",
    "phone",
    "email",
    "name",
    "number",
    "yes_no",
    "choice",
    "service",
    "staff",
    "reference",
)
_DAYS: Final = frozenset({"date", "time", "datetime", "birth_date"})


def understand(text: str, expect: str, language: str, now: dt.datetime, context: Context | None = None) -> Reading:
    """Read one utterance as the kind of value that was asked for.

    `now` is aware and in the zone of the business; `language` is one that has data. The reading is *complete* with a value in
    the form of CALL.md section 2, *prefix*, *ambiguous* with alternatives, or *nothing*; whatever the text is, nothing is raised.

    Raises UnknownKind when `expect` is none of `KINDS`, UnknownLanguage when the language has no data.
    """
    context = context or Context()
    if expect in _DAYS:
        from spoken.when.reader import read_when

        return read_when(text, expect, language, now, context)
    if expect == "choice":
        from spoken.choosing.choices import read_choice

        return read_choice(text, language, now, context)
    return _reader(expect)(text, language, context)


def _reader(expect: str) -> Callable[[str, str, Context], Reading]:
    """The reader of a kind; each is imported when first needed, so that `import spoken` stays cheap."""
    if expect == "phone":
        from spoken.phones import read_phone

        return read_phone
    if expect == "yes_no":
        from spoken.yes_no import read_yes_no

        return read_yes_no
    if expect == "name":
        return _read_asked_name
    if expect == "service":
        from spoken.service_kinds import read_service_by_kind

        return read_service_by_kind
    if expect == "staff":
        from spoken.services import read_staff

        return read_staff
    if expect == "number":
        from spoken.quantities import read_number

        return read_number
    if expect == "email":
        from spoken.emails import read_email

        return read_email
    if expect == "reference":
        from spoken.references import read_reference

        return read_reference
    raise UnknownKind(f"There is no reader for {expect!r}; use one of {', '.join(KINDS)}.")


def _read_asked_name(text: str, language: str, context: Context) -> Reading:
    """A name, unless it is what a service is called: "vidange" is nobody, but "Marie Petit" is, whatever a salon offers brides."""
    from spoken.name_writing import known_first_names
    from spoken.names import read_name

    reading = read_name(text, language, True) if text else NOTHING
    if not reading.complete:
        return reading
    said = fold_words(reading.value)
    if not known_first_names().isdisjoint(said):
        return reading
    offered = any(said == fold_words(name) for names in context.vocabulary.names.values() for name in names)
    return NOTHING if offered else reading
