"""The YAML of language data as plain values.

The parser of PyYAML is in C, but it asks Python about every value, and Python makes a value of every node: most of the time of
reading a language. Almost all of our values are words and lists of words, which need no asking.

What was read is kept beside the file as Python keeps its modules: in `__pycache__`, for one version of Python, as long as the file
is what it was. Reading the values back takes a twentieth of the time.
"""

from __future__ import annotations

import marshal
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.util import source_hash
from pathlib import Path
from typing import Any, ClassVar, Final

import yaml

__all__ = ["VALUES", "WORDS", "Resolvers", "read_file", "read_values"]

Resolvers = Mapping[str, Sequence[tuple[str, re.Pattern[str]]]]
"""By first character: what else than a word a value may be, as a tag and the form it then has."""

_BOOL: Final = "tag:yaml.org,2002:bool"
_STR: Final = "tag:yaml.org,2002:str"
_TRUTH: Final = (_BOOL, re.compile(r"(?:true|false)\Z"))
_NUMBER: Final = ("tag:yaml.org,2002:int", re.compile(r"-?(?:0|[1-9][0-9]*)\Z"))

WORDS: Final[Resolvers] = {**dict.fromkeys("-0123456789", (_NUMBER,)), **dict.fromkeys("tf", (_TRUTH,))}
"""Everything is a word but whole numbers, true and false: `no`, `null` and `on` are words of the languages described."""


_OTHERS: Final = {
    first: tuple(one for one in several if one[0] != _BOOL) for first, several in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
VALUES: Final[Resolvers] = {**_OTHERS, **{first: (*_OTHERS.get(first, ()), _TRUTH) for first in "tf"}}
"""Everything is what YAML 1.1 says, but of the words for truth only true and false are any."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Nodes with what they are; no path in a file says what stands there."""

    resolvers: ClassVar[Resolvers] = {}

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Nothing to do without paths."""

    def ascend_resolver(self) -> None:
        """Nothing to do without paths."""

    def resolve(self, kind: type, value: str, implicit: Any) -> str:
        """The tag of a node that is written without one."""
        if kind is not yaml.ScalarNode:
            return "tag:yaml.org,2002:map" if kind is yaml.MappingNode else "tag:yaml.org,2002:seq"
        if implicit[0]:
            for tag, form in self.resolvers.get(value[:1], ()):
                if form.match(value):
                    return tag
        return _STR

    def value(self, node: Any) -> Any:
        if node.tag == _STR:
            return node.value
        if type(node) is yaml.SequenceNode:
            return [self.value(item) for item in node.value]
        if type(node) is yaml.MappingNode:
            return {self.value(key): self.value(item) for key, item in node.value}
        return self.construct_object(node)


def read_values(text: str, resolvers: Resolvers) -> Any:
    """The content of a file. Raises yaml.YAMLError."""
    loader = type("_Resolving", (_Loader,), {"resolvers": resolvers})(text)
    try:
        node = loader.get_single_node()
        return None if node is None else loader.value(node)
    finally:
        loader.dispose()


def read_file(path: Path, resolvers: Resolvers) -> Any:
    """The content of a file, from what is kept of it where that is there. Raises OSError, UnicodeDecodeError and yaml.YAMLError."""
    source = path.read_bytes()
    kept = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.values"
    key = source_hash(source) + source_hash(repr(sorted(resolvers)).encode()) + _reader()
    with suppress(OSError, ValueError, EOFError, TypeError):
        content = kept.read_bytes()
        if content.startswith(key):
            return marshal.loads(content[len(key) :])  # noqa: S302 - kept by ourselves, where Python keeps what it runs
    values = read_values(source.decode("utf-8"), resolvers)
    if not sys.dont_write_bytecode:
        _keep(kept, key, values)
    return values


@lru_cache(maxsize=1)
def _reader() -> bytes:
    """Stands for this reader: values that another one has made are not used."""
    return source_hash(Path(__file__).read_bytes())


def _keep(path: Path, key: bytes, values: Any) -> None:
    """Writes what was read. That it cannot be written, or that it holds what cannot be kept (a date), only costs time."""
    with suppress(OSError, ValueError):
        content = key + marshal.dumps(values)
        path.parent.mkdir(exist_ok=True)
        written = path.with_name(f"{path.name}.{os.getpid()}")
        written.write_bytes(content)
        written.replace(path)
