"""The file that a command is to write: refused before anything is asked or worked out."""

from __future__ import annotations

from pathlib import Path


def new_file(argument: str, name: str, ending: str, force: bool) -> Path:
    """Return the path of a file to write; raises InputError where it cannot be, or is there without `force`."""
    from simulation.core.errors import InputError, printable

    path, shown = Path(name), printable(name)
    if not name.strip() or path.suffix != ending:
        such = f"{shown}{ending}" if name.strip() and not path.suffix else f"my{ending}"
        raise InputError(
            f'{argument} is "{shown}"; its name ends in {ending}, such as {such}.',
            f'{argument} เป็น "{shown}" ชื่อต้องลงท้ายด้วย {ending} เช่น {such}',
        )
    try:
        folder_is_there, there, is_file = path.parent.is_dir(), path.exists(), path.is_file()
    except (OSError, ValueError):
        raise InputError(f'"{shown}" is no name that a file can have.', f'"{shown}" ใช้เป็นชื่อไฟล์ไม่ได้') from None
    if not folder_is_there:
        raise InputError(
            f"There is no folder {path.parent}. Make it, or name another file.",
            f"ไม่มีโฟลเดอร์ {path.parent} ให้สร้างก่อน หรือใช้ชื่อไฟล์อื่น",
        )
    if there and not is_file:
        raise InputError(f"{shown} is no file. Name another one.", f"{shown} ไม่ใช่ไฟล์ ให้ใช้ชื่ออื่น")
    if there and not force:
        raise InputError(
            f"{shown} is there already. Name another file, or add --force to write over it.",
            f"มีไฟล์ {shown} อยู่แล้ว ให้ใช้ชื่ออื่น หรือเพิ่ม --force เพื่อเขียนทับ",
        )
    return path
