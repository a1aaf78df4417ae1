"""The document model of `states.yaml`: what a product owner may write, and nothing else.

The published JSON Schema is generated from these classes, so that it is exactly what the parser accepts.
There is no code in the document (G1): conditions are tables of names and values that a program can enumerate.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

__all__ = [
    "NOT_FROM_CALLERS",
    "Condition",
    "EndKind",
    "FactSpec",
    "FactType",
    "GraphSpec",
    "HappensSpec",
    "InvariantSpec",
    "LimitsSpec",
    "ListenSpec",
    "MoveSpec",
    "NeverSpec",
    "SaySpec",
    "StateSpec",
]

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
LineName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$", max_length=80)]

FactType = Literal[
    "choice", "service", "staff", "time_window", "offered_slot", "name", "phone", "email", "appointment", "yes_no", "text",
    "reference", "birth_date", "record", "switch",
]  # fmt: skip
EndKind = Literal["hang_up", "transfer"]
Achievement = Literal["booked", "moved", "cancelled", "answered", "message", "transferred", "failed"]
NOT_FROM_CALLERS: Final[frozenset[str]] = frozenset({"switch", "record"})
"""Types of facts that nobody can be asked for: the business or a move sets a switch, an action finds a record."""

Value = bool | str
Condition = dict[Name, Value | list[Value]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FactSpec(_Strict):
    """Something a call may know."""

    type: FactType
    options: tuple[str, ...] = Field(default=(), description="The values of a choice.")
    depends_on: tuple[Name, ...] = Field(default=(), description="When one of these changes, this fact is dropped.")
    scope: Literal["task", "call"] = Field(default="task", description="A task fact is dropped when the caller turns to something else.")
    read_back: bool = Field(default=False, description="Said back to the caller and confirmed before it counts as known.")
    shown: bool = Field(default=True, description="Listed among the facts of a turn.")
    length: int | None = Field(default=None, ge=4, le=24, description="How many letters and digits a reference has.")


class SaySpec(_Strict):
    """A line, said where its condition holds."""

    line: LineName
    if_: Condition = Field(default_factory=dict, alias="if", description="Facts and action outcomes that must hold, all of them.")

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class MoveSpec(_Strict):
    """One transition. With `on` it answers an act of the caller, without it is taken as soon as its condition holds."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    on: Name | None = Field(default=None, description="What the caller does: an act from `acts`.")
    if_: Condition = Field(default_factory=dict, alias="if", description="Facts and action outcomes that must hold, all of them.")
    to: Name | None = Field(default=None, description="The state to go to.")
    stay: bool = Field(default=False, description="Answer, and stay in the state the call is in.")
    do: Name | None = Field(default=None, description="An action to run; only together with `stay`.")
    say: tuple[LineName, ...] = Field(default=(), description="Lines to say on the way.")
    forget: tuple[Name, ...] = Field(default=(), description="Facts and action outcomes to drop; `task` drops all that belong to the task.")
    set: dict[Name, Value] = Field(default_factory=dict, description="Facts to set to a fixed value.")
    ask_again: bool = Field(default=True, description="With `stay`: put the question of the state once more afterwards.")
    except_: tuple[Name, ...] = Field(default=(), alias="except", description="Only under `anywhere`: states that do not hear it.")


class LimitsSpec(_Strict):
    """How long a state tries. Counted per visit; whatever is left out comes from the graph's `limits`."""

    attempts: int | None = Field(default=None, ge=1, le=10, description="Answers not understood before giving up.")
    replies: int | None = Field(
        default=None, ge=1, le=10, description="Free replies in a row before the state asks again; as many as `attempts` when left out."
    )
    silences: int | None = Field(default=None, ge=1, le=10, description="Silences in a row before giving up.")
    visits: int | None = Field(default=None, ge=1, le=20, description="How often one task may come back to the state before giving up.")
    silence_s: float | None = Field(default=None, gt=0, le=60, description="Seconds of silence that count as one.")
    else_: Name | None = Field(default=None, alias="else", description="Where the call goes when nothing was understood.")
    silent: Name | None = Field(default=None, description="Where the call goes when nothing was heard.")

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class ListenSpec(_Strict):
    """How the ears are set in a state; used by the phone line."""

    endpointing_s: tuple[float, float] | None = Field(default=None, description="Shortest and longest pause that ends a turn, in seconds.")
    interruptible: bool = Field(default=True, description="Whether the caller may speak over the lines of this state.")


