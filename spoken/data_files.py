"""The YAML of language data as plain values.

The parser of PyYAML is in C, but it asks Python about every value, and Python makes a value of every node: most of the time of
reading a language. Almost all of our values are words and lists of words, which need no asking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Final

import yaml

__all__ = ["VALUES", "WORDS", "Resolvers", "read_values"]

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
