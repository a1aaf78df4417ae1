"""How a call looks in the terminal: who says what, and beside each turn a quiet line of what happened."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from frontdesk.conversation.outputs import Ending, Turn

__all__ = ["Screen"]


class Screen:
    """Prints turns. Names and numbers appear here because the person at the terminal is the caller."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(highlight=False)

    def title(self, business: str, hint: str) -> None:
        self._console.print(f"[bold]{escape(business)}[/bold]  [dim]{escape(hint)}[/dim]\n")

    def caller(self, text: str) -> None:
        self._row("[bold green]caller[/bold green]", escape(text))

    def note(self, text: str) -> None:
        """Something beside the call, when it happens."""
        self._console.print(f"\n[dim]{escape(text)}[/dim]")

    def turn(self, turn: Turn, ms: float) -> None:
        for sentence in turn.said:
            self._row("[bold cyan]frontdesk[/bold cyan]", escape(sentence))
        known = "  ".join(f"{name}={_short(fact['value'])}" for name, fact in turn.facts.items())
        done = "  ".join(f"{action['name']}→{action['outcome']}" for action in turn.actions)
        parts = [turn.state, f"asks {turn.asks}" if turn.asks else "", known, done, f"{ms:.0f} ms"]
        self._row("", f"[dim]{escape(' · '.join(part for part in parts if part))}[/dim]")
        self._console.print()

    def ending(self, ending: Ending) -> None:
        self._console.print(f"[bold]The call is over: {ending.outcome}.[/bold]")
        for row in ending.appointments:
            self._console.print("\n[bold]Appointment as stored[/bold]")
            for name in ("start", "end", "service", "staff", "name", "phone", "email", "status"):
                if row.get(name):
                    self._row(f"[dim]{name}[/dim]", escape(str(row[name])))
        for message in ending.messages:
            self._console.print(f"\n[bold]SMS to {escape(message['to'])}[/bold]\n{escape(message['body'])}")

    def _row(self, who: str, words: str) -> None:
        """Long sentences go on below their beginning."""
        grid = Table.grid(padding=(0, 2))
        grid.add_column(width=9, no_wrap=True)
        grid.add_column(overflow="fold")
        grid.add_row(who, words)
        self._console.print(grid)


def _short(value: object) -> str:
    if isinstance(value, list):
        return " or ".join(_short(item) for item in value)
    if isinstance(value, dict):
        return f"{value.get('start')}{'–' + str(value['end'])[-5:] if value.get('end') else ''}"
    return str(value)
