"""A command line that cannot be understood: what was received and what is right, in English and Thai."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from typing import Any

from simulation.cli.help import help_of, in_language, names, shown, value_name
from simulation.core.errors import InputError

_WHOLE = {"--replicates": (1, 100_000), "--seed": (0, 2**63 - 1), "--jobs": (1, 1024)}
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_DASHES = "–—−"
"""What word processors and chats make of two hyphens."""


def misspelt(error: Any) -> InputError:
    """Return the clear message of a usage error, by its kind; what the library itself says where the kind is new."""
    kind = type(error).__name__
    message = str(getattr(error, "message", error))
    context: Any = getattr(error, "ctx", None)
    if kind == "NoArgsIsHelpError" or message.startswith("Missing command"):
        page = context.get_help()
        return InputError(page, page)
    if kind == "NoSuchOption":
        texts = _no_option(error.option_name, context)
    elif kind == "MissingParameter":
        texts = _missing(error.param)
    elif kind == "BadParameter" and getattr(error, "param", None) is not None:
        texts = _bad_value(error.param, message)
    elif kind == "BadOptionUsage":
        texts = _bad_use(error.option_name, message, context)
    else:
        texts = _too_much(message) or (error.format_message(), f"คำสั่งนี้เขียนไม่ถูกต้อง: {error.format_message()}")
    path = getattr(context, "command_path", "kwamdee")
    return InputError(f"{texts[0]}\nSee: {path} --help", f"{texts[1]}\nดูวิธีใช้: {path} --help --lang th")


def _no_option(name: str, context: Any) -> tuple[str, str]:
    from simulation.core.names import did_you_mean, quoted

    known = [o for p in shown(context.command, context, "option") for o in (*p.opts, *p.secondary_opts)]
    en, th, _ = did_you_mean(name, known)
    return (
        f"There is no option {quoted(name)}.{en} Options: {', '.join(known)}.",
        f"ไม่มีตัวเลือก {quoted(name)}{th} ตัวเลือกที่มี: {', '.join(known)}",
    )


def _missing(param: Any) -> tuple[str, str]:
    what = help_of(param)
    return (
        f"{names(param)} is missing: {what}".rstrip(": "),
        f"ไม่ได้ระบุ {names(param)}: {in_language(what, 'th')}".rstrip(": "),
    )


def _bad_value(param: Any, message: str) -> tuple[str, str]:
    from simulation.core.names import quoted

    name = value_name(param) if param.param_type_name == "argument" else max(param.opts, key=len)
    written = _given(param.opts)
    given = quoted(written)
    low, high = _WHOLE.get(name, (None, None))
    if low is not None:
        en = f"it is a whole number from {low:,} to {high:,}, written in digits alone."
        th = f"ต้องเป็นจำนวนเต็มตั้งแต่ {low:,} ถึง {high:,} เขียนด้วยตัวเลขล้วน"
    elif "integer" in message:
        en, th = "it is a whole number, written in digits alone.", "ต้องเป็นจำนวนเต็ม เขียนด้วยตัวเลขล้วน"
    elif re.search("float|number", message):
        en, th = "it is a number, such as 0.5.", "ต้องเป็นตัวเลข เช่น 0.5"
    else:
        en, th = f"it is {value_name(param)}: {help_of(param)}", f"ต้องเป็น {in_language(help_of(param), 'th')}"
    right = _plain_digits(written)
    if right:
        en, th = f"{en} Write {right}.", f"{th} ให้เขียน {right}"
    return f"{name} is {given}; {en}", f"{name} เป็น {given} {th}"


def _plain_digits(written: str) -> str:
    """Return a number written in Thai digits, or with separators, in plain digits; empty where it is none."""
    plain = re.sub("[, _]", "", written).translate(_THAI_DIGITS)
    return plain if plain.isascii() and plain.isdecimal() else ""


def _given(written: list[str]) -> str:
    """Return the value of an option as it stands on the command line."""
    for before, word in pairwise([*sys.argv, ""]):
        if before in written:
            return word
        if word.partition("=")[0] in written and "=" in word:
            return word.partition("=")[2]
    return ""


def _bad_use(name: str, message: str, context: Any) -> tuple[str, str]:
    """Say that an option lacks its value, or that it takes none."""
    if "does not take" in message:
        return f"{name} takes no value. Write {name} alone.", f"{name} ไม่รับค่า ให้เขียน {name} อย่างเดียว"
    param = next(p for p in context.command.get_params(context) if name in p.opts)
    what = help_of(param)
    return (
        f"{name} lacks its value: {names(param)}. {what}",
        f"{name} ยังไม่มีค่า: {names(param)} {in_language(what, 'th')}",
    )


def _too_much(message: str) -> tuple[str, str] | None:
    from simulation.core.names import quoted

    found = re.search(r"unexpected extra argument\S* \((.*)\)", message, re.DOTALL)
    if found is None:
        return None
    words = found.group(1)
    en, th = f"Too many words: {quoted(words)}.", f"มีคำเกินมา: {quoted(words)}"
    dash = next((w for w in words.split() if w[:1] in _DASHES), None)
    if dash is not None:
        right = f"--{dash.lstrip(_DASHES + '-')}"
        return f"{en} {quoted(dash)} has a long dash; write {right}.", f"{th} {quoted(dash)} ใช้ขีดยาว ให้เขียน {right}"
    return (
        f"{en} A name or value with blanks stands in quotation marks.",
        f"{th} ชื่อหรือค่าที่มีช่องว่างต้องอยู่ในเครื่องหมายคำพูด",
    )
