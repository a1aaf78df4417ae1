"""The `frontdesk` command."""

from __future__ import annotations

import gc
import os
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from frontdesk.cli.common_options import BusinessOption, DbOption
from frontdesk.cli.left import app as left_app
from frontdesk.cli.phone import app as phone_app
from frontdesk.cli.running import fail, run_async, run_for_code
from frontdesk.environment import without_plugins

__all__ = ["app", "main"]

app = typer.Typer(
    name="frontdesk",
    help="A phone receptionist for small businesses: it answers, books, moves and cancels appointments.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(phone_app)
app.add_typer(left_app)


@app.command()
def call(
    business: BusinessOption = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Hold the call by JSON lines on standard input and output.")] = False,
    language: Annotated[str, typer.Option(help="The language of the greeting (fr, de, en, es); auto: that of the business.")] = "auto",
    now: Annotated[str | None, typer.Option(help="Pretend it is this moment: 2026-06-12T09:00, wall time of the business.")] = None,
    caller: Annotated[str, typer.Option(help="The caller's number with country code, or anonymous.")] = "anonymous",
    fixture: Annotated[Path | None, typer.Option(help="JSON file with free times, appointments, customers and failures.")] = None,
    db: DbOption = None,
    brain: Annotated[Literal["rules", "model"], typer.Option(help="What understands the caller.")] = "rules",
    calendar: Annotated[Literal["local"], typer.Option(help="Where appointments are kept.")] = "local",
) -> None:
    """Hold a call in the terminal: you are the caller."""
    del calendar  # one kind so far; the option is part of the contract
    from frontdesk.cli.calling import CallOptions, hold_call

    options = CallOptions(
        business=business,
        jsonl=jsonl,
        language=None if language == "auto" else language,
        now=now,
        caller=caller,
        fixture=fixture,
        db=db,
        model=brain == "model",
    )
    run_async(hold_call(options))


@app.command()
def demo(
    language: Annotated[str, typer.Option(help="The language of the call (fr, de, en, es); auto: that of the business.")] = "auto",
    business: BusinessOption = None,
    svg: Annotated[Path | None, typer.Option(help="Also draw the call into this SVG file.")] = None,
    voice: Annotated[Path | None, typer.Option(help="Speak the call instead; write its sound and its timeline into this folder.")] = None,
) -> None:
    """Play a call from hello to text message, without a keyboard."""
    spoken = None if language == "auto" else language
    if voice is not None:
        from frontdesk.cli.spoken_demo import play_spoken_demo

        run_async(play_spoken_demo(business, spoken, voice))
        return
    from frontdesk.cli.demo import play_demo

    run_async(play_demo(business, spoken, svg))


@app.command()
def check(
    business: BusinessOption = None,
    form: Annotated[Literal["text", "json"], typer.Option("--format", help="text: a problem a line, for people and editors.")] = "text",
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> None:
    """Find everything that is wrong with the graph, the business and the lines, before a caller does.

    Exit code 0: no problems. 2: problems, or the command was not understood.
    """
    from frontdesk.cli.check import check as run_check
    from frontdesk.cli.kept_reports import KeptReports
    from frontdesk.cli.options import business_folder

    def run() -> int:
        return run_check(business_folder(business), sys.stdout, as_json=as_json or form == "json", kept=KeptReports())

    run_for_code(run, short=True)


@app.command("test")
def rehearse(
    business: BusinessOption = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only calls whose name contains this: goals, for_a_son, [fr]. May be given again.")
    ] = None,
    junit: Annotated[Path | None, typer.Option(help="Also write the results into this file, as JUnit XML.")] = None,
    jobs: Annotated[int, typer.Option(min=0, help="So many processes; 0: one a processor.")] = 0,
) -> None:
    """Hold the calls, goals and generated paths of a business, and show what differs. Exit code 1 when something does."""
    from frontdesk.cli.options import business_folder
    from frontdesk.cli.test import run_tests

    run_for_code(lambda: run_tests(business_folder(business), sys.stdout, sys.stderr, only=tuple(only or ()), junit=junit, jobs=jobs))


@app.command()
def record(
    call_id: Annotated[str | None, typer.Argument(metavar="[CALL_ID]", help="The call; the last one when it is left out.")] = None,
    last: Annotated[bool, typer.Option("--last", help="The last call, as when no call is named.")] = False,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="A new file, best in calls/; without it, standard output.")] = None,
    business: BusinessOption = None,
    db: DbOption = None,
    real_names: Annotated[bool, typer.Option("--real-names", help="Keep the real names and numbers.")] = False,
) -> None:
    """Make a call that was held into a file that `frontdesk test` holds again, with an invented caller."""
    from frontdesk.cli.options import business_folder
    from frontdesk.cli.record import record_call

    if last and call_id is not None:
        fail("Name a call, or --last; not both.")
    run_for_code(lambda: record_call(business_folder(business), sys.stdout, sys.stderr, call_id=call_id, db=db, out=out, real=real_names))


