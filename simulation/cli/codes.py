"""With which code the command ends, and what each means: shells, schedulers and the reference read it here."""

from __future__ import annotations

DONE, OURS, BAD_INPUT, SOME_FAILED, STORAGE, IN_USE = 0, 1, 2, 3, 4, 5
HUNG_UP, INTERRUPTED, TERMINATED = 129, 130, 143

MEANINGS: dict[int, tuple[str, str]] = {
    DONE: ("done", "เสร็จ"),
    OURS: ("a bug of ours", "ข้อผิดพลาดของ Kwamdee เอง"),
    BAD_INPUT: (
        "bad input, or a folder unfit at the start; nothing was run",
        "สิ่งที่ระบุมาใช้ไม่ได้ หรือโฟลเดอร์ใช้ไม่ได้ตั้งแต่ต้น ยังไม่ได้เริ่มจำลอง",
    ),
    SOME_FAILED: ("done, but some runs failed", "เสร็จ แต่บางรอบไม่สำเร็จ"),
    STORAGE: (
        "storage gave out during the run; what was kept stays",
        "หน่วยเก็บข้อมูลใช้งานไม่ได้ระหว่างจำลอง ส่วนที่เก็บไว้แล้วยังอยู่",
    ),
    IN_USE: ("another process writes to the folder; nothing was run", "โพรเซสอื่นกำลังเขียนลงโฟลเดอร์ ยังไม่ได้เริ่มจำลอง"),
    HUNG_UP: ("hung up", "การเชื่อมต่อขาด"),
    INTERRUPTED: ("interrupted with Ctrl-C", "หยุดด้วย Ctrl-C"),
    TERMINATED: ("terminated", "ถูกสั่งให้จบ"),
}
"""English and Thai of each code."""
