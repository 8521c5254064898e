"""What an instructor would write without this kit: the same three exercises, with tests in the notebook.

`TESTS` compares with a reference on a few inputs, under jit, and for finite gradients: less than the checks of the
course do, and on public inputs.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.build import command_environment

STUBS = ("batched_relu_layer", "pairwise_sq_dists", "per_example_grads")
SETUP = "import jax\nimport jax.numpy as jnp\nimport numpy as np\n"
TESTS = {
    "batched_relu_layer": """
def reference(params, xs):
    W, b = params
    return jnp.maximum(xs @ W.T + b, 0)

for seed, (batch, n_in, n_out) in enumerate([(3, 4, 5), (4, 4, 4), (1, 2, 3)]):
    a, b, c = jax.random.split(jax.random.key(seed), 3)
    params = jax.random.normal(a, (n_out, n_in)), jax.random.normal(b, (n_out,))
    xs = jax.random.normal(c, (batch, n_in))
    assert jnp.allclose(batched_relu_layer(params, xs), reference(params, xs), atol=1e-5)
    assert jnp.allclose(jax.jit(batched_relu_layer)(params, xs), reference(params, xs), atol=1e-5)
""",
    "pairwise_sq_dists": """
def reference(xs, ys):
    return jnp.array([[jnp.sum((x - y) ** 2) for y in ys] for x in xs])

for seed, (n, m, d) in enumerate([(3, 4, 2), (3, 3, 3), (1, 5, 4)]):
    a, b = jax.random.split(jax.random.key(seed))
    xs, ys = jax.random.normal(a, (n, d)), jax.random.normal(b, (m, d))
    assert jnp.allclose(pairwise_sq_dists(xs, ys), reference(xs, ys), atol=1e-4)
    assert jnp.allclose(jax.jit(pairwise_sq_dists)(xs, ys), reference(xs, ys), atol=1e-4)
assert jnp.all(jnp.isfinite(jax.grad(lambda x: jnp.sum(pairwise_sq_dists(x, xs)))(xs)))
""",
    "per_example_grads": """
def loss(params, x, y):
    return (jnp.tanh(params["W"] @ x).sum() + params["b"] - y) ** 2

for seed, (batch, n_in) in enumerate([(3, 4), (4, 4), (1, 2)]):
    a, b, c = jax.random.split(jax.random.key(seed), 3)
    params = {"W": jax.random.normal(a, (n_in, n_in)), "b": jnp.float32(0.5)}
    xs, ys = jax.random.normal(b, (batch, n_in)), jax.random.normal(c, (batch,))
    found = per_example_grads(loss, params, xs, ys)
    for i in range(batch):
        want = jax.grad(loss)(params, xs[i], ys[i])
        for name in want:
            assert jnp.allclose(found[name][i], want[name], atol=1e-4)
""",
}
NBGRADER_CONFIG = (
    'c = get_config()\nc.CourseDirectory.course_id = "home"\nc.CourseDirectory.source_directory = "source"\n'
)


def nbgrader_course(folder: Path, submissions: dict[str, dict[str, str]]) -> None:
    """A stock nbgrader course with the submissions handed in.

    Args:
        submissions: by student, the code of each stub.
    """
    (folder / "source" / "ps1").mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(NBGRADER_CONFIG)
    nbformat.write(_nbgrader_notebook({}), folder / "source" / "ps1" / "ps1.ipynb")
    stock(folder, "generate_assignment", "ps1")
    for student, code in submissions.items():
        place = folder / "submitted" / student / "ps1"
        place.mkdir(parents=True)
        nbformat.write(_nbgrader_notebook(code), place / "ps1.ipynb")


def stock(folder: Path, *arguments: str) -> None:
    """Run a stock nbgrader command."""
    command = [sys.executable, "-m", "nbgrader", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=command_environment())
    assert done.returncode == 0, done.stderr[-2000:]


def otter_course(folder: Path, otter: Path, submissions: dict[str, dict[str, str]]) -> list[list[str]]:
    """An otter-grader autograder and the commands that grade the submissions, one each."""
    tests = folder / "tests"
    tests.mkdir(parents=True)
    for stub in STUBS:
        (tests / f"{stub}.py").write_text(_otter_test(stub))
    generate = [str(otter), "generate", "-t", str(tests), "-o", str(folder / "autograder.zip"), "--no-environment"]
    subprocess.run(generate, cwd=folder, check=True, capture_output=True)
    commands = []
    for student, code in submissions.items():
        place = folder / student
        place.mkdir()
        cells = [new_code_cell(SETUP), *(new_code_cell(code[stub]) for stub in STUBS)]
        nbformat.write(new_notebook(cells=cells), place / "ps1.ipynb")
        options = ["-a", str(folder / "autograder.zip"), "-o", str(place), "--no-logo"]
        commands.append([str(otter), "run", *options, str(place / "ps1.ipynb")])
    return commands


def otter_scores(folder: Path, students: list[str]) -> dict[str, int]:
    """How many of the exercises passed, by student."""
    results = {student: json.loads((folder / student / "results.json").read_text()) for student in students}
    return {s: sum(t.get("score", 0) > 0 for t in r["tests"] if t["name"] in STUBS) for s, r in results.items()}


def nbgrader_scores(folder: Path, students: list[str]) -> dict[str, int]:
    """How many of the exercises passed, by student."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder}/gradebook.db") as book:
        found = {}
        for student in students:
            grades = book.find_submission_notebook("ps1", "ps1", student).grades
            found[student] = sum((grade.auto_score or 0) > 0 for grade in grades)
    return found


def _nbgrader_notebook(code: dict[str, str]) -> Any:
    cells = [new_code_cell(SETUP, id="setup")]
    for stub in STUBS:
        unsolved = f"def {stub}(*args):\n    ### BEGIN SOLUTION\n    pass\n    ### END SOLUTION\n"
        cells.append(_graded(new_code_cell(code.get(stub, unsolved), id=stub), stub, solution=True))
        cells.append(_graded(new_code_cell(TESTS[stub], id=f"test-{stub}"), f"test-{stub}", points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def _graded(cell: Any, name: str, solution: bool = False, points: int = 0) -> Any:
    details = {"grade_id": name, "solution": solution, "grade": not solution, "locked": not solution, "task": False}
    cell.metadata["nbgrader"] = details | {"schema_version": 3} | ({"points": points} if points else {})
    if solution:
        cell.metadata["nbgrader"]["cell_type"] = "code"
    return cell


def _otter_test(stub: str) -> str:
    lines = (SETUP + TESTS[stub]).strip().split("\n")
    shown = [f"{'...' if line.startswith((' ', ')')) or not line else '>>>'} {line}" for line in lines if line]
    suite = {"cases": [{"code": "\n".join(_doctest(shown)), "hidden": False, "locked": False}]}
    suite |= {"scored": True, "setup": "", "teardown": "", "type": "doctest"}
    return f"OK_FORMAT = True\ntest = { ({'name': stub, 'points': 1, 'suites': [suite]})!r}\n"


def _doctest(shown: list[str]) -> list[str]:
    """A blank continuation line ends each block, as the interactive prompt wants it."""
    lines: list[str] = []
    for line, after in zip(shown, [*shown[1:], ">>> "], strict=True):
        lines.append(line)
        if line.startswith("...") and after.startswith(">>>"):
            lines.append("... ")
    return lines


def clean(folder: Path) -> None:
    """Forget what stock nbgrader has graded."""
    shutil.rmtree(folder / "autograded", ignore_errors=True)
    (folder / "gradebook.db").unlink(missing_ok=True)
