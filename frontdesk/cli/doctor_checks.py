"""What `frontdesk doctor` looks at, one function for each part. None of them shows a secret, spends money or calls anybody."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import ssl
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from frontdesk.bootstrap.app import open_app
from frontdesk.bootstrap.clock import machine_clock
from frontdesk.bootstrap.content import Folders, load_content
from frontdesk.bootstrap.errors import ContentProblems, NoModel
from frontdesk.bootstrap.models import open_model
from frontdesk.bootstrap.places import database_url, outbox_file
from frontdesk.cli.phone import connection
from frontdesk.conversation.ports import Content
from frontdesk.settings import Settings
from fsm.counted import counted

__all__ = [
    "Finding",
    "Place",
    "State",
    "content",
    "database",
    "ears",
    "livekit",
    "look",
    "messages",
    "model",
    "phone",
    "text_call",
    "voice",
    "worker",
]

_REQUEST_S: Final = 4.0


class State(StrEnum):
    """`off` is a part that nobody has set up; a call in text works without it."""

    READY = "ready"
    OFF = "off"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """How one part is: in a few words, and in one sentence what to do about it."""

    part: str
    state: State
    says: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The installation that is looked at. Without `content` there are `problems`."""

    settings: Settings
    folders: Folders
    content: Content | None
    problems: int = 0


def look(folders: Folders, settings: Settings) -> Place:
    """Reads the content, once for all checks."""
    try:
        return Place(settings, folders, load_content(folders, machine_clock))
    except ContentProblems as error:
        return Place(settings, folders, None, len(error.problems))


async def content(place: Place) -> Finding:
    """states.yaml, business.yaml and prompts/."""
    if place.content is None:
        return Finding("content", State.BROKEN, counted(place.problems, "problem"), "frontdesk check lists them with file and line")
    states, languages = len(place.content.graph.states), place.content.business.languages
    return Finding("content", State.READY, f"{place.content.business.name}: {counted(states, 'state')}; {', '.join(languages)}")


async def database(place: Place) -> Finding:
    """Opens it, which makes it when it is not there."""
    from integrations.errors import StorageError
    from integrations.records.opening import open_database

    try:
        opened = await open_database(database_url(place.settings))
    except StorageError as error:
        return Finding("database", State.BROKEN, str(error).rstrip("."), "set FRONTDESK_DB")
    await opened.close()
    return Finding("database", State.READY, opened.where)


async def text_call(place: Place) -> Finding:
    """Answers a call, in a database in memory."""
    from frontdesk.conversation.outputs import Line

    if place.content is None:
        return Finding("call in text", State.BROKEN, "the content has problems")
    async with await open_app(folders=place.folders, db="sqlite://", content=place.content) as app:
        said = [output async for output in app.conversation().start() if isinstance(output, Line)]
    return Finding("call in text", State.READY if said else State.BROKEN, "greets" if said else "says nothing")


async def messages(place: Place) -> Finding:
    """SMS are files until a provider is set up."""
    file = outbox_file(place.settings)
    folder = next(parent for parent in file.parents if parent.exists())
    if not os.access(folder, os.W_OK):
        return Finding("messages", State.BROKEN, f"{file} cannot be written", "set FRONTDESK_OUTBOX to a folder that can be")
    return Finding("messages", State.READY, f"SMS are written to {file}, not sent")


async def model(place: Place) -> Finding:
    """Asks for the list of models, which costs nothing."""
    gemini = place.settings.model_provider == "gemini"
    key, url = (place.settings.gemini_key, place.settings.gemini_url) if gemini else (place.settings.openai_key, place.settings.openai_url)
    variable = "GEMINI_API_KEY" if gemini else "OPENAI_API_KEY"
    if key is None:
        return Finding("model", State.OFF, "the rules hold the call alone", f"set {variable} for free wording")
    try:
        open_model(place.settings)
    except NoModel as error:
        return Finding("model", State.BROKEN, str(error).rstrip("."))
    secret = key.get_secret_value()
    header = {"x-goog-api-key": secret} if gemini else {"authorization": f"Bearer {secret}"}
    return await _asked("model", f"{url.rstrip('/')}/models", header, variable, f"{place.settings.model} at {_host(url)}")


