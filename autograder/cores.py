"""One core for all that belongs to a submission, so that what is raced is raced in one place.

Two cores of one machine may differ threefold in speed while something else shares their caches, on a virtual machine
unseen; a race across them measures that.
"""

import contextlib
import os
import random
import socket
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def one_core() -> Iterator[int]:
    """A core which no other judge on this machine holds, while the block runs; any, where all are held.

    Held by the name of an abstract socket: the kernel lets it go whatever becomes of the judge.
    """
    cores = list(os.sched_getaffinity(0))
    random.shuffle(cores)
    with socket.socket(socket.AF_UNIX) as name:
        for core in cores:
            with contextlib.suppress(OSError):
                name.bind(f"\0jaxercise-core-{core}")
                break
        yield core


def threads(process: int) -> list[int]:
    """The ids of a process's threads; none when it has ended."""
    try:
        return [int(thread) for thread in os.listdir(f"/proc/{process}/task")]
    except (FileNotFoundError, ProcessLookupError):
        return []


def thread_states(process: int) -> Iterator[str]:
    """The letter of each of a process's threads: R runs or waits for a core, D waits for a disk, S sleeps (proc(5))."""
    for thread in threads(process):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            stat = Path(f"/proc/{process}/task/{thread}/stat").read_bytes()
            yield stat.rpartition(b") ")[2][:1].decode()  # in the brackets is a name that student code may choose


def pin(process: int, cores: set[int]) -> None:
    """Keep all threads of a process, and those they start, on these cores."""
    for thread in threads(process):
        with contextlib.suppress(ProcessLookupError):  # it ended meanwhile
            os.sched_setaffinity(thread, cores)


@contextlib.contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this process's threads on one core while the block runs, on systems that can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    with one_core() as core:
        pin(os.getpid(), {core})
        try:
            yield
        finally:
            pin(os.getpid(), before)
