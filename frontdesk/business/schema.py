"""The published JSON Schema of business.yaml, for editors: `python -m frontdesk.business.schema FILE` writes it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from frontdesk.business.model import Business

__all__ = ["schema_text"]


def schema_text() -> str:
    """The schema as it is published: exactly that of the model."""
    return json.dumps(Business.model_json_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(schema_text(), encoding="utf-8")
