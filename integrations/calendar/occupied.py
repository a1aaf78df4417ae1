"""Cells of somebody's time that are taken, by an appointment or a hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.calendar.port import FreeSlot
from integrations.calendar.timetable import Cell
from integrations.errors import SlotTaken
from integrations.records.tables import holds, occupancy

__all__ = ["clear_holds", "give_up_hold", "occupy", "require_free", "taken_cells", "taken_sentence", "without_own"]


async def taken_cells(
    connection: AsyncConnection, cells: Sequence[Cell], now: dt.datetime, call_id: str, instead_of: str | None
) -> set[Cell]:
    """What is occupied in the range of these cells by others: not by this call's hold, nor by the appointment being moved."""
    if not cells:
        return set()
    numbers = [cell for _, cell in cells]
    query = sa.select(occupancy.c.staff, occupancy.c.cell).where(
        occupancy.c.staff.in_(sorted({staff for staff, _ in cells})),
        occupancy.c.cell.between(min(numbers), max(numbers)),
        sa.or_(occupancy.c.expires_at.is_(None), occupancy.c.expires_at > now),
        sa.or_(occupancy.c.hold_call_id.is_(None), occupancy.c.hold_call_id != call_id),
    )
    if instead_of is not None:
        query = query.where(sa.or_(occupancy.c.appointment_id.is_(None), occupancy.c.appointment_id != instead_of))
    return {(staff, cell) for staff, cell in await connection.execute(query)}


async def require_free(
    connection: AsyncConnection, slot: FreeSlot, cells: tuple[Cell, ...], now: dt.datetime, call_id: str, instead_of: str | None
) -> None:
    if not (await taken_cells(connection, cells, now, call_id, instead_of)).isdisjoint(cells):
        raise SlotTaken(taken_sentence(slot))


async def occupy(
    connection: AsyncConnection,
    cells: tuple[Cell, ...],
    *,
    appointment_id: str | None = None,
    hold_call_id: str | None = None,
    expires_at: dt.datetime | None = None,
) -> None:
    if cells:
        owner = {"appointment_id": appointment_id, "hold_call_id": hold_call_id, "expires_at": expires_at}
        await connection.execute(sa.insert(occupancy), [{"staff": staff, "cell": cell, **owner} for staff, cell in cells])


async def without_own(connection: AsyncConnection, cells: tuple[Cell, ...], appointment_id: str) -> tuple[Cell, ...]:
    found = await connection.execute(sa.select(occupancy.c.staff, occupancy.c.cell).where(occupancy.c.appointment_id == appointment_id))
    own = {(staff, cell) for staff, cell in found}
    return tuple(cell for cell in cells if cell not in own)


async def clear_holds(connection: AsyncConnection, now: dt.datetime, call_id: str) -> None:
    """Give up this call's hold, and everybody's that has run out."""
    await connection.execute(sa.delete(occupancy).where(sa.or_(occupancy.c.hold_call_id == call_id, occupancy.c.expires_at <= now)))
    await connection.execute(sa.delete(holds).where(sa.or_(holds.c.call_id == call_id, holds.c.expires_at <= now)))


async def give_up_hold(connection: AsyncConnection, call_id: str) -> None:
    await connection.execute(sa.delete(occupancy).where(occupancy.c.hold_call_id == call_id))
    await connection.execute(sa.delete(holds).where(holds.c.call_id == call_id))


def taken_sentence(slot: FreeSlot) -> str:
    """That somebody is taken then, for logs."""
    return f"{slot.staff} is taken at {slot.start:%Y-%m-%d %H:%M %Z}"
