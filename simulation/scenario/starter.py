"""A new kind of scheme to begin with: a small package that works as it is, with its test and its page."""

from __future__ import annotations

import keyword
import re
from importlib import resources
from string import Template

from simulation.core.errors import InputError
from simulation.core.names import quoted
from simulation.incentives.catalogue import scheme_classes

LONGEST = 40
_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def folder_of(name: str) -> str:
    """Return the name of the folder, which is the distribution's."""
    return f"kwamdee-{name.replace('_', '-')}"


def starter(name: str, level: str = "individual") -> dict[str, str]:
    """Return the files of a new kind of scheme by their names: the scheme, its test, its page, what installs it.

    Raises:
        InputError: For what is no name of a kind, or the name of one that is installed.
    """
    _check(name)
    words = {
        "name": name,
        "title": name.replace("_", " ").capitalize(),
        "class": "".join(part.capitalize() for part in name.split("_")),
        "module": f"kwamdee_{name}",
        "dist": folder_of(name),
        "level": level,
    }
    return {target.substitute(words): _template(source).substitute(words) for source, target in _FILES.items()}


_FILES = {
    "scheme.py.txt": Template("$module.py"),
    "test.py.txt": Template("test_$module.py"),
    "page.md.txt": Template("README.md"),
    "pyproject.toml.txt": Template("pyproject.toml"),
}


def _template(name: str) -> Template:
    return Template(resources.files("simulation.data").joinpath("starter", name).read_text("utf-8"))


def _check(name: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > LONGEST or keyword.iskeyword(name):
        raise InputError(
            f"{quoted(name)} is no name of a kind; use small letters, digits and _, such as tea_voucher, at most {LONGEST}.",
            f"{quoted(name)} ใช้เป็นชื่อชนิดไม่ได้ ให้ใช้อักษรอังกฤษตัวเล็ก ตัวเลข และ _ เช่น tea_voucher ไม่เกิน {LONGEST} ตัว",
        )
    taken = scheme_classes().get(name)
    if taken is not None:
        raise InputError(
            f'There is a kind "{name}" already, in {taken.__module__}. Choose another name.',
            f'มีชนิด "{name}" อยู่แล้วใน {taken.__module__} ให้ใช้ชื่ออื่น',
        )
