"""Versions of the content in SQL: each file once, whatever the number of versions that it is part of."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from integrations.errors import CorruptJournal
from integrations.records.port import ContentVersion
from integrations.records.tables import content_files, content_versions

__all__ = ["keep", "last", "load"]


async def keep(connection: AsyncConnection, version: ContentVersion, at: dt.datetime) -> None:
    """Stores what is not there of a version, and that it serves from `at` on.

    IntegrityError when another process stores the same at the same moment: the next attempt finds it.
    """
    serves = {"folder": version.folder, "served_at": at}
    again = sa.update(content_versions).where(content_versions.c.digest == version.digest).values(**serves)
    if (await connection.execute(again)).rowcount:
        return
    packed = {name: _packed(content) for name, content in version.files.items()}
    contents = dict(packed.values())
    known = set(await connection.scalars(sa.select(content_files.c.digest).where(content_files.c.digest.in_(contents))))
    rows = [{"digest": digest, "content": content} for digest, content in contents.items() if digest not in known]
    if rows:
        await connection.execute(sa.insert(content_files), rows)
    files = json.dumps({name: digest for name, (digest, _) in packed.items()}, sort_keys=True)
    await connection.execute(sa.insert(content_versions).values(digest=version.digest, files=files, **serves))


@lru_cache(maxsize=256)
def _packed(content: bytes) -> tuple[str, bytes]:
    """Digest and packed bytes of a file. Remembered: rehearsals store the same files in one database after another."""
    return hashlib.sha256(content).hexdigest(), zlib.compress(content)


async def load(connection: AsyncConnection, digest: str) -> ContentVersion | None:
    """A version as it was stored, None for an unknown one. Raises CorruptJournal."""
    row = (await connection.execute(sa.select(content_versions).where(content_versions.c.digest == digest))).one_or_none()
    if row is None:
        return None
    damaged = f"The content of version {digest} is damaged; calls that were begun with it cannot be replayed, restore it from a backup."
    try:
        names: dict[str, str] = json.loads(row.files)
        wanted = sa.select(content_files).where(content_files.c.digest.in_(set(names.values())))
        contents = {file.digest: zlib.decompress(file.content) for file in await connection.execute(wanted)}
        files = {name: contents[key] for name, key in names.items()}
    except (ValueError, KeyError, AttributeError, zlib.error) as error:
        raise CorruptJournal(damaged) from error
    if any(hashlib.sha256(content).hexdigest() != key for key, content in contents.items()):
        raise CorruptJournal(damaged)
    return ContentVersion(row.digest, row.folder, files)


async def last(connection: AsyncConnection, folder: str) -> ContentVersion | None:
    """The version of a folder that served last, None where none ever did. Raises CorruptJournal."""
    newest = sa.select(content_versions.c.digest).where(content_versions.c.folder == folder)
    newest = newest.order_by(content_versions.c.served_at.desc(), content_versions.c.digest).limit(1)
    digest = await connection.scalar(newest)
    return None if digest is None else await load(connection, digest)
