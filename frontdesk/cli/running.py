"""Run a command, and make of its errors a sentence and an exit code."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Callable, Coroutine
from typing import Any, NoReturn

import typer

__all__ = ["fail", "run_async", "run_for_code", "run_sync"]


def fail(sentence: str) -> NoReturn:
    """End with a sentence and exit code 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def run_async(work: Coroutine[Any, Any, None]) -> None:
    """Run a command that waits for things."""
    import asyncio  # not before it is needed: most commands start without

    run_sync(lambda: asyncio.run(work))


def run_for_code(work: Callable[[], int], *, short: bool = False) -> NoReturn:
    """Run a command that returns its exit code."""
    codes: list[int] = []
    run_sync(lambda: codes.append(work()), short=short)
    raise typer.Exit(codes[0])


def run_sync(work: Callable[[], None], *, short: bool = False) -> None:
    """Run a command that returns nothing. `short`: it is over before it would pay to look for garbage."""
    if not short and not gc.isenabled():
        gc.freeze()  # what is loaded by now stays: it need not be gone through again and again
        gc.enable()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    try:
        work()
        if short and not gc.isenabled():
            gc.freeze()  # python looks for garbage once more when it ends, and goes through all that was loaded for it
    except (KeyboardInterrupt, BrokenPipeError):
        raise typer.Exit(130) from None
    except Exception as error:
        from frontdesk.cli.failures import sentences  # only now, see there

        told = sentences(error)
        if not told:
            raise
        for sentence in told[:-1]:
            typer.echo(sentence, err=True)
        fail(told[-1])
