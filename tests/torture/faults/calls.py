"""The store's calls to the operating system, of which the k-th fails, or is done by half and kills."""

import errno
import os
import signal
from pathlib import Path

from simulation.results.fragments.writing import Calls


class Faulty:
    """Real calls until the k-th, which fails with `how`: "enospc", "eio", or "torn" (half done, then killed)."""

    def __init__(self, k, how, place):
        self.k, self.how, self.n, self.count = k, how, 0, Path(place) / "calls"

    def calls(self):
        return Calls(write=self.write, fsync=self.fsync, replace=self.replace, unlink=self.unlink)

    def write(self, handle, data):
        if self._now():
            if self.how != "eio":
                os.write(handle, data[: len(data) // 2])
            self._fail()
        return os.write(handle, data)

    def fsync(self, handle):
        if self._now():
            self._fail()
        os.fsync(handle)

    def replace(self, part, path):
        if self._now():
            self._fail()
        if self.how == "interrupt" and path.name.startswith(self.k):
            os.kill(os.getpid(), signal.SIGINT)
        Path(part).replace(path)

    def unlink(self, path):
        if self._now():
            self._fail()
        Path(path).unlink()

    def _now(self):
        self.n += 1
        self.count.write_text(str(self.n), "utf-8")
        return self.n == self.k  # never, where k names a file

    def _fail(self):
        if self.how == "torn":
            os.kill(os.getpid(), signal.SIGKILL)
        code = errno.ENOSPC if self.how == "enospc" else errno.EIO
        raise OSError(code, os.strerror(code))
