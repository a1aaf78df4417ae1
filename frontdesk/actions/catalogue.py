"""The actions that a graph may name, as the engine and `frontdesk check` need to know them."""

from __future__ import annotations

from typing import Final

from fsm.catalogue import ActionSpec, Catalogue

__all__ = ["CATALOGUE"]


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


CATALOGUE: Final = Catalogue(
    [
        ActionSpec("answer", _names("ok unknown"), values=_names("topic question spoken_of")),
        ActionSpec(
            "find_slots",
            _names("exact offered full closed too_soon too_far not_with exhausted none failed"),
            reads=_names("intent service staff when appointment"),
            needs=_names("when"),
            sets=_names("slot"),
            fills=_names("offers"),
            values=_names("day closed"),
            brings=frozenset({("exact", "slot")}),
            presumes=frozenset({("not_with", "staff")}),
        ),
        ActionSpec("hold", _names("ok taken failed"), reads=_names("slot service appointment"), needs=_names("slot")),
        ActionSpec(
            "book",
            _names("ok taken failed"),
            reads=_names("intent service staff slot name phone email agreed"),
            needs=_names("service slot name phone agreed"),
            values=_names("appointment_id"),
            achieves=frozenset({("ok", "booked")}),
            writes=True,
        ),
        ActionSpec(
            "move",
            _names("ok taken failed"),
            reads=_names("intent appointment slot agreed"),
            needs=_names("appointment slot agreed"),
            values=_names("appointment_id"),
            achieves=frozenset({("ok", "moved")}),
            writes=True,
        ),
        ActionSpec(
            "cancel",
            _names("ok failed"),
            reads=_names("intent appointment agreed"),
            needs=_names("appointment agreed"),
            achieves=frozenset({("ok", "cancelled")}),
            writes=True,
        ),
        ActionSpec("send_sms", _names("sent not_possible failed"), reads=_names("slot appointment phone")),
        ActionSpec(
            "find_appointments",
            _names("one several none unidentified failed"),
            reads=_names("intent name phone which"),
            sets=_names("appointment"),
            fills=_names("appointments"),
            brings=frozenset({("one", "appointment")}),
            misses=frozenset({("unidentified", "name"), ("unidentified", "phone")}),
        ),
        ActionSpec(
            "save_message",
            _names("ok failed"),
            reads=_names("message when name phone"),
            needs=_names("message"),
            achieves=frozenset({("ok", "message")}),
        ),
        ActionSpec(
            "verify_identity",
            _names("ok wrong failed"),
            reads=_names("reference birth_date"),
            needs=_names("reference birth_date"),
            sets=_names("customer"),
            brings=frozenset({("ok", "customer")}),
        ),
        ActionSpec(
            "file_report",
            _names("ok failed"),
            reads=_names("message name phone reference"),
            needs=_names("message"),
            values=_names("report_number"),
            achieves=frozenset({("ok", "message")}),
        ),
        ActionSpec("take_up", _names("ok"), reads=_names("another"), sets=_names("service")),
        ActionSpec("reach_people", _names("open closed"), reads=_names("intent")),
        ActionSpec(
            "transfer",
            _names("answered busy no_answer refused failed"),
            reads=_names("intent"),
            achieves=frozenset({("answered", "transferred")}),
            timeout_s=30.0,
        ),
    ]
)
