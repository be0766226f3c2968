"""What `--help` prints, in English or Thai: one page for every command, put together from the command itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from simulation.cli.codes import MEANINGS
from simulation.cli.thai import THAI

F = TypeVar("F", bound=Callable[..., Any])
EXAMPLE = "Example:"
_WIDEST, _NARROWEST = 80, 50
_HELD = "\xa0"
"""A blank at which no line is broken."""
_FIRST = 26
"""Widest first column; what is wider stands on a line of its own."""


class Command(TyperCommand):
    """A command whose help is in the reader's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments."""
        with _errors_of(ctx):
            return super().parse_args(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(page(self, ctx, _spoken()))


class Group(TyperGroup):
    """The commands together; `kwamdee help compare` is understood as well."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read `help` as `--help`; raises InputError with the help where there is nothing to read."""
        if not args and not ctx.resilient_parsing:
            from simulation.core.errors import InputError

            raise InputError(ctx.get_help(), ctx.get_help())
        with _errors_of(ctx):
            return super().parse_args(ctx, [*args[1:], "--help"] if args[:1] == ["help"] else args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; raises InputError with the nearest name where there is none."""
        if args and not args[0].startswith("-") and args[0] not in self.list_commands(ctx):
            raise _no_command(args[0], self.list_commands(ctx))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(page(self, ctx, _spoken()))


class Application(typer.Typer):
    """An application whose commands are all of our class."""

    def command(self, *args: Any, **kwargs: Any) -> Callable[[F], F]:
        """Register a command."""
        return super().command(*args, **{"cls": Command, **kwargs})


@contextmanager
def _errors_of(ctx: Any) -> Iterator[None]:
    """Tell a usage error of which command it is, where it does not know."""
    try:
        yield
    except Exception as error:
        if getattr(error, "ctx", ctx) is None:
            vars(error)["ctx"] = ctx
        raise


def _no_command(word: str, commands: list[str]) -> Exception:
    from simulation.core.errors import InputError
    from simulation.core.names import did_you_mean, quoted
    from simulation.scenario.load import shipped

    en, th, _ = did_you_mean(word, commands)
    if word in shipped() or word.endswith(".toml"):
        en, th = f" Did you mean kwamdee compare {word}?", f" หมายถึง kwamdee compare {word} หรือไม่"
    return InputError(
        f"There is no command {quoted(word)}.{en} Commands: {', '.join(commands)}.\nSee: kwamdee --help",
        f"ไม่มีคำสั่ง {quoted(word)}{th} คำสั่งที่มี: {', '.join(commands)}\nดูวิธีใช้: kwamdee --help --lang th",
    )


def _spoken() -> str:
    from simulation.cli.say import language

    return language()


def page(command: Any, ctx: Any, lang: str) -> str:
    """Return the help of a command in one language."""
    lines = [f"{in_language('Usage', lang)}: {_usage(command, ctx, lang)}", ""]
    for text in paragraphs(command):
        lines += [*wrapped(in_language(text, lang), "  "), ""]
    lines += [f"{in_language(EXAMPLE, lang)}", *(f"  {e}" for e in examples(command)), ""]
    for heading, rows in _sections(command, ctx, lang):
        lines += [f"{in_language(heading, lang)}:", *_columns(rows), ""]
    if hasattr(command, "list_commands"):
        codes = [(str(code), texts[lang == "th"]) for code, texts in MEANINGS.items()]
        lines += [f"{in_language('Exit codes', lang)}:", *_columns(codes), "", *wrapped(in_language(_MORE, lang)), ""]
    return "\n".join(lines[:-1]) + "\n"


_MORE = "kwamdee COMMAND --help says more about a command."


def paragraphs(command: Any) -> list[str]:
    """Return what the help says in English, without the examples: each paragraph on one line."""
    parts = [" ".join(part.split()) for part in (command.help or "").split("\n\n")]
    return [part for part in parts if part and not part.startswith(EXAMPLE)]


def examples(command: Any) -> list[str]:
    """Return the example's command lines, each ready to be copied."""
    found = [part for part in (command.help or "").split("\n\n") if part.strip().startswith(EXAMPLE)]
    text = "\n".join(part.strip().removeprefix(EXAMPLE) for part in found)
    return [line.strip() for line in text.splitlines() if line.strip()]


def notes(param: Any, lang: str) -> str:
    """Return what stands in brackets after an argument or option: its default, or that it must be given."""
    if param.required:
        return f"[{in_language('required', lang)}]"
    if param.default in (None, False, (), []) or callable(param.default):
        return ""
    return f"[{in_language('default', lang)}:{_HELD}{param.default}]"


def names(param: Any) -> str:
    """Return an argument or option as it is written."""
    if param.param_type_name == "argument":
        return value_name(param)
    written = ", ".join([*param.opts, *param.secondary_opts])
    return written if is_switch(param) else f"{written} {value_name(param)}"


def is_switch(param: Any) -> bool:
    """Tell whether an option takes no value."""
    return bool(getattr(param, "is_flag", False)) or "--help" in param.opts


def value_name(param: Any) -> str:
    """Return what stands for the value of an argument or option."""
    return str(param.metavar or max(param.opts, key=len).lstrip("-").replace("-", "_").upper())


def shown(command: Any, ctx: Any, kind: str) -> list[Any]:
    """Return the arguments (`argument`) or options (`option`) of a command, less those that are hidden."""
    params = command.get_params(ctx)
    return [p for p in params if p.param_type_name == kind and not getattr(p, "hidden", False)]


def help_of(param: Any) -> str:
    """Return what an argument or option is, in English, on one line."""
    return " ".join((getattr(param, "help", None) or "").split())


def in_language(text: str, lang: str) -> str:
    """Return a text in the language, in English where the table has no Thai."""
    return THAI.get(text, text) if lang == "th" else text


def _usage(command: Any, ctx: Any, lang: str) -> str:
    words = [ctx.command_path, f"[{in_language('OPTIONS', lang)}]"]
    for p in shown(command, ctx, "argument"):
        many = "..." if p.nargs != 1 else ""
        words.append(f"{value_name(p)}{many}" if p.required else f"[{value_name(p)}{many}]")
    if hasattr(command, "list_commands"):
        words.append(f"{in_language('COMMAND', lang)} ...")
    return " ".join(words)


def _sections(command: Any, ctx: Any, lang: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    if hasattr(command, "list_commands"):
        found = [(name, command.get_command(ctx, name)) for name in command.list_commands(ctx)]
        yield "Commands", [(name, in_language(paragraphs(c)[0], lang)) for name, c in found if not c.hidden]
    for heading, kind in (("Arguments", "argument"), ("Options", "option")):
        rows = [(names(p), f"{in_language(help_of(p), lang)} {notes(p, lang)}") for p in shown(command, ctx, kind)]
        if rows:
            yield heading, rows


def _columns(rows: list[tuple[str, str]]) -> list[str]:
    first = min(_FIRST, max(len(name) for name, _ in rows)) + 2
    lines = []
    for name, text in rows:
        right = wrapped(text, " " * (first + 2))
        if len(name) > first - 2:
            lines.append(f"  {name}")
        else:
            right[0] = f"  {name:<{first}}{right[0].lstrip()}"
        lines += right
    return lines


def wrapped(text: str, indent: str = "") -> list[str]:
    """Break a text at its blanks by the width that its signs take on a screen: Thai marks take none."""
    from rich.cells import cell_len

    width = max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns))
    lines: list[str] = []
    for word in (w.replace(_HELD, " ") for w in text.split(" ") if w):
        if lines and cell_len(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{indent}{word}")
    return lines or [indent]
