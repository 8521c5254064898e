"""What a notebook sets for its whole process does not reach its checks, as the judge never runs such lines."""

import json
import subprocess
import sys
from collections.abc import Iterator
from types import SimpleNamespace

import jax
import numpy as np
import pytest

from autograder import settings
from autograder.selfcheck import notebook
from autograder.selfcheck.local import check_names
from autograder.stage import load_stage

SET = """
import jax
import numpy as np
jax.config.update("jax_enable_x64", True)
jax.config.update("jax_transfer_guard", "disallow")
np.seterr(all="raise")
"""
# Right as JAX comes: with 64 bits it returns another dtype, and the guard forbids the 2.0.
DOUBLE = """
def double(x):
    return x * 2.0 + jax.numpy.zeros(())
"""


@pytest.fixture
def set_by_a_notebook() -> Iterator[None]:
    before = np.geterr()
    exec(SET, {})
    yield
    np.seterr(**before)
    jax.config.update("jax_enable_x64", False)
    jax.config.update("jax_transfer_guard", None)


def test_the_table_is_jax_as_it_comes():
    program = "import json; from autograder.settings import OF_JAX, changed; print(json.dumps([changed(), OF_JAX]))"
    environment = {"PATH": "/usr/bin", "JAX_PLATFORMS": "cpu"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, cwd="/")
    assert done.returncode == 0, done.stderr
    changed, table = json.loads(done.stdout)
    assert changed == {}
    assert table == settings.OF_JAX


@pytest.mark.usefixtures("set_by_a_notebook")
def test_what_was_set_is_set_aside_and_comes_back():
    with settings.as_it_comes():
        assert settings.changed() == {}
        assert np.geterr()["under"] == "ignore"
    assert settings.changed() == {"jax_enable_x64": True, "jax_transfer_guard": "disallow"}
    assert np.geterr()["under"] == "raise"


@pytest.mark.usefixtures("set_by_a_notebook")
def test_a_right_answer_passes_whatever_its_notebook_sets(tiny_course):
    stage = load_stage(tiny_course.release("01_tiny"))
    names = {"jax": jax}
    exec(DOUBLE, names)
    [result] = check_names(stage, names, ["double"], {})
    assert [(c.name, c.message) for c in result.checks if c.state != "passed"] == []


def test_the_judge_says_the_same(graded):
    found = {e.name: e for e in graded(SET + DOUBLE).exercises}
    assert found["double"].state == "passed"


@pytest.mark.parametrize("changes", [True, False], ids=["changed", "as it comes"])
def test_a_student_is_told_what_was_set_aside(
    tiny_course, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, changes: bool
):
    if changes:
        request.getfixturevalue("set_by_a_notebook")
    shown: list[str] = []
    monkeypatch.chdir(tiny_course.release("01_tiny"))
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: SimpleNamespace(user_ns={}))
    monkeypatch.setattr("IPython.display.display", lambda html: shown.append(html.data))
    notebook.check("double")
    assert ("Set aside: jax_enable_x64, jax_transfer_guard." in shown[0]) is changes