async def ears(place: Place) -> Finding:
    """Asks for a stream without opening one: a key that is not taken is refused all the same."""
    if place.settings.deepgram_key is None:
        state = State.OFF if place.settings.livekit_url is None else State.BROKEN
        return Finding("ears", state, "nobody can be heard on the phone", "set DEEPGRAM_API_KEY")
    url = place.settings.deepgram_url
    header = {"authorization": f"Token {place.settings.deepgram_key.get_secret_value()}"}
    return await _asked("ears", url, header, "DEEPGRAM_API_KEY", f"{place.settings.ears_model} at {_host(url)}")


async def voice(place: Place) -> Finding:
    """ElevenLabs where there is a key, else espeak-ng with a voice for every language of the business."""
    if place.settings.eleven_key is not None:
        header = {"xi-api-key": place.settings.eleven_key.get_secret_value()}
        url = f"{place.settings.eleven_url.rstrip('/')}/models"
        return await _asked("voice", url, header, "ELEVEN_API_KEY", f"{place.settings.voice_model} at {_host(url)}")
    wanted = "install espeak-ng (Debian: apt-get install espeak-ng), or set ELEVEN_API_KEY"
    if shutil.which("espeak-ng") is None:
        return Finding("voice", State.OFF if place.settings.livekit_url is None else State.BROKEN, "no voice", wanted)
    version = (await _output("espeak-ng", "--version")).partition("Data at")[0].replace("eSpeak NG text-to-speech:", "").strip()
    languages = place.content.business.languages if place.content is not None else ()
    # The first line of the list is its head; without a voice there is nothing else.
    lacking = [language for language in languages if len((await _output("espeak-ng", f"--voices={language}")).splitlines()) < 2]
    if lacking:
        return Finding("voice", State.BROKEN, f"espeak-ng {version} does not speak {', '.join(lacking)}", wanted)
    return Finding("voice", State.READY, f"espeak-ng {version}, {place.settings.voice_speed} words a minute: {', '.join(languages)}")


async def livekit(place: Place) -> Finding:
    """The server that calls come from: there, and its key is taken."""
    todo = "set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET; make line starts a server on this machine"
    if place.settings.livekit_url is None:
        return Finding("LiveKit", State.OFF, "no server", todo)
    named = connection(place.settings)
    if named is None:
        return Finding("LiveKit", State.BROKEN, f"no key for {place.settings.livekit_url}", todo)
    asked = await _asked("LiveKit", place.settings.livekit_url, {}, "LIVEKIT_API_KEY", place.settings.livekit_url)
    if asked.state is State.BROKEN:
        return asked
    try:
        from frontdesk.voice.trunks import ServerProblem, phone_server
    except ImportError:
        return Finding("LiveKit", State.BROKEN, f"{place.settings.livekit_url} is there, but nothing here can use it", "make voice")
    try:
        async with phone_server(*named, deadline_s=_REQUEST_S) as server:
            await server.rooms()
    except ServerProblem as error:
        return Finding("LiveKit", State.BROKEN, str(error).rstrip("."))
    return Finding("LiveKit", State.READY, f"{place.settings.livekit_url}, key accepted")


async def worker(place: Place) -> Finding:
    """The process that answers. It may as well run on another machine, so its absence here is no fault."""
    address = f"{place.settings.worker_host}:{place.settings.worker_port}"
    start = f"python agent_main.py start answers calls for the agent “{place.settings.agent_name}”"
    if place.settings.livekit_url is None:
        return Finding("worker", State.OFF, "needs LiveKit", "")
    status, _ = await _get(f"http://{address}/", {})
    if status != 200:
        return Finding("worker", State.OFF, f"none answers on {address}", start)
    return Finding("worker", State.READY, f"runs on {address} as the agent “{place.settings.agent_name}”")


