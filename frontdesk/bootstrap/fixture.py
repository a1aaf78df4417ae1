"""The fixture of a rehearsed call: free times, appointments and failures (docs/call-contract.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from frontdesk.bootstrap.errors import FixtureProblem

__all__ = ["Fixture", "read_fixture"]

_Wall = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$")]
_Commit = Literal["ok", "taken", "timeout", "error"]
_Reading = Literal["ok", "timeout", "error"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SeededAppointment(_Strict):
    """An appointment that exists before the call."""

    service: str
    start: _Wall
    name: str
    phone: str | None = None


class KnownCustomer(_Strict):
    """Somebody whom the records know."""

    reference: Annotated[str, StringConstraints(pattern=r"^[A-Z0-9]+$")]
    birth_date: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    details: dict[str, str | float] = {}


class Failures(_Strict):
    """Outcomes, one for all attempts or a list used attempt by attempt."""

    find_slots: _Reading | tuple[_Reading, ...] | None = None
    commit: _Commit | tuple[_Commit, ...] | None = None
    sms: _Reading | tuple[_Reading, ...] | None = None


class Fixture(_Strict):
    """All of it optional."""

    free_slots: tuple[_Wall, ...] | None = None
    appointments: tuple[SeededAppointment, ...] = ()
    customers: tuple[KnownCustomer, ...] | None = None
    """Whom the records know, instead of customers.yaml."""
    fail: Failures = Failures()

    def given(self) -> dict[str, Any] | None:
        """What is written in it, as JSON; None for an empty one: the calendar is then that of the business."""
        return self.model_dump(mode="json", exclude_unset=True, exclude_none=True) or None


def read_fixture(path: Path) -> Fixture:
    """Raises FixtureProblem."""
    try:
        return Fixture.model_validate(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise FixtureProblem(f"The fixture {path} cannot be read: {error.strerror or error}.") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise FixtureProblem(f"The fixture {path} cannot be used at “{where}”: {first['msg']}.") from error
    except ValueError as error:
        raise FixtureProblem(
            f"The fixture {path} is not JSON; write an object with free_slots, appointments, customers or fail."
        ) from error
