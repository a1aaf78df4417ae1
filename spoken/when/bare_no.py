"""What a bare "no" is about: what stands before it, or what comes instead."""

from __future__ import annotations

from collections.abc import Sequence

from spoken.when.pieces import Piece

__all__ = ["denies_before"]


def denies_before(no: Piece, before: Piece | None, after: Piece | None, said: Sequence[Piece]) -> bool:
    """Whether a "no" is about what stands before it: "next week Monday no, the other days yes", "Tuesday no, because I'm away"."""
    if after is not None and after.value == "except" and before is not None:
        return before.kind != "mark" and before.end == no.start and no.end == after.start  # "El lunes no, ni el martes"
    if after is not None:
        return (after.kind == "day" and bool(after.value.get("rest"))) or _neither(no, before, said)
    if before is not None and before.kind == "time" and before.value["k"] in ("from", "until") and before.end == no.start:
        return True  # "Before four no, I've the kids"
    why = next((piece for piece in said if no.end <= piece.start <= no.end + 1 and piece.kind == "mark"), None)
    told = why is not None and (
        (why.value in ("reason", "why") and why.start == no.end) or (why.value == "busy" and why.start > no.end and not _speaks(said, why))
    )
    return told and before is not None and before.kind != "mark" and before.end == no.start


def _neither(no: Piece, before: Piece | None, said: Sequence[Piece]) -> bool:
    """Whether the next day is refused as well, and so the one before it: "Monday no, and Tuesday not either, Friday I can"."""
    rest = [piece for piece in said if piece.start >= no.end and piece.value != "or"][:2]
    beside = before is not None and before.kind == "day" and before.end == no.start
    return beside and len(rest) > 1 and rest[0].kind == "day" and rest[1].value == "not_either" and rest[1].start == rest[0].end


def _speaks(said: Sequence[Piece], mark: Piece) -> bool:
    """Whether a day or time is said behind a mark."""
    return any(piece.kind != "mark" and piece.start >= mark.end for piece in said)