@app.command()
def coverage(
    business: BusinessOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Counts as JSON, for frontdesk graph --coverage.")] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="The graph as a Mermaid diagram, coloured by what is covered.")] = False,
) -> None:
    """Tell what generated paths, written calls and goals cover of the graph. Exit code 1 when something is left without a reason."""
    from frontdesk.cli.coverage import print_coverage
    from frontdesk.cli.options import business_folder

    run_for_code(lambda: print_coverage(business_folder(business), sys.stdout, sys.stderr, as_json=as_json, picture=mermaid))


@app.command()
def paths(
    business: BusinessOption = None,
    language: Annotated[str | None, typer.Option(help="The language to print them in; that of the business when it is left out.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Make them anew from the graph, and write them to paths/paths.yaml.")] = False,
) -> None:
    """Print calls made from the graph, which together come through all of it, as dialogues. Exit code 1 when one goes otherwise."""
    from frontdesk.cli.coverage import print_paths, write_paths
    from frontdesk.cli.options import BadOption, business_folder

    def run() -> int:
        folder = business_folder(business)
        if not write:
            return print_paths(folder, sys.stdout, sys.stderr, language)
        if language is not None:
            raise BadOption("Give --language or --write; not both: paths are the same in every language.")
        return write_paths(folder, sys.stdout, sys.stderr)

    run_for_code(run)


@app.command()
def doctor(
    business: BusinessOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON.")] = False,
) -> None:
    """Tell which parts are ready, which are not, and what to set. Exit code 1 when something that is set up does not work."""
    from frontdesk.cli.doctor import doctor as run_doctor
    from frontdesk.cli.options import business_folder
    from frontdesk.settings import Settings

    run_for_code(lambda: run_doctor(business_folder(business), Settings.from_environment(), sys.stdout, as_json=as_json))


