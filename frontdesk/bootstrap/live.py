"""Edits go live: a changed file is noticed, what was changed is checked, and then serves new calls.

Nothing is taken up before it has stood still and has no problems: a file that is half written, or broken, changes nothing.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Final

from frontdesk.bootstrap.app import App
from frontdesk.bootstrap.content import CHANGING, load_content, load_version
from frontdesk.bootstrap.errors import ContentProblems
from frontdesk.bootstrap.reading import Folders
from frontdesk.bootstrap.versions import content_files, gone_since, read_version
from frontdesk.bootstrap.whole_check import WholeCheck, check_aside
from frontdesk.conversation.ports import Clock, Content
from fsm.problems import Problem
from integrations.errors import IntegrationError
from integrations.models.port import Model
from integrations.records.opening import open_database
from integrations.records.port import ContentVersion, Records
from integrations.records.sql_records import SqlRecords

__all__ = ["Edit", "Lookout", "begin_looking", "following_edits"]

_log = logging.getLogger(__name__)

SETTLE_S: Final = 0.3
"""So long files must not change any more before they are read: editors and copies write in several steps."""
_SHORT_S: Final = 0.0005
"""The interpreter's turns while an edit is read beside calls; it is 5 ms otherwise, and a turn of a call takes several."""
_BY_CONTENT: Final = 10
"""Every so many looks the files are read, whatever their times say: a copy may keep both time and length."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody has saved: a content that serves from now on, or the problems for which it does not."""

    content: Content | None
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        """One sentence, for a log or a screen."""
        if self.content is not None:
            return f"The edit is taken up (version {self.content.digest}): new calls use it, calls under way go on as they began."
        more = f" and {len(self.problems) - 1} more" if len(self.problems) > 1 else ""
        return f"The edit is not taken up, the version before goes on serving: {self.problems[0]}{more}"