async def phone(place: Place) -> Finding:
    """The trunk and the rule that `frontdesk phone setup` makes."""
    todo = "frontdesk phone setup --number +33…"
    named = connection(place.settings)
    if named is None:
        return Finding("phone number", State.OFF, "needs LiveKit", "")
    try:
        from frontdesk.voice.trunk_plan import PhoneConflict, warning
        from frontdesk.voice.trunks import ServerProblem, phone_server
    except ImportError:
        return Finding("phone number", State.OFF, "needs more than a call in text", "make voice")
    try:
        async with phone_server(*named, deadline_s=_REQUEST_S) as server:
            found = await server.found()
    except (PhoneConflict, ServerProblem) as error:
        return Finding("phone number", State.OFF, str(error).rstrip("."), "")
    rules = [rule for rule in found.rules if place.settings.agent_name in rule.agents]
    trunks = [trunk for trunk in found.trunks if any(trunk.id in rule.trunks or not rule.trunks for rule in rules)]
    if not trunks:
        return Finding("phone number", State.OFF, f"no trunk brings calls to the agent “{place.settings.agent_name}”", todo)
    numbers = ", ".join(number for trunk in trunks for number in trunk.numbers) or "every number"
    open_to_all = next((warning(trunk) for trunk in trunks if warning(trunk)), "")
    return Finding("phone number", State.BROKEN if open_to_all else State.READY, f"calls to {numbers}", open_to_all)


# -- asking ------------------------------------------------------------------------------------------------------------


async def _asked(part: str, url: str, headers: Mapping[str, str], variable: str, name: str) -> Finding:
    """Whether a server answers and takes the key. What else it answers does not matter: the address is not one for asking."""
    try:
        status, trouble = await _get(url, headers)
    except ValueError:
        return Finding(part, State.BROKEN, "its address is none", "write it as https://host/path")
    if status in {401, 403}:
        return Finding(part, State.BROKEN, f"{name} does not take the key", f"set {variable} to one that is valid")
    if status == 0 or status >= 500:
        return Finding(part, State.BROKEN, f"{name} does not answer: {trouble or f'status {status}'}")
    return Finding(part, State.READY, f"{name}, key set" if headers else name)


async def _get(url: str, headers: Mapping[str, str]) -> tuple[int, str]:
    """Status and what went wrong; status 0 without an answer. The standard library, so that it works without any extra."""

    def get() -> tuple[int, str]:
        request = urllib.request.Request(_as_http(url), headers=dict(headers))  # noqa: S310 - the scheme is checked there
        try:
            with urllib.request.urlopen(request, timeout=_REQUEST_S) as answer:  # noqa: S310
                return int(answer.status), ""
        except urllib.error.HTTPError as error:
            with contextlib.suppress(OSError):
                error.close()
            return error.code, ""
        except urllib.error.URLError as error:
            return 0, _reason(error.reason)
        except (OSError, ssl.SSLError) as error:
            return 0, _reason(error)

    return await asyncio.to_thread(get)


def _reason(error: object) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(getattr(error, "strerror", None) or error)


def _as_http(url: str) -> str:
    """Raises ValueError for an address that is none."""
    parts = urlsplit(url)
    scheme = {"ws": "http", "wss": "https", "http": "http", "https": "https"}.get(parts.scheme)
    if scheme is None or not parts.hostname:
        raise ValueError("no address")
    return urlunsplit(parts._replace(scheme=scheme))


def _host(url: str) -> str:
    """Without what an address may hide in user, path or query."""
    return urlsplit(url).hostname or "?"


async def _output(*command: str) -> str:
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL)
    told, _ = await process.communicate()
    return told.decode(errors="replace")
