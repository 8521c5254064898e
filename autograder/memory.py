"""What malloc does with memory that is freed, which a clock sees.

glibc returns large blocks to the kernel, or does not, as earlier allocations have it; where it does, a call pays anew
for each page of its temporaries: four times the cost of a large batch in `06 cross_entropy`, in one process and not in
the next.
"""

import contextlib
import ctypes

TRIM_THRESHOLD, MMAP_THRESHOLD = -1, -3
KEPT = 256 << 20
LARGEST_BLOCK = 32 << 20  # the most that mallopt takes


def keep_freed_memory() -> None:
    """From now on, have malloc keep what is freed for the next call, on systems whose malloc can be told."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(TRIM_THRESHOLD, KEPT)
        mallopt(MMAP_THRESHOLD, LARGEST_BLOCK)