class Lookout:
    """Looks again and again at the files of one content. Not to be used from two threads at once.

    `refused` is the digest of files of which somebody has been told already that they cannot be used; `quiet`: edits
    are told to whoever looks, and not logged; `check` looks at everything that `frontdesk check` looks at, once an
    edit can be read at all; `monotonic` are seconds of a clock that never goes back.
    """

    def __init__(
        self,
        folders: Folders,
        clock: Clock,
        content: Content,
        *,
        model: Model | None = None,
        refused: str = "",
        quiet: bool = False,
        settle_s: float = SETTLE_S,
        check: WholeCheck = check_aside,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._folders, self._clock, self._model = folders, clock, model
        self._settle_s, self._monotonic = settle_s, monotonic
        self.content = content
        """What serves now."""
        self._refused, self._quiet, self._check = refused, quiet, check
        self.stop = threading.Event()
        """Set when nobody wants to know of edits any more; what is being checked is given up."""
        self._seen: object = None  # never looked: what was edited since the content was loaded is found at the first look
        self._changed_at: float | None = None
        self._looks = 0

    def look(self) -> Edit | None:
        """Looks once. Tells an edit once, when it has come to rest; None when there is no news. May run in a thread."""
        signs = self._signs()
        self._looks += 1
        if signs != self._seen:
            self._seen, self._changed_at = signs, self._monotonic()
        if self._changed_at is None:
            if self._looks % _BY_CONTENT or read_version(self._folders).digest in {self.content.digest, self._refused}:
                return None
            self._changed_at = self._monotonic()
        if self._monotonic() - self._changed_at < self._settle_s:
            return None
        self._changed_at = None
        digest = read_version(self._folders).digest
        return None if digest in {self.content.digest, self._refused} else self._take_up(digest)

    def _take_up(self, digest: str) -> Edit | None:
        try:
            content = _follows(self.content.version, self._folders, self._clock, self._model)
            problems = self._check(content.version, self._folders, self.stop) if content.version is not None else ()
            if problems is None:
                return None
            if not problems:
                content.business.warm_up(self._clock().astimezone(content.business.zone).date())
                content.warm_up(content.business.languages)
        except ContentProblems as error:
            if error.problems[0].code == CHANGING:
                self._changed_at = self._monotonic()
                return None
            problems = error.problems
        except Exception as error:  # noqa: BLE001 - whatever an edit brings about, the version before goes on serving
            where = str(self._folders.business or self._folders.defaults)
            message = f"The files cannot be used: {error}"
            problems = (Problem("unreadable", where, 0, 0, message, "Put back the last version that worked."),)
        if problems:
            self._refused = digest
            return self._told(Edit(None, problems))
        self.content, self._refused = content, ""
        return self._told(Edit(content))

    def _told(self, edit: Edit) -> Edit:
        if not self._quiet:
            _log.log(logging.WARNING if edit.content is None else logging.INFO, "%s", edit)
        return edit

    def _signs(self) -> object:
        """By what a change shows without reading: names, times, lengths, and which file it is."""
        signs = []
        for name, path in content_files(self._folders).items():
            with suppress(OSError):  # gone between two looks
                found = path.stat()
                signs.append((name, found.st_mtime_ns, found.st_size, found.st_ino))
        return signs

    def keep_looking(self, every_s: float, stop: threading.Event, db: str) -> None:
        """Looks every so many seconds until `stop` is set: for a thread of a process that waits for its call.

        What it takes up is kept in the database at once, so that a process that starts while the files are broken has it too.
        """
        self.stop = stop
        while not stop.wait(every_s):
            edit = self.look()
            if edit is not None and edit.content is not None:
                asyncio.run(self._keep(edit.content, db))

    async def _keep(self, content: Content, db: str) -> None:
        try:
            database = await open_database(db)
        except IntegrationError as error:
            _log.warning("the version %s was not kept yet: %s", content.digest, type(error).__name__)
            return
        try:
            await _keep(SqlRecords(database), content, self._clock)
        finally:
            await database.close()


@asynccontextmanager
async def following_edits(
    app: App, every_s: float, told: Callable[[Edit], None] | None = None, check: WholeCheck = check_aside
) -> AsyncIterator[None]:
    """New calls of this installation follow its files for as long as the block lasts. 0 seconds: they do not.

    `told` hears of each edit, good or bad, once; without it the log does.
    """
    if not every_s:
        yield
        return
    settle_s = min(SETTLE_S, every_s)
    lookout = Lookout(app.folders, app.clock, app.content, model=app.model, quiet=told is not None, settle_s=settle_s, check=check)
    task = asyncio.create_task(_follow(app, lookout, every_s, told))
    try:
        yield
    finally:
        lookout.stop.set()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _follow(app: App, lookout: Lookout, every_s: float, told: Callable[[Edit], None] | None) -> None:
    while True:
        await asyncio.sleep(every_s)
        edit = await asyncio.to_thread(_look_aside, lookout)
        if edit is None:
            continue
        if edit.content is not None:
            app.serve(edit.content)
            await _keep(app.ports.records, edit.content, app.clock)
        if told is not None:
            told(edit)


def _look_aside(lookout: Lookout) -> Edit | None:
    """Looks in a thread that calls need hardly wait for: whoever wants the interpreter gets it soon."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_SHORT_S)
    try:
        return lookout.look()
    finally:
        sys.setswitchinterval(usual)


async def _keep(records: Records, content: Content, clock: Clock) -> None:
    try:
        if content.version is not None:
            await records.keep_version(content.version, clock())
    except IntegrationError as error:  # the first call that begins with it tries again
        _log.warning("the version %s was not kept yet: %s", content.digest, type(error).__name__)


def _follows(version: ContentVersion | None, folders: Folders, clock: Clock, model: Model | None) -> Content:
    """What stands in the files, as the next version after another. Raises ContentProblems."""
    if gone := gone_since(version, folders):
        raise ContentProblems(gone)
    return load_content(folders, clock, model)


async def begin_looking(folders: Folders, db: str, clock: Clock, model: Model | None = None) -> Lookout:
    """A lookout with what a new process serves: what stands in the files, or, while that is broken, the version that served last.

    Raises ContentProblems where no version ever served, and StorageError.
    """
    database = await open_database(db)
    try:
        records = SqlRecords(database)
        there = read_version(folders)
        version = await records.last_version(there.folder)
        try:
            content = _follows(version, folders, clock, model)
        except ContentProblems as error:
            if version is None:
                raise
            _log.warning("%s", Edit(None, error.problems))
            return Lookout(folders, clock, load_version(version, clock, model), model=model, refused=there.digest)
        await _keep(records, content, clock)
        return Lookout(folders, clock, content, model=model)
    finally:
        await database.close()
