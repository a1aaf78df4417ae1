"""Names that stand in several languages, and are misspelt in one of them: told once, and not as missing in all the others."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping

__all__ = ["misspelt_in"]

_FEWEST = 3
"""Of two languages nobody knows which one has the slip."""


def misspelt_in(names: Mapping[str, Collection[str]]) -> dict[tuple[str, str], str]:
    """For a language and a name that it alone has, the name that it alone lacks and that was probably meant."""
    found: dict[tuple[str, str], str] = {}
    if len(names) < _FEWEST:
        return found
    for language, own in names.items():
        others = [set(some) for other, some in names.items() if other != language]
        lacking = set.intersection(*others) - set(own)
        for name in sorted(set(own) - set[str]().union(*others)) if lacking else ():
            near = difflib.get_close_matches(name, sorted(lacking), 1)
            if near:
                lacking.discard(near[0])
                found[language, name] = near[0]
    return found
