"""Loading what the first callers would otherwise wait for: language data, numbering plans, libraries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from spoken.context import Choice, Context, Vocabulary
from spoken.lexicon import available_languages
from spoken.understanding import KINDS, understand

__all__ = ["warm_up"]

_NOW: Final = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)
"""Any moment will do: nothing that is read here is kept."""
_TOUCHING: Final = {
    "phone": ("1 2 3 4", "+44 20 7946 0000"),
    "email": ("a.b@example.com", "a b c"),
    "name": ("Aa Bb c d e f",),
    "service": ("aaaaba", "bbbb"),
    "staff": ("aaaaba",),
    "choice": ("1 1 1", "aaaaba"),
    "datetime": ("1", "12 10 30"),
}
"""Words without a language that take a reader through all its parts."""


def warm_up(languages: Iterable[str], countries: Iterable[str] = ()) -> None:
    """Read everything that understanding these languages needs; takes a tenth of a second for each and as much for the
    libraries, at best in a thread at the start.

    `countries` are ISO codes of numbering plans beside those of the languages, such as that of the business. Afterwards no
    first utterance is slower than the ones after it. Raises UnknownLanguage when a language has no data.
    """
    extra = tuple(country.upper() for country in countries)
    context = Context(
        choices=(Choice("aaaaaa"), Choice("bbbbbb")),
        vocabulary=Vocabulary({"a": ("aaaaaa",)}),
        business_country=extra[0] if extra else None,
    )
    from spoken.languages import detect, requested
    from spoken.phone_plans import learn_plans, plan_order
    from spoken.say import say_list
    from spoken.when.parts_of_events import events_of
    from spoken.when.saying import say_date

    detect("aaaa", available_languages(), "")
    requested("aaaa", ())
    for language in languages:
        for kind in KINDS:
            for text in _TOUCHING.get(kind, ("1",)):
                understand(text, kind, language, _NOW, context)
        events_of(language)  # no words without a language name one
        say_list(("1", "2"), language)  # alternatives are said aloud
        say_date(_NOW.date(), language)
        learn_plans((*plan_order(language, context), *extra))
