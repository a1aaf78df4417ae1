"""Spoken language to data and back, in French, German, English and Spanish: pure, synchronous, no model.

:func:`understand` turns words into a value, :mod:`spoken.say` turns values into words for the ear.
:func:`warm_up` loads beforehand what the first utterances would wait for.
Language data live in `spoken/data/<language>/*.yaml`; one engine reads them.
"""

from __future__ import annotations

from spoken.context import Choice, Context, Vocabulary
from spoken.reading import NOTHING, Alternative, Reading, Status
from spoken.understanding import understand
from spoken.warming import warm_up

__all__ = ["NOTHING", "Alternative", "Choice", "Context", "Reading", "Status", "Vocabulary", "understand", "warm_up"]
