"""The commands that show what calls have left to the business."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from frontdesk.cli.common_options import BusinessOption, DbOption
from frontdesk.cli.running import fail, run_for_code

__all__ = ["app"]

app = typer.Typer()

CalledOption = Annotated[
    list[str] | None,
    typer.Option("--called", help="Also what is left by calls to a business of this name: one that it had before. May be given again."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print them as JSON, a list with all that is known of each.")]
_LARGEST = 2_147_483_647
"""What a column of numbers holds in every database."""


@app.command()
def messages(
    business: BusinessOption = None,
    called: CalledOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are done.")] = False,
    done: Annotated[
        int | None, typer.Option(metavar="NUMBER", min=1, max=_LARGEST, help="Note that the message with this number is done.")
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show the messages and call-backs that calls have left, and note those that are done."""
    from frontdesk.cli.left_by_calls import LeftOptions
    from frontdesk.cli.messages import print_messages
    from frontdesk.cli.options import business_folder

    if done is not None and (everything or as_json):
        fail("Give --done alone, or list with --all and --json; not both.")

    def run() -> int:
        options = LeftOptions(business_folder(business), everything, as_json, db, tuple(called or ()))
        return print_messages(options, sys.stdout, sys.stderr, done=done)

    run_for_code(run)


@app.command()
def appointments(
    business: BusinessOption = None,
    called: CalledOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also those that are over or cancelled.")] = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show the appointments to come, with what callers answered to questions of your own."""
    from frontdesk.cli.appointments import print_appointments
    from frontdesk.cli.left_by_calls import LeftOptions
    from frontdesk.cli.options import business_folder

    def run() -> int:
        options = LeftOptions(business_folder(business), everything, as_json, db, tuple(called or ()))
        return print_appointments(options, sys.stdout, sys.stderr)

    run_for_code(run)
