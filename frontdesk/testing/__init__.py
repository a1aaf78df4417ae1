"""For the tests of those who use us: a language model that says what the test wants, without network, key or waiting.

`docs/testing.md` shows how.
"""

from __future__ import annotations

from frontdesk.testing.hostile_model import HostileModel, hostile_steps
from frontdesk.testing.scripted_model import Script, ScriptedModel, ScriptEnded, Step, Wait, bad_call, call, pieces, reply
from frontdesk.testing.virtual_clock import VirtualClock
from integrations.models.port import Finished, Message, Model, ModelRequest, TextPiece, ToolCall, ToolSpec
from integrations.models.recorded import NotRecorded, RecordingModel, ReplayedModel
from integrations.models.reply import Reply, read_whole

__all__ = [
    "Finished",
    "HostileModel",
    "Message",
    "Model",
    "ModelRequest",
    "NotRecorded",
    "RecordingModel",
    "ReplayedModel",
    "Reply",
    "Script",
    "ScriptEnded",
    "ScriptedModel",
    "Step",
    "TextPiece",
    "ToolCall",
    "ToolSpec",
    "VirtualClock",
    "Wait",
    "bad_call",
    "call",
    "hostile_steps",
    "pieces",
    "read_whole",
    "reply",
]
