"""Follows on the engine the shortest calls that the exact exploration knows: for what is too far for trying things out."""

from __future__ import annotations

from collections.abc import Iterator

from frontdesk.proving.happenings import HANGS_UP, MUMBLES, SILENT, Happening
from frontdesk.proving.situations import Impossible, Moment, Setting, Situations, Stretch
from frontdesk.proving.values import VAGUE
from fsm.errors import EngineError
from fsm.explore import CALLER, Path, PathStep

__all__ = ["followed"]


def followed(situations: Situations, path: Path) -> tuple[Setting, list[Stretch]] | None:
    """What has to happen for a call to go along a path; None where no action comes out as the path wants it."""
    setting = Setting(path.begin.caller_known, tuple(name for name, on in path.begin.switches if on))
    moment = situations.begin(setting)
    stretches: list[Stretch] = []
    for step in path.steps:
        for stretch in _ways(situations, moment, step):
            try:
                after = situations.take_all(moment, stretch)
            except (Impossible, EngineError):
                continue
            if step is path.steps[-1] or (after.call.state, after.run.action if after.run else CALLER) == (step.state, step.waits_for):
                moment = after
                stretches.append(stretch)
                break
        else:
            return None
    return setting, stretches


def _ways(situations: Situations, moment: Moment, step: PathStep) -> Iterator[Stretch]:
    """What may be meant by a happening: the exploration knows no values, and takes outcomes together that no move tells apart."""
    happening = step.happening
    if happening.kind == "finishes":
        action = moment.run.action if moment.run else happening.action
        for outcome in sorted(situations.outcomes.of(action), key=lambda name: name != happening.outcome):
            yield (outcome,)
    elif happening.kind == "speaks":
        facts = [(name, _token(situations, moment, name, value)) for name, value in happening.facts]
        facts += [(name, VAGUE) for name in happening.doubts]
        acts = [(act, f"fact={named}" if named else "") for act, named in happening.acts]
        yield (Happening("says", tuple(facts), tuple(acts)),)
    else:
        what = {"not_understood": MUMBLES, "silent": SILENT, "hangs_up": HANGS_UP}[happening.kind]
        yield (what,) * happening.times


def _token(situations: Situations, moment: Moment, name: str, value: bool | str) -> str:
    """An option as it is; of other facts the first value that is not known already."""
    tokens = situations.tokens(name, moment.call)
    return str(value) if value in tokens else next(iter(tokens), "1")
