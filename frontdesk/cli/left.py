"""The commands that show what calls have left to the business."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from frontdesk.cli.running import fail, run_for_code

__all__ = ["app"]

app = typer.Typer()

BusinessOption = Annotated[Path | None, typer.Option("--business", help="Folder of the business: only what is its own is shown.")]
JsonOption = Annotated[bool, typer.Option("--json", help="The same as JSON.")]
DbOption = Annotated[str | None, typer.Option(help="Database, as sqlite:///path/calls.db.")]


@app.command()
def messages(
    business: BusinessOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    done: Annotated[int | None, typer.Option(metavar="NUMBER", help="Note that the message with this number is done.")] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show the messages and call-backs that calls have left, and note those that are done."""
    from frontdesk.cli.left_by_calls import LeftOptions
    from frontdesk.cli.messages import print_messages
    from frontdesk.cli.options import business_folder

    if done is not None and (everything or as_json):
        fail("Give --done alone, or list with --all and --json; not both.")
    run_for_code(lambda: print_messages(LeftOptions(business_folder(business), everything, as_json, db), sys.stdout, sys.stderr, done=done))


@app.command()
def appointments(
    business: BusinessOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over or cancelled.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show the appointments to come, with what callers answered to questions of your own."""
    from frontdesk.cli.appointments import print_appointments
    from frontdesk.cli.left_by_calls import LeftOptions
    from frontdesk.cli.options import business_folder

    run_for_code(lambda: print_appointments(LeftOptions(business_folder(business), everything, as_json, db), sys.stdout, sys.stderr))
