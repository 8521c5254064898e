"""What is said of an exception: whether a stub was attempted, why a name has no value."""

import pytest

from autograder.checks.lessons import for_exception
from autograder.notebook.cells import Cell
from autograder.notebook.load import load
from autograder.player import LocalPlayer, Student, StudentError

EMPTY = "def f(x):\n    raise NotImplementedError()  # your code here"
IN_A_LINE = "def f(x): raise NotImplementedError"
BROKEN = f"{EMPTY}\n\ndef g(:\n    pass"
ATTEMPTED = "import jax.numpy as jnp\ndef f(x):\n    return jnp.fromiter([x], float)"


@pytest.mark.parametrize(
    ("source", "missing"), [(EMPTY, "f"), (IN_A_LINE, "f"), ("", "f"), (ATTEMPTED, None), (BROKEN, "f")]
)
def test_what_jax_has_not_implemented_was_attempted(source, missing):
    names, _ = load([Cell("f", source)], ["f"])
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    assert caught.value.raised.missing == missing


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    y = 2 * x\n    raise NotImplementedError()",
        "def f(x):\n    raise NotImplementedError()\n    return 2 * x",
        "class f:\n    def __init__(self, x):\n        self.x = x\n        raise NotImplementedError",
    ],
    ids=["above", "below", "class"],
)
def test_code_beside_the_placeholder_was_an_attempt(source):
    names, _ = load([Cell("f", source)], ["f"])
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    assert caught.value.raised.missing is None
    assert for_exception(caught.value.raised) == "placeholder_left"


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("import my_helpers as A", "Line 1 raised ModuleNotFoundError: No module named 'my_helpers'."),
        ("from my_helpers import A, B", "Line 1 raised ModuleNotFoundError: No module named 'my_helpers'."),
        ("A = open('none.txt').read()", "Line 1 raised FileNotFoundError: [Errno 2] No such file"),
        ("A = (1,", "It has a syntax error. Line 1: '(' was never closed: `A = (1,`."),
        ("def A(:", "It has a syntax error. Line 1: "),
        ("A = await wait()", "It has a syntax error. Line 1: 'await' outside function"),
        (
            "from my_helpers import B\ndef A(x: B): pass",
            "Line 1 raised ModuleNotFoundError: No module named 'my_helpers'.",
        ),
    ],
)
def test_a_name_without_a_value_is_explained_by_what_failed(source, reason):
    names, failures = load([Cell("1", source), Cell("f", "def f(x):\n    return A(x)")], ["f"])
    assert "f" not in failures
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    raised = caught.value.raised
    assert raised.message.startswith("`A` has no value, as its cell did not run. ")
    assert reason in raised.message
    assert for_exception(raised) == "cell_did_not_run"


def test_a_stub_that_could_not_be_imported_was_attempted():
    names, failures = load([Cell("1", "from my_helpers import f")], ["f"])
    assert "f" not in names
    assert failures["f"] == "Line 1 raised ModuleNotFoundError: No module named 'my_helpers'."


@pytest.mark.parametrize("code", ["import my_helpers", "open('none.txt')", "raise EOFError"])
def test_what_is_not_there_when_graded_has_its_lesson(code):
    names, _ = load([Cell("f", f"def f(x):\n    {code}")], ["f"])
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    assert for_exception(caught.value.raised) == "not_there_when_graded"


@pytest.mark.parametrize("cell", ["/tmp/ipykernel_1/2.py", "/tmp/ipython-input-1-2.py", "<ipython-input-1-2>"])
def test_a_cell_of_a_running_notebook_is_called_by_its_function(cell):
    names: dict = {"get_ipython": None}
    source = "def f(x):\n    def inner():\n        return 1 / 0\n    return inner()"
    exec(compile(source, cell, "exec"), names)
    with pytest.raises(StudentError) as caught:
        Student(LocalPlayer(names)).f(1)
    assert (caught.value.raised.cell, caught.value.raised.line) == ("f", 3)
