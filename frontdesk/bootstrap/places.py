"""Where an installation keeps its database and its outgoing messages."""

from __future__ import annotations

from pathlib import Path

from frontdesk.bootstrap.reading import DEFAULTS
from frontdesk.settings import Settings

__all__ = ["database_url", "outbox_file"]


def database_url(settings: Settings) -> str:
    """The database of the installation; `var/` is that of the checkout, wherever the command is called from. It may hold a password."""
    return settings.db.get_secret_value().replace("sqlite:///var/", f"sqlite:///{DEFAULTS}/var/")


def outbox_file(settings: Settings) -> Path:
    """The file that SMS are written to; `var/` as for the database."""
    outbox = DEFAULTS / settings.outbox if settings.outbox.parts[:1] == ("var",) else settings.outbox
    return outbox / "sms.jsonl"
