"""Every hostile submission comes to what is said of it, and the judge lives on."""

import contextlib
import os
import threading
from pathlib import Path

import psutil
import pytest

from tests.sandbox.attacks import ATTACKS, Attack

HONEST = "\nimport jax.numpy as jnp\ndef total(xs):\n    return jnp.sum(xs)\n"
# These end the process while it is loaded, or poison what every stub in it uses.
SPOILS_THE_FILE = {
    "patched_wire",
    "patched_host",
    "imports_sabotaged",
    "patched_comparison",
    "an_exception_without_parts",
    "an_exception_of_odd_parts",
    "an_empty_array_with_endless_sides",
}


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack(attack: Attack, graded):
    before = {thread.name for thread in threading.enumerate()}
    result = graded(attack.code + HONEST)
    assert result.state == "graded", result.reason
    double, total = result.exercises
    assert double.state == ("failed" if attack.foiled else "passed"), double
    if attack.name not in SPOILS_THE_FILE:
        assert total.state == "passed", total
    assert {thread.name for thread in threading.enumerate()} == before
    assert not Path("/tmp/owned").exists()


def runners() -> set[int]:
    """The sandboxes of this process and those without a judge; other judges' come and go."""
    runner, found = "autograder.sandbox.runner", set()
    for process in psutil.process_iter(["cmdline"]):
        with contextlib.suppress(psutil.NoSuchProcess):
            if runner in (process.info["cmdline"] or []):
                judges = {above.pid for above in process.parents() if above.pid > 1 and runner not in above.cmdline()}
                if not judges or os.getpid() in judges:
                    found.add(process.pid)
    return found


def test_nothing_is_left_running(graded):
    anew = "\n# judged here, whatever was judged before"
    graded(HONEST + anew)  # leaves the warm parents and the reference's twin
    before = runners()
    assert before
    graded(ATTACKS[0].code + HONEST + anew)
    # A twin or a parent that was used up has given way to another.
    assert len(runners()) <= len(before)