class StateSpec(_Strict):
    """One state: what it asks, what it needs done, and where it leads."""

    prompt: str | None = Field(default=None, max_length=200, description="The state's own prompt, a file under prompts/.")
    ask: Name | None = Field(default=None, description="The fact this state asks the caller for.")
    suggest: Literal["caller_id"] | None = Field(default=None, description="Offer this instead of an open question where it is known.")
    run: tuple[Name, ...] = Field(default=(), description="Actions whose outcome this state needs; run when it is missing.")
    say: tuple[SaySpec, ...] = Field(default=(), description="Lines said before the question when the state is entered.")
    tools: tuple[Name, ...] = Field(default=(), description="What the language model may propose here.")
    free: bool = Field(default=False, description="Whether the language model may word a reply freely here.")
    on: tuple[MoveSpec, ...] = Field(default=(), description="Answers to acts of the caller, before those under `anywhere`.")
    next: tuple[MoveSpec, ...] = Field(default=(), description="Moves, tried in order after every event.")
    limits: LimitsSpec = Field(default_factory=LimitsSpec)
    listen: ListenSpec = Field(default_factory=ListenSpec)
    achieves: Achievement | None = Field(default=None, description="What the caller has got once this state is reached.")
    end: EndKind | None = Field(default=None, description="The call ends here, after the lines of the state.")


class HappensSpec(_Strict):
    """One thing that happens in a call: exactly one of these keys, `is` beside `fact` or `action`."""

    state: Name | None = Field(default=None, description="The call comes to this state.")
    action: Name | None = Field(default=None, description="This action is begun; with `is`, it has come out so.")
    line: LineName | None = Field(default=None, description="This line is said.")
    fact: Name | None = Field(default=None, description="This fact is known at that moment; with `is`, it has this value.")
    is_: Value | None = Field(default=None, alias="is", description="The value of the fact, or the outcome of the action.")

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class NeverSpec(_Strict):
    """What must not happen: `state`, `action` or `line` with `before`; or no two of `states` or `actions` in one call."""

    state: Name | None = Field(default=None, description="The call does not come to this state ...")
    action: Name | None = Field(default=None, description="This action is not begun ...")
    line: LineName | None = Field(default=None, description="This line is not said ...")
    before: HappensSpec | None = Field(default=None, description="... before this holds or has happened.")
    states: tuple[Name, ...] = Field(default=(), description="No call comes to more than one of these.")
    actions: tuple[Name, ...] = Field(default=(), description="No call begins more than one of these.")


class AlwaysSpec(_Strict):
    """What every call hears that comes to a state, before it is asked there or goes on."""

    state: Name | None = Field(default=None, description="The state.")
    says: LineName | None = Field(default=None, description="The line, one of those that the state says.")


class InvariantSpec(_Strict):
    """Something that holds in every call: `frontdesk check` proves it, and each call is watched."""

    never: NeverSpec | None = Field(default=None, description="What must not happen.")
    always: AlwaysSpec | None = Field(default=None, description="What must happen.")


class GraphSpec(_Strict):
    """The whole of `states.yaml`."""

    version: Literal[1]
    start: Name
    acts: tuple[Name, ...] = Field(description="What a caller may do besides giving facts; each has phrases in prompts/phrases.")
    keypad: dict[Annotated[str, StringConstraints(pattern=r"^[0-9*#]$")], Name] = Field(
        default_factory=dict, description="Keys that mean an act wherever digits are not being typed."
    )
    on_language: LineName | None = Field(default=None, description="Said in the new language whenever the call changes language.")
    limits: LimitsSpec = Field(description="The limits of every state that does not set its own.")
    facts: dict[Name, FactSpec]
    anywhere: tuple[MoveSpec, ...] = Field(default=(), description="Heard in every state.")
    invariants: tuple[InvariantSpec, ...] = Field(
        default=(), description="What holds in every call, proved before and watched during calls."
    )
    states: dict[Name, StateSpec] = Field(min_length=1)

    @property
    def moves(self) -> tuple[MoveSpec, ...]:
        """Every move: those heard anywhere, then the states' own, those on acts first."""
        return (*self.anywhere, *(move for state in self.states.values() for move in (*state.on, *state.next)))

    @property
    def own_switches(self) -> frozenset[str]:
        """Switches that moves turn on: off before the first word, whatever the business says. All others are the business's."""
        on = {name for move in self.moves for name, value in move.set.items() if value is True}
        return frozenset(name for name in on if name in self.facts and self.facts[name].type == "switch")
