"""The graph as a Mermaid diagram with what is covered in colour."""

from __future__ import annotations

from frontdesk.proving.report import Coverage
from fsm.mermaid import to_mermaid

__all__ = ["drawn"]


def drawn(coverage: Coverage) -> str:
    """States that some call comes through are green; those where something of theirs is left, orange; the others red."""
    total = coverage.total()
    left = {target.state for target in coverage.missing()}
    classes: dict[str, list[str]] = {"covered": [], "partly": [], "uncovered": []}
    for name in coverage.graph.states:
        kind = "uncovered" if not total[name] else "partly" if name in left else "covered"
        classes[kind].append(name)
    lines = [
        "    classDef covered fill:#d3efd9,stroke:#2f7d46,color:#1d3b26",
        "    classDef partly fill:#fdebc8,stroke:#b9770e,color:#4d3306",
        "    classDef uncovered fill:#f9d5d3,stroke:#b3261e,color:#4a0f0b",
        *(f"    class {', '.join(names)} {kind}" for kind, names in classes.items() if names),
    ]
    return to_mermaid(coverage.graph.spec) + "\n".join(lines) + "\n"
