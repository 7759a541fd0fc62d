"""Gives back the memory of the big dictionary between messages.

The dictionary is a file of 112 MB mapped into memory. Linux counts every page once touched to the
process and maps sixteen around it, so that after a few questions nearly all of it is counted.
"""

import ctypes
from functools import cache
from itertools import count
from pathlib import Path

_NAME = "sudachidict_small/resources/system.dic"
_MADV_DONTNEED = 4
_EVERY = 50
"""Messages between two times: a page given back costs a moment when it is touched again."""
_heard = count(1)


def after_message() -> None:
    """To be called after each message; now and then it gives the pages back."""
    if next(_heard) % _EVERY == 0:
        release()


def release() -> int:
    """Give the pages back; the next question finds them in the system's cache. Bytes released.

    0 where nothing is mapped, and on a system other than Linux.
    """
    # Looked up every time: what lies at an address may have changed, and must not be lost.
    found = _mapped()
    for start, size in found:
        _libc().madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _MADV_DONTNEED)
    return sum(size for _, size in found)


def _mapped() -> list[tuple[int, int]]:
    """Where the dictionary lies in memory: start and size of each part."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    parts = (line.split()[0].split("-") for line in lines if line.endswith(_NAME))
    return [(int(start, 16), int(end, 16) - int(start, 16)) for start, end in parts]


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None)
