"""Every hostile submission comes to what is said of it, and the judge lives on."""

import threading
from pathlib import Path

import pytest

from tests.sandbox.attacks import ATTACKS, Attack

HONEST = "\nimport jax.numpy as jnp\ndef total(xs):\n    return jnp.sum(xs)\n"
# These end the process while it is loaded, or poison what every stub in it uses.
SPOILS_THE_FILE = {"patched_wire", "patched_host", "imports_sabotaged", "patched_comparison"}


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


def runners() -> set[str]:
    commands = {path.parent.name: path.read_bytes() for path in Path("/proc").glob("[0-9]*/cmdline")}
    return {pid for pid, command in commands.items() if b"autograder.sandbox.runner" in command}


def test_nothing_is_left_running(graded):
    graded(HONEST)  # leaves the reference's twin
    before = runners()
    graded(ATTACKS[0].code + HONEST)
    assert runners() <= before
