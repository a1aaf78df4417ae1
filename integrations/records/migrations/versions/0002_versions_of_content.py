"""What a call was held with: every version of the content by its digest, its files once each; a fingerprint of each turn."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from integrations.records.tables import FreeText, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "content_files",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(16_777_215), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_content_files"),
    )
    op.create_table(
        "content_versions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("folder", FreeText(), nullable=False),
        sa.Column("files", FreeText(), nullable=False),
        sa.Column("served_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_content_versions"),
    )
    op.create_index("ix_content_versions_served_at", "content_versions", ["served_at"])
    op.add_column("turns", sa.Column("fingerprint", sa.String(16), nullable=True))
