"""Weeks named without the word, behind one that was named with it: "this week if you can, else early next", "die übernächste dann".

The rules of the language mark such a name: `short: now` counts its weeks from the present one, `short: said` from the week
that was said before. Behind anything but a week, or before a name of its own ("die nächste freie Zeit"), the same words name none.
"""

from __future__ import annotations

from typing import Any, Final

from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan
from spoken.when.tokens import Tokens

__all__ = ["short_weeks_named"]

_SHORT: Final = "short"


def short_weeks_named(scan: Scan, tokens: Tokens, language: Language) -> list[Piece]:
    """The pieces with each short name as the week that it stands for, and without those that stand for none."""
    found: list[Piece] = []
    for piece in scan.pieces:
        if piece.kind != "day" or _SHORT not in piece.value:
            found.append(piece)
            continue
        said: dict[str, Any] = next((one.value for one in reversed(found) if one.kind == "day"), {})
        if said.get("k") != "week" or _goes_on(piece, scan, tokens, language):
            continue
        weeks = int(piece.value["n"]) + (int(said.get("n", 0)) if piece.value[_SHORT] == "said" else 0)
        named = {key: value for key, value in piece.value.items() if key != _SHORT}
        found.append(Piece("day", {**named, "n": weeks}, piece.start, piece.end))
    return found


def _goes_on(piece: Piece, scan: Scan, tokens: Tokens, language: Language) -> bool:
    """Whether what is the next one is named behind it: "nächste | Stunde"."""
    end = piece.end
    if end == len(tokens) or end in tokens.commas or any(one.start == end for one in scan.pieces):
        return False
    return tokens.words[end] not in language.turning_last and tokens.words[end] not in language.doubt.little
