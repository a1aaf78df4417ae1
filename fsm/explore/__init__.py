"""Exact exploration of a graph, without words and values: which states, transitions and outcomes calls can come to, and how.

```python
found = explore(spec, CATALOGUE)          # a GraphSpec of which `fsm.checks` has nothing to say
found.states, found.transitions           # what some call comes to; found.all_transitions: what the graph has
path = found.path_to(transition)          # a shortest call that walks it, or None
for step in path.steps: ...               # step.happening, then step.state and step.waits_for
print("\\n".join(path.dialogue))
```

To drive the engine along a path: begin with `path.begin` (switches; whether the caller's number is known), then make
each happening one event, or `times` events: "speaks" a `Spoke` with values for the named facts, "not_understood" empty
proposals, "silent" `Silence`, "finishes" `ActionFinished` with facts for `found` (and lists to pick from: see below),
"hangs_up" `HungUp`. An act whose move has `do` (asks_question) starts an action that no happening speaks of: finish it
before the next. "known" stands for any value; said anew it must be another than before. An action that `fills` "offers" is to
bring at least two unless its outcome is failed, none or exhausted; one that fills "appointments" as `listed` says.
"""

from __future__ import annotations

from fsm.explore.happenings import Begin, Happening
from fsm.explore.path import Path, PathStep
from fsm.explore.search import Exploration, explore
from fsm.explore.settling import CALLER, ENDED
from fsm.explore.space import TooManySituations
from fsm.explore.table import Transition

__all__ = ["CALLER", "ENDED", "Begin", "Exploration", "Happening", "Path", "PathStep", "TooManySituations", "Transition", "explore"]
