"""The prompts of the states: all there, short, and without sentences to repeat."""

from __future__ import annotations

from pathlib import Path

from frontdesk.prompting.placeholder_names import PLACEHOLDERS
from fsm.yaml_source import load_plain


def test_every_state_has_its_prompt_and_none_is_spare(root: Path, prompts: Path) -> None:
    """The files that states.yaml names are the files that exist."""
    states = load_plain((root / "states.yaml").read_text(encoding="utf-8"))["states"]
    named = {state["prompt"] for state in states.values() if "prompt" in state}
    assert named == {f"states/{path.name}" for path in (prompts / "states").glob("*.md")}


def test_prompts_are_short(prompts: Path) -> None:
    """At most 120 words a state; with the persona there is room for the facts within 450 tokens."""
    persona = (prompts / "persona.md").read_text(encoding="utf-8")
    for path in (prompts / "states").glob("*.md"):
        text = path.read_text(encoding="utf-8")
        assert len(text.split()) <= 120, path.name
        assert len(persona + text) / 4 <= 330, path.name  # four characters a token, in English prose


def test_the_owners_guide_lists_every_placeholder(root: Path) -> None:
    """What can be shown is what docs/owners/sentences.md says can be shown, with the same meaning."""
    guide = (root / "docs" / "owners" / "sentences.md").read_text(encoding="utf-8")
    missing = [name for name, meaning in PLACEHOLDERS.items() if f"| `{{{name}}}` | {meaning} |" not in guide]
    assert missing == []