@app.command()
def graph(
    business: BusinessOption = None,
    format_: Annotated[
        Literal["mermaid", "svg", "png"] | None,
        typer.Option("--format", help="What to draw; by the name of the file where it is left out. PNG needs the extra pictures."),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The file to write; without it, standard output.")] = None,
    call: Annotated[str | None, typer.Option(help="Highlight the path of this stored call.")] = None,
    coverage: Annotated[Path | None, typer.Option(help="Colour by what is covered: a file of frontdesk coverage --json.")] = None,
    traffic: Annotated[bool, typer.Option("--traffic", help="Colour by how many stored calls came by.")] = False,
    db: Annotated[str | None, typer.Option(help="Database of the stored calls, as sqlite:///path/calls.db.")] = None,
) -> None:
    """Draw the graph: Mermaid, SVG or PNG; with coverage, traffic or the path of one call on it."""
    from frontdesk.bootstrap.places import database_url
    from frontdesk.cli.graph import GraphOptions, print_graph
    from frontdesk.cli.options import business_folder
    from frontdesk.settings import Settings

    def run() -> int:
        address = partial(database_url, Settings.from_environment()) if db is None else lambda: db
        options = GraphOptions(business_folder(business), format_, output, call, coverage, traffic, db=address)
        return print_graph(options, sys.stdout, sys.stderr)

    run_for_code(run)


@app.command()
def diff(
    old: Annotated[str, typer.Argument(help="The version before: a folder, or a git revision of the other one.")],
    new: Annotated[str, typer.Argument(help="The version after.")] = ".",
    fail_on: Annotated[
        Literal["dangerous", "look"] | None, typer.Option("--fail-on", help="Exit code 1 when a change is of this grade, or a graver one.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="The changes as JSON.")] = False,
) -> None:
    """Tell in sentences what an edit changes for callers, each graded harmless, look or dangerous."""
    from frontdesk.cli.diff import print_diff

    run_for_code(lambda: print_diff(old, new, sys.stdout, as_json=as_json, fail_on=fail_on))


@app.command()
def understand(
    as_: Annotated[
        str, typer.Option("--as", help="date, time, datetime, phone, email, name, number, yes_no, choice or service.")
    ] = "datetime",
    language: Annotated[str, typer.Option(help="The language spoken: fr, de, en or es.")] = "fr",
    now: Annotated[str | None, typer.Option(help="Pretend it is this moment: 2026-06-12T09:00.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO country of the caller's number plan, and of dates in English.")] = None,
    choices: Annotated[str | None, typer.Option(help="What is on offer: a|b|c.")] = None,
    business: BusinessOption = None,
) -> None:
    """Read utterances, a line each, and print what they mean, a line each."""
    from frontdesk.cli.options import business_folder
    from frontdesk.cli.understanding import understand_lines

    run_for_code(lambda: understand_lines(as_, language, now, country, choices, business_folder(business)))


@app.command()
def prompt(
    state: Annotated[str, typer.Argument(help="A state that has a prompt.")],
    facts: Annotated[str | None, typer.Option(help="What is known: intent=book,service=perm, or a JSON object.")] = None,
    language: Annotated[str | None, typer.Option(help="The caller's language.")] = None,
    words: Annotated[str, typer.Option(help="What the caller has just said.")] = "…",
    as_json: Annotated[bool, typer.Option("--json", help="The request as it is sent.")] = False,
    business: BusinessOption = None,
) -> None:
    """Print exactly what a language model would be asked in a state, and its tokens."""
    from frontdesk.cli.options import business_folder
    from frontdesk.cli.prompt import print_prompt

    def run() -> int:
        folder = business_folder(business)
        return print_prompt(state, sys.stdout, business_dir=folder, facts=facts, language=language, words=words, as_json=as_json)

    run_for_code(run)


@app.command()
def replay(
    call_id: Annotated[str | None, typer.Argument(help="The id of a stored call; none with --all or --since.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every stored call.")] = False,
    since: Annotated[str | None, typer.Option(help="The calls since this date: 2026-06-01, wall time of the business.")] = None,
    db: DbOption = None,
    with_: Annotated[
        Path | None, typer.Option("--with", help="An edited business folder: which of the calls would go another way with it.")
    ] = None,
    show_personal: Annotated[bool, typer.Option("--show-personal", help="Show names, numbers and messages as they were.")] = False,
) -> None:
    """Make stored calls again, and say where they are not what was stored, or where they would go another way with an edit."""
    import asyncio

    from frontdesk.cli.replay import ReplayOptions, replay_calls

    options = ReplayOptions(call_id, everything, since, db, with_, show_personal)

    run_for_code(lambda: asyncio.run(replay_calls(options, sys.stdout)))


@app.command()
def simulate(
    calls: Annotated[int, typer.Option(help="So many callers ring.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same calls.")] = 1,
    language: Annotated[str | None, typer.Option(help="Only callers who speak this: fr, de, en or es.")] = None,
    goal: Annotated[str | None, typer.Option(help="Only callers who want this: book, move, cancel, ask, message or person.")] = None,
    noise: Annotated[float, typer.Option(help="The mean chance that a word suffers on the line, 0 to 1.")] = 0.03,
    show: Annotated[Literal["none", "failures", "all"], typer.Option(help="Print these calls as dialogues.")] = "none",
    jobs: Annotated[int, typer.Option(min=0, help="So many processes; 0: one a processor.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="The figures and every call as JSON.")] = False,
    business: BusinessOption = None,
) -> None:
    """Let simulated callers ring, and count how many get what they want. Exit code 1 when something wrong was written."""
    from frontdesk.cli.options import business_folder
    from frontdesk.cli.simulate import SimulateOptions, plan_of, run_simulation

    def run() -> int:
        plan = plan_of(business_folder(business), calls=calls, seed=seed, language=language, goal=goal, noise=noise)
        return run_simulation(SimulateOptions(plan, jobs, show, as_json), sys.stdout, sys.stderr)

    run_for_code(run)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    typer.echo(f"frontdesk {installed('frontdesk')}")


def main() -> None:
    """Entry point of the `frontdesk` command."""
    without_plugins()
    gc.disable()  # loading makes many objects and hardly any garbage, and looking for it takes a seventh of the time
    # A program that starts us may have closed these: an empty input, an output that nobody reads.
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open as long as the command runs
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    app()
