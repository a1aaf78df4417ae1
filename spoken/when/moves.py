"""A stretch behind a word of moving, which is no stretch: "change the meeting from three to four", "pasa la cena del viernes al sábado".

What is moved from one day or hour to another is wished for at the second. Whatever name the appointment has, it stands between
the word of moving and the stretch; a day or time there ("move me to Friday, from three to four") is where it goes, and the stretch
is one. So is what is said with "between". Both lists are rules of the language, `moving` and `moved_from`, which it need not have.
"""

from __future__ import annotations

import itertools
from typing import Final

from spoken.when.language import Language
from spoken.when.pieces import Piece, Scan

__all__ = ["moved"]

_OBJECT: Final = 6
"""So many words may name what is moved: "move | my daughter's haircut on the | twelfth"."""
_NAMED: Final = frozenset({"wd", "date", "rel", "holiday"})
_STRETCHES: Final = {"day": "span", "time": "range"}


def moved(scan: Scan, language: Language) -> list[Piece]:
    """The pieces, with the end of each stretch that is a move in its place."""
    if not {"moving", "moved_from"} <= language.rules:
        return scan.pieces
    found: list[Piece] = []
    for piece in _old_days(scan):
        stretch = piece.kind in _STRETCHES and piece.value["k"] == _STRETCHES[piece.kind]
        found.append(Piece(piece.kind, _end(piece), piece.start, piece.end) if stretch and _is_move(piece, scan) else piece)
    return found


def _old_days(scan: Scan) -> list[Piece]:
    """The pieces, with what is "from" a day right behind the appointment there is as that: "den Termin | von Donnerstag"."""
    found = list(scan.pieces)
    for index, (mark, day) in enumerate(itertools.pairwise(scan.pieces), 1):
        if (mark.kind, mark.value) != ("mark", "old") or day.kind != "day" or mark.end != day.start or day.value.get("excl"):
            continue
        named = day.value["a"] if day.value["k"] == "from" else day.value  # "Von Donnerstag", "vom zwölften"
        if named["k"] in _NAMED and any(end < day.end for end, _ in scan.parser.read("moved_from", day.start)[0]):
            found[index] = Piece("day", {**named, "old": True}, day.start, day.end)
    return found


def _is_move(piece: Piece, scan: Scan) -> bool:
    """Whether a word of moving stands before a stretch, with no other of its kind between, and the stretch begins with "from"."""
    if not any(scan.parser.read("moved_from", at)[0] for at in range(max(0, piece.start - 1), piece.start + 1)):
        return False  # "La cita de | las cuatro a las seis": the word may be the last of a mark.
    # "Déplacer mon quatorze heures | de demain à lundi": an hour may stand before two days.
    kinds = {"day", piece.kind}
    since = max((one.end for one in scan.pieces if one.kind in kinds and one.start < piece.start), default=0)
    return any(
        end <= piece.start and piece.start - end <= _OBJECT
        for at in range(since, piece.start)
        for end, _ in scan.parser.read("moving", at)[0][:1]
    )


def _end(piece: Piece) -> dict[str, object]:
    """Where the appointment goes: the second day or hour, with the half of the day that was said of the first alone."""
    first, last = piece.value["a"], dict(piece.value["b"])
    half = piece.value.get("mer") or first.get("mer")
    if piece.kind == "time" and half is not None and last.get("k") == "clock":
        last.setdefault("mer", half)
    if piece.kind == "day" and "ends" in piece.value:
        last["with"] = piece.value["ends"]  # "From Tuesday at two to Wednesday at four"
    return last
