"""`frontdesk phone`: the trunk and the dispatch rule by which a LiveKit server brings us the calls to our numbers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from integrations.telephony.port import E164

if TYPE_CHECKING:
    from frontdesk.settings import Settings
    from frontdesk.voice.trunk_plan import Change, Found, Rule, Trunk
    from frontdesk.voice.trunks import PhoneServer

__all__ = ["app", "connection"]

app = typer.Typer(name="phone", help="Which calls a LiveKit server brings us.", no_args_is_help=True)


NameOption = Annotated[str, typer.Option("--trunk-name", help="Name of our trunk and of our dispatch rule.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")]


@app.command()
def setup(
    number: Annotated[
        list[str] | None, typer.Option(help="A number of ours, with country code; more than once for several. None: as they are.")
    ] = None,
    allow: Annotated[
        list[str] | None, typer.Option(help="Address or CIDR range that calls may come from: the provider's; more than once for several.")
    ] = None,
    trunk_name: NameOption = "frontdesk",
    dry_run: DryRunOption = False,
) -> None:
    """Make or change the trunk and the rule; with nothing to change it does nothing."""
    from frontdesk.cli.options import BadOption

    def wanted_numbers() -> tuple[str, ...] | None:
        numbers = tuple("".join(text.split()) for text in number or ())
        for one in numbers:
            if not E164.fullmatch(one):
                raise BadOption(f"“{one}” is no phone number with country code; write it as +33199001234.")
        return numbers or None

    def wanted_addresses() -> tuple[str, ...] | None:
        import ipaddress

        for one in allow or ():
            try:
                ipaddress.ip_network(one)
            except ValueError:
                raise BadOption(f"“{one}” is no address or range; write it as 192.0.2.7 or 192.0.2.0/24.") from None
        return tuple(allow) if allow else None

    async def work(server: PhoneServer, agent: str) -> None:
        from frontdesk.voice.trunk_plan import Trunk, Wanted, changes, warning

        plan = changes(await server.found(), Wanted(trunk_name, wanted_numbers(), wanted_addresses(), agent))
        await _carry_out(server, plan, dry_run)
        planned = [change.after for change in plan if isinstance(change.after, Trunk)]
        trunk = planned[0] if planned else (await server.found()).trunk(trunk_name)
        if trunk is not None and warning(trunk):
            typer.echo(f"Warning: {warning(trunk)}", err=True)

    _run(work)


@app.command()
def show(trunk_name: NameOption = "frontdesk") -> None:
    """Show the trunks and the rules of the server; ours are marked. Exit code 1 when ours are not both there."""

    async def work(server: PhoneServer, agent: str) -> None:
        found = await server.found()
        for line in _shown(found, trunk_name):
            typer.echo(line)
        rule = found.rule(trunk_name)
        if found.trunk(trunk_name) is None or rule is None or rule.agents != (agent,):
            typer.echo(f"Calls do not reach the agent “{agent}”: frontdesk phone setup --number +33…")
            raise typer.Exit(1)

    _run(work)


@app.command()
def remove(trunk_name: NameOption = "frontdesk", dry_run: DryRunOption = False) -> None:
    """Take our trunk and our rule away; those of others stay."""

    async def work(server: PhoneServer, agent: str) -> None:
        del agent
        from frontdesk.voice.trunk_plan import removals

        await _carry_out(server, removals(await server.found(), trunk_name), dry_run)

    _run(work)


def connection(settings: Settings) -> tuple[str, str, str] | None:
    """Address, key and secret of the LiveKit server; None when one of them is not set."""
    url, key, secret = settings.livekit_url, settings.livekit_key, settings.livekit_secret
    return None if url is None or key is None or secret is None else (url, key, secret.get_secret_value())


async def _carry_out(server: PhoneServer, plan: Sequence[Change], dry_run: bool) -> None:
    if not plan:
        typer.echo("Nothing to change.")
        return
    for change in plan:
        typer.echo(f"Would {change}." if dry_run else f"{str(change)[0].upper()}{str(change)[1:]}.")
    if not dry_run:
        await server.carry_out(plan)


def _shown(found: Found, name: str) -> list[str]:
    from frontdesk.voice.trunk_plan import told, warning

    def line(what: str, one: Trunk | Rule) -> str:
        return f"{'*' if one.name == name else ' '} {what} {one.id} “{one.name}”: {'; '.join(told(one))}"

    lines = [line("trunk", trunk) for trunk in found.trunks] + [line("rule ", rule) for rule in found.rules]
    lines += [f"Warning: {warning(trunk)}" for trunk in found.trunks if trunk.name == name and warning(trunk)]
    return lines or ["The server has no trunks and no rules."]


def _run(work: Callable[[PhoneServer, str], Awaitable[None]]) -> None:
    import asyncio

    from frontdesk.cli.options import BadOption
    from frontdesk.settings import Settings, SettingsProblem

    try:
        from frontdesk.voice.trunk_plan import PhoneConflict
        from frontdesk.voice.trunks import ServerProblem, phone_server
    except ImportError:
        _fail("The phone needs more than a call in text: make voice.")

    async def connected() -> None:
        settings = Settings.from_environment()
        named = connection(settings)
        if named is None:
            raise SettingsProblem(
                "The LiveKit server is not named: set LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET (docs/voice.md)."
            )
        async with phone_server(*named) as server:
            await work(server, settings.agent_name)

    try:
        asyncio.run(connected())
    except (BadOption, PhoneConflict, ServerProblem, SettingsProblem) as error:
        _fail(str(error))


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
