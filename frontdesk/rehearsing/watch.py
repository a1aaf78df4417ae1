"""What holds in every turn of every call: nothing empty, nothing unreadable aloud, nothing asked twice, nothing claimed early."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from frontdesk.prompting.success import claims_success

__all__ = ["OUTCOMES", "TURN_FIELDS", "Watch"]

TURN_FIELDS: Final = {
    "turn": int, "state": str, "language": str, "said": list, "offered": list, "facts": dict, "actions": list, "ended": bool,
}  # fmt: skip
OUTCOMES: Final = frozenset({"booked", "moved", "cancelled", "answered", "message", "transferred", "abandoned", "failed"})
SOURCES: Final = frozenset({"speech", "keypad", "caller_id", "record"})

_READ_BACK: Final = frozenset({"phone", "email"})
"""Facts that the shipped graph asks for once more, as a read-back, when they are known already."""
_WRITES: Final = frozenset({"book", "move", "cancel"})
_PROOF: Final = {
    "booked.done": ("book", "ok"),
    "moved.done": ("move", "ok"),
    "cancelled.done": ("cancel", "ok"),
    "notify.sent": ("send_sms", "sent"),
    "message_saved.done": ("save_message", "ok"),
}
"""A sentence that claims something, and the action and outcome without which it must not be said."""
_UNSPEAKABLE: Final = re.compile(r"[{}\[\]<>_|@#*=\\]|\d|https?:|\bNone\b|\bundefined\b")


class Watch:
    """Looks at one call turn by turn and tells what is wrong with each."""

    def __init__(self, fixture: Mapping[str, Any], languages: Sequence[str], read_back: Collection[str] = _READ_BACK) -> None:
        self._free = fixture.get("free_slots")
        self._languages = languages
        self._read_back = read_back
        self._before: Mapping[str, Any] | None = None
        self._left: dict[str, Any] = {}
        self._done: set[tuple[str, str]] = set()
        self._agreed: list[dict[str, Any]] = []

    def turn(self, turn: Mapping[str, Any], heard: Mapping[str, Any] | None, lines: Sequence[str]) -> list[str]:
        """What is wrong with this turn, in sentences. `heard` is the input it answers, `lines` the names of its sentences."""
        wrong = [f"{name} is {turn.get(name)!r}" for name, kind in TURN_FIELDS.items() if not isinstance(turn.get(name), kind)]
        if wrong:
            return wrong
        wrong += self._shape(turn, heard or {})
        wrong += self._spoken(turn)
        wrong += self._known(turn)
        wrong += self._claims(turn, lines)
        wrong += self._consent(turn)
        self._before = turn
        return wrong

    def end(self, end: Mapping[str, Any]) -> list[str]:
        """What is wrong with the last line."""
        wrong = []
        if end.get("end") is not True or end.get("outcome") not in OUTCOMES:
            wrong.append(f"no proper end: {end}")
        for row in end.get("appointments", []):
            lacks = {"id", "service", "staff", "start", "end", "name", "phone", "status"} - set(row)
            if lacks:
                wrong.append(f"an appointment lacks {sorted(lacks)}")
        wrong += self._stored(end.get("appointments", []))
        wrong += [
            f"a message has a placeholder: {message['body']!r}"
            for message in end.get("messages", [])
            if re.search(r"[{}\[\]]", message["body"])
        ]
        return wrong

    def _shape(self, turn: Mapping[str, Any], heard: Mapping[str, Any]) -> list[str]:
        wrong = []
        number = 0 if self._before is None else self._before["turn"] + 1
        if turn["turn"] != number:
            wrong.append(f"turn {number} calls itself {turn['turn']}")
        if turn["language"] not in self._languages:
            wrong.append(f"speaks {turn['language']!r}")
        if turn["ended"] != (turn["asks"] is None):
            wrong.append(f"ended is {turn['ended']}, and it waits for {turn['asks']!r}")
        if not turn["said"] and "dtmf" not in heard and "hangup" not in heard:
            wrong.append("nothing is said")
        if "hangup" in heard and (turn["said"] or not turn["ended"]):
            wrong.append("goes on after the caller hung up")
        if turn["offered"] and turn["asks"] != "slot":
            wrong.append(f"times are on offer while it asks for {turn['asks']}")
        wrong += [f"offers {start!r}" for start in turn["offered"] if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", start)]
        if self._free is not None:
            wrong += [f"offers {start}, which is not free" for start in turn["offered"] if start not in {free[:16] for free in self._free}]
        for name, fact in turn["facts"].items():
            if not isinstance(fact, Mapping) or fact.get("source") not in SOURCES or fact.get("value") is None:
                wrong.append(f"fact {name} is {fact!r}")
        return wrong

    def _spoken(self, turn: Mapping[str, Any]) -> list[str]:
        wrong = []
        for sentence in turn["said"]:
            if not sentence.strip():
                wrong.append("says an empty sentence")
            elif _UNSPEAKABLE.search(sentence):
                wrong.append(f"says what nobody can say: {sentence!r}")
            elif re.search(r"\s{2,}|\s[.,]|\.\.(?!\.)|^\s|\s$", sentence):
                wrong.append(f"says a sentence with a hole: {sentence!r}")
        return wrong

    def _known(self, turn: Mapping[str, Any]) -> list[str]:
        """A fact that is known is asked for only to read it back, and not again once that is over."""
        asks, facts = turn["asks"], turn["facts"]
        before = self._before
        if before is not None and before["asks"] in facts and before["asks"] != asks:
            self._left[before["asks"]] = facts[before["asks"]]["value"]
        if asks not in facts:
            return []
        value = facts[asks]["value"]
        if asks not in self._read_back or self._left.get(asks) == value:
            return [f"asks for {asks}, which is known to be {value!r}"]
        return []

    def _claims(self, turn: Mapping[str, Any], lines: Sequence[str]) -> list[str]:
        self._done |= {(action["name"], action["outcome"]) for action in turn["actions"]}  # said again when asked to repeat
        wrong = [
            f"says {line} though {_PROOF[line][0]} was not done" for line in lines if line in _PROOF and _PROOF[line] not in self._done
        ]
        if not any((name, "ok") in self._done for name in _WRITES):
            claiming = (sentence for sentence in turn["said"] if claims_success(sentence, turn["language"]))
            wrong += [f"claims a success that is none: {sentence!r}" for sentence in claiming]
        return wrong

    def _stored(self, rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """What the caller said yes to is what is stored, to the letter. (A later move or cancellation in the same call may change it.)"""
        if any((name, "ok") in self._done for name in ("move", "cancel")):
            return []
        return [
            f"the caller agreed to {wanted}, and that is not stored"
            for wanted in self._agreed
            if not any(wanted.items() <= row.items() for row in rows)
        ]

    def _consent(self, turn: Mapping[str, Any]) -> list[str]:
        if self._before is not None and {"name": "book", "outcome": "ok"} in turn["actions"]:
            known = {name: fact["value"] for name, fact in self._before["facts"].items()}
            agreed = {"service": known.get("service"), "start": known.get("slot"), "name": known.get("name"), "phone": known.get("phone")}
            self._agreed.append(agreed if known.get("staff", "any") == "any" else {**agreed, "staff": known["staff"]})
        asked = self._before["asks"] if self._before is not None else None
        return [
            f"does {action['name']} without having asked whether the caller agrees"
            for action in turn["actions"]
            if action["name"] in _WRITES and asked != "agreed"
        ]
