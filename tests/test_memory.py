"""malloc keeps what is freed: no call pays for the pages of the last one, whatever was allocated before."""

import os
import subprocess
import sys

import pytest

PAGES = 2048
# Blocks of 8 MB, twenty times: the pages that had to be fetched anew.
COUNT = f"""
import resource, ctypes
from autograder.memory import keep_freed_memory
def faults(keep):
    if keep:
        keep_freed_memory()
    libc = ctypes.CDLL(None)
    libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(20):
        block = libc.malloc({PAGES} * 4096)
        ctypes.memset(block, 1, {PAGES} * 4096)
        libc.free(block)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
"""

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only glibc can be told")


def faults(keep: bool) -> int:
    """In a process where malloc would return every large block."""
    returns = os.environ | {"MALLOC_MMAP_THRESHOLD_": "131072"}
    command = [sys.executable, "-c", f"{COUNT}\nprint(faults({keep}))"]
    return int(subprocess.run(command, env=returns, check=True, capture_output=True, text=True).stdout)


def test_what_is_freed_is_kept():
    assert faults(keep=False) > 15 * PAGES
    assert faults(keep=True) < 5 * PAGES


def test_a_sandbox_keeps_what_is_freed(sandboxed):
    assert sandboxed(COUNT, "faults", backend="cpu").faults(False) < 5 * PAGES
