"""The first tables: calls and their journals, callers, tasks for staff, outbox, appointments and who is busy when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from integrations.records.tables import FreeText, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("name", FreeText(200), nullable=False),
        sa.Column("phone", sa.String(32), nullable=True),
        sa.Column("email", FreeText(320), nullable=True),
        sa.Column("note", FreeText(), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_appointments"),
    )
    op.create_index("ix_appointments_phone", "appointments", ["phone"])
    op.create_index("ix_appointments_starts_at", "appointments", ["starts_at"])
    op.create_table(
        "calendar_writes",
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("operation", sa.String(16), nullable=False),
        sa.Column("request", sa.String(64), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("appointment_id", sa.String(64), nullable=False),
        sa.Column("answer", FreeText(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_calendar_writes"),
    )
    op.create_index("ix_calendar_writes_call_id", "calendar_writes", ["call_id"])
    op.create_table(
        "callers",
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("name", FreeText(200), nullable=True),
        sa.Column("email", FreeText(320), nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("first_call_at", UtcDateTime(), nullable=False),
        sa.Column("last_call_at", UtcDateTime(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("phone", name="pk_callers"),
    )
    op.create_table(
        "calls",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("business", sa.String(64), nullable=False),
        sa.Column("graph", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("caller", sa.String(32), nullable=True),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("outcome", sa.String(32), nullable=True),
        sa.Column("snapshot", FreeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_calls"),
    )
    op.create_index("ix_calls_started_at", "calls", ["started_at"])
    op.create_table(
        "holds",
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("service", sa.String(64), nullable=False),
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", name="pk_holds"),
    )
    op.create_index("ix_holds_expires_at", "holds", ["expires_at"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("recipient", FreeText(320), nullable=False),
        sa.Column("subject", FreeText(200), nullable=False),
        sa.Column("body", FreeText(), nullable=False),
        sa.Column("purpose", sa.String(32), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("worker", sa.String(128), nullable=True),
        sa.Column("leased_until", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("reference", sa.String(128), nullable=True),
        sa.Column("error", FreeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_call_id", "outbox", ["call_id"])
    op.create_index("ix_outbox_status_due_at", "outbox", ["status", "due_at"])
    op.create_table(
        "tasks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(128), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("text", FreeText(), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=True),
        sa.Column("name", FreeText(200), nullable=True),
        sa.Column("phone", sa.String(32), nullable=True),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.UniqueConstraint("key", name="uq_tasks_key"),
    )
    op.create_index("ix_tasks_call_id", "tasks", ["call_id"])
    op.create_table(
        "actions",
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("detail", FreeText(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_actions_call_id"),
        sa.PrimaryKeyConstraint("call_id", "turn", "position", name="pk_actions"),
    )
    op.create_table(
        "facts",
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("turn", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.Column("value", FreeText(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("words", FreeText(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_facts_call_id"),
        sa.PrimaryKeyConstraint("call_id", "turn", "position", name="pk_facts"),
    )
    op.create_table(
        "journal",
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event", FreeText(), nullable=False),
        sa.Column("checksum", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_journal_call_id"),
        sa.PrimaryKeyConstraint("call_id", "number", name="pk_journal"),
    )
    op.create_table(
        "occupancy",
        sa.Column("staff", sa.String(64), nullable=False),
        sa.Column("cell", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("appointment_id", sa.String(64), nullable=True),
        sa.Column("hold_call_id", sa.String(64), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointments.id"], name="fk_occupancy_appointment_id"),
        sa.PrimaryKeyConstraint("staff", "cell", name="pk_occupancy"),
    )
    op.create_index("ix_occupancy_appointment_id", "occupancy", ["appointment_id"])
    op.create_index("ix_occupancy_expires_at", "occupancy", ["expires_at"])
    op.create_index("ix_occupancy_hold_call_id", "occupancy", ["hold_call_id"])
    op.create_table(
        "turns",
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(64), nullable=False),
        sa.Column("language", sa.String(8), nullable=False),
        sa.Column("heard", FreeText(), nullable=True),
        sa.Column("said", FreeText(), nullable=False),
        sa.Column("asks", sa.String(64), nullable=True),
        sa.Column("ms", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["calls.id"], name="fk_turns_call_id"),
        sa.PrimaryKeyConstraint("call_id", "number", name="pk_turns"),
    )


def downgrade() -> None:
    op.drop_table("turns")
    op.drop_table("occupancy")
    op.drop_table("journal")
    op.drop_table("facts")
    op.drop_table("actions")
    op.drop_table("tasks")
    op.drop_table("outbox")
    op.drop_table("holds")
    op.drop_table("calls")
    op.drop_table("callers")
    op.drop_table("calendar_writes")
    op.drop_table("appointments")
