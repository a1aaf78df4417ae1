"""What a conversation needs: content to talk from, and the outside world."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from frontdesk.actions.context import ActionContext, Result
from frontdesk.actions.runner import run_action
from frontdesk.brain.port import Brain
from frontdesk.business import Business
from fsm.call import Call
from fsm.effects import Run, Say
from fsm.events import Event
from fsm.graph import Graph
from fsm.step import Step
from integrations.calendar.port import Calendar
from integrations.customers.listed import ListedCustomers
from integrations.customers.port import Customers
from integrations.records.outbox import Outbox
from integrations.records.port import ContentVersion, Records
from integrations.sms.port import Sms
from integrations.telephony.port import Telephony

__all__ = ["Clock", "Content", "Ports", "Speaker"]

Clock = Callable[[], dt.datetime]
"""The present moment, aware, in any zone."""


class Speaker(Protocol):
    """Turns lines into sentences, and writes messages."""

    def say(self, effect: Say, now: dt.datetime) -> str: ...
    def can_say(self, line: str, language: str) -> bool: ...
    def sms(self, kind: str, language: str, appointment: Mapping[str, Any], now: dt.datetime) -> str: ...
    def answer_line(self, topic: str, args: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None: ...


@dataclass(frozen=True, slots=True)
class Content:
    """One version of what product owners edit. A call keeps the version it began with; `digest` names it."""

    graph: Graph
    business: Business
    speaker: Speaker
    brain: Brain
    digest: str
    warm_up: Callable[[Sequence[str]], None] = field(default=lambda _: None)
    """Prepares what the first utterance in each of these languages would wait for."""
    version: ContentVersion | None = None
    """The files it was made of, to be kept with the calls that begin with it."""


@dataclass(frozen=True, slots=True)
class Ports:
    """The outside world of one installation."""

    calendar: Calendar
    records: Records
    outbox: Outbox
    sms: Sms
    telephony: Telephony
    rehearse: Callable[[str], object] = field(default=lambda _: None)
    """Called before each attempt at an action; a rehearsed call makes it raise."""
    customers: Customers = field(default_factory=ListedCustomers)
    carry_out: Callable[[Run, ActionContext], Awaitable[Result]] = run_action
    """Does the work that the engine asks for; where outcomes are written down beforehand, this gives them instead."""
    watch: Callable[[Call, Event, Step], object] = field(default=lambda *_: None)
    """Sees every step: the call before it, the event, and what came of it."""
