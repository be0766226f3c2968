"""What bytes are before they are text: UTF-8 with and without mark, TIS-620 of Thai Windows, or no text at all."""

from __future__ import annotations

LOOKS_LIKE = (
    (b"PK\x03\x04", "an Excel workbook or a zip archive", "ไฟล์ Excel หรือไฟล์ zip"),
    (b"\x1f\x8b", "a gzip archive", "ไฟล์ gzip"),
    (b"%PDF", "a PDF", "ไฟล์ PDF"),
    (b"\x89PNG", "a picture", "ไฟล์ภาพ"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "ไฟล์ Excel หรือ Word รุ่นเก่า"),
)
_MARKS = bytes([0x85, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xA0])
"""What Windows-874 adds to TIS-620: an ellipsis, quotation marks, a bullet, dashes, a hard blank."""
_THAI = frozenset([*range(0xA1, 0xDB), *range(0xDF, 0xFC), *_MARKS])


def looks_like(raw: bytes) -> tuple[str, str] | None:
    """Name what a file that is no text is by its first bytes, in English and Thai; None where nothing is known."""
    return next(((en, th) for sign, en, th in LOOKS_LIKE if raw.startswith(sign)), None)


def is_utf16(raw: bytes) -> bool:
    """Tell by its mark, or by a NUL in every other byte of its beginning."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    head = raw[:400]
    return len(head) >= 8 and max(head[0::2].count(0), head[1::2].count(0)) > 0.3 * len(head) / 2 > min(
        head[0::2].count(0), head[1::2].count(0)
    )


def is_tis620(raw: bytes) -> bool:
    """Tell whether bytes that are no UTF-8 can be TIS-620, as Thai Windows saves it (Windows-874)."""
    return not raw.translate(None, bytes(_THAI) + bytes(range(0x80)))


def first_stray(raw: bytes) -> int:
    """Return where the first byte stands that is neither ASCII nor TIS-620, -1 where all are."""
    strays = raw.translate(None, bytes(_THAI) + bytes(range(0x80)))
    return raw.index(strays[:1]) if strays else -1
