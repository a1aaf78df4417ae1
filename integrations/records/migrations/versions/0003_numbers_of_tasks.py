"""Numbers that callers were told have a column of their own, in which no two are the same."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("number", sa.String(16), nullable=True))
    tasks = sa.table("tasks", sa.column("id"), sa.column("kind"), sa.column("text"), sa.column("number"))
    connection = op.get_bind()
    given: set[str] = set()
    reports = sa.select(tasks.c.id, tasks.c.text).where(tasks.c.kind == "report").order_by(tasks.c.id)
    for row in connection.execute(reports).all():
        found = re.match(r"\[(\d{6})[],]", row.text)  # as reports began before
        if found is not None and found[1] not in given:  # of two that met, the first keeps it to itself
            given.add(found[1])
            connection.execute(sa.update(tasks).where(tasks.c.id == row.id).values(number=found[1]))
    op.create_index("ix_tasks_number", "tasks", ["number"], unique=True)
