"""What is said of an exception: whether a stub was attempted."""

import pytest

from autograder.notebook.cells import Cell
from autograder.notebook.load import load
from autograder.player import LocalPlayer, Student, StudentError

EMPTY = "def f(x):\n    raise NotImplementedError()  # your code here"
IN_A_LINE = "def f(x): raise NotImplementedError"
ATTEMPTED = "import jax.numpy as jnp\ndef f(x):\n    return jnp.fromiter([x], float)"


@pytest.mark.parametrize(("source", "missing"), [(EMPTY, "f"), (IN_A_LINE, "f"), ("", "f"), (ATTEMPTED, None)])
def test_what_jax_has_not_implemented_was_attempted(source, missing):
    names, _ = load([Cell("f", source)], ["f"])
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    assert caught.value.info["missing"] == missing
