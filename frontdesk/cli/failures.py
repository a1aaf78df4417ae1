"""The sentence that a person sees where a command could not be carried out.

Loaded only then: what raises these errors takes longer to load than some commands take as a whole.
"""

from __future__ import annotations

from frontdesk.bootstrap.errors import ContentProblems, FixtureProblem, NoModel
from frontdesk.cli.clock import BadTime
from frontdesk.cli.options import BadOption
from frontdesk.settings import SettingsProblem
from fsm.counted import counted
from integrations.errors import IntegrationError

__all__ = ["sentences"]


def sentences(error: Exception) -> tuple[str, ...]:
    """What to tell about an error that a person can do something about, one line each; nothing for any other, which is a fault of ours."""
    if isinstance(error, ContentProblems):
        return (*map(str, error.problems), f"{counted(len(error.problems), 'problem')}; nothing was started.")
    if isinstance(error, (BadOption, BadTime, FixtureProblem, IntegrationError, NoModel, SettingsProblem)):
        return (str(error),)
    if isinstance(error, OSError):  # the output, a file that was named: what we store has errors of its own
        return (f"{error.filename or 'The output'} cannot be used: {error.strerror or error}.",)
    return ()
