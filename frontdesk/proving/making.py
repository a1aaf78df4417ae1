"""Makes the paths of a graph: explores it, and chooses few calls that callers of every language can hold."""

from __future__ import annotations

from frontdesk.brain.phrases import Phrases
from frontdesk.conversation.ports import Content
from frontdesk.proving.covering import Cover, cover
from frontdesk.proving.exploring import Explored
from frontdesk.proving.situations import Situations
from frontdesk.proving.voices import Voices

__all__ = ["make_paths"]


def make_paths(content: Content, phrases: Phrases) -> tuple[Cover, Explored]:
    """Paths that cover what can be covered, and what was explored. The same content gives the same paths."""
    situations = Situations(content)
    explored = Explored.of(situations)
    return cover(explored, Voices(situations, content.brain, phrases).can_say), explored
