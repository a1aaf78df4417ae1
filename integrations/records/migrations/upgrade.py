"""Bring an older database up to date. The only module that imports Alembic, and only when there is something to do."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from integrations.errors import StorageError

__all__ = ["configuration", "upgrade"]


def configuration() -> Config:
    """Alembic's settings, without a file and without an address."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: sa.Connection, found: str | None, where: str) -> None:
    """Run every migration after revision `found` in the transaction of the connection.

    Raises `StorageError` when a newer version of the program wrote the database.
    """
    config = configuration()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        message = f"{where} was written by a newer version of this program ({found}); update the program or choose another file."
        raise StorageError(message)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
