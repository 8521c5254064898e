"""Programs compiled as a whole: the same results with fewer compilations, and no answer is better or worse for it."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from autograder.checks.compiled import MOST_CONSTANTS, compiled, compiled_together, traced_before
from autograder.checks.probes import call_jitted
from autograder.notebook.cells import Cell
from autograder.notebook.load import load, load_copy
from autograder.program import Stubs, call_stub, ran_before

X = np.arange(6, dtype=np.float32)


def stubs(source: str, *names: str) -> Stubs:
    code = [Cell("1", f"import jax\nimport jax.numpy as jnp\nimport numpy as np\n{source}")], names or ["f"]
    found, failures = load(*code)
    assert not failures
    ready = Stubs(found, partial(load_copy, *code))
    ran_before(ready, "f")  # the first run is plain
    return ready


def compilations(run: Callable[[], Any]) -> int:
    """How many programs are compiled meanwhile."""
    count = 0

    def listen(event: str, duration_secs: float, **_: Any) -> None:
        nonlocal count
        count += event.endswith("backend_compile_duration")

    jax.clear_caches()
    jax.monitoring.register_event_duration_secs_listener(listen)
    try:
        run()
    finally:
        jax.monitoring.unregister_event_duration_listener(listen)
    return count


def test_a_program_is_compiled_once_whatever_it_does():
    x, several = jax.device_put(X), stubs("def f(x):\n    return jnp.sin(x) * x + jnp.flip(x)")
    assert compilations(lambda: call_stub(several, "f", x)) > 2
    assert compilations(lambda: compiled(several, "f", call_stub, "f", x)) == 1
    np.testing.assert_allclose(compiled(several, "f", call_stub, "f", x), call_stub(several, "f", x), rtol=1e-6)


def test_numbers_names_and_functions_stay_what_they_are():
    mixed = stubs("def f(g, tree, n, axis=None):\n    return {'y': g(tree['x'])[:n], 'axis': jnp.sum(tree['x'], axis)}")
    result = compiled(mixed, "f", call_stub, "f", jnp.sin, {"x": jax.device_put(X), "unused": None}, 2, axis=0)
    np.testing.assert_allclose(result["y"], np.sin(X[:2]), rtol=1e-6)
    assert result["axis"] == 15


@pytest.mark.parametrize("size", [6, MOST_CONSTANTS + 1])
def test_few_entries_or_many_the_values_are_the_same(size):
    noisy = stubs("def f(key, x):\n    return {'key': key, 'y': x + jax.random.normal(key, x.shape)}")
    key, x = jax.random.key(3), jax.device_put(np.linspace(0, 1, size, dtype=np.float32))
    got, want = compiled(noisy, "f", call_stub, "f", key, x), call_stub(noisy, "f", key, x)
    assert got["key"].dtype == want["key"].dtype
    np.testing.assert_allclose(got["y"], want["y"], rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("def f(x):\n    return x if x.sum() > 3 else -x", id="looks at values"),
        pytest.param("def f(x):\n    return np.asarray(x) * np.float64(2)", id="NumPy"),
        pytest.param("def f(x):\n    return float(x[1])", id="a number"),
        pytest.param("def f(x):\n    return np.arange(3.0)", id="a dtype that jit would mend"),
        pytest.param("def f(x):\n    return [x, 1.5]", id="a number in a tree"),
    ],
)
def test_what_cannot_be_compiled_runs_as_it_stands(source):
    x, plain = jax.device_put(X), stubs(source)
    for got, want in zip(
        *map(jax.tree.leaves, (compiled(plain, "f", call_stub, "f", x), call_stub(plain, "f", x))), strict=True
    ):
        assert type(got) is type(want)
        assert getattr(got, "dtype", None) == getattr(want, "dtype", None)
        np.testing.assert_array_equal(got, want)


def test_a_loop_that_is_written_out_runs_an_operation_at_a_time():
    loop = stubs("def f(x):\n    for _ in range(300):\n        x = x + 1\n    return x")
    assert compilations(lambda: compiled(loop, "f", call_stub, "f", jax.device_put(X))) < 5


def test_a_tracer_that_is_kept_is_not_there_in_a_plain_call():
    keeps = stubs("CACHE = {}\ndef f(x):\n    return x * CACHE.setdefault('two', 2 * jnp.ones(()))")
    x = jax.device_put(X)
    for run in (compiled, compiled, lambda s, _, program, *args: program(s, *args)):
        np.testing.assert_array_equal(run(keeps, "f", call_stub, "f", x), 2 * X)


def test_the_first_run_of_an_exercise_is_plain():
    names, _ = load([Cell("1", "SEEN = []\ndef f(x):\n    SEEN.append(type(x).__name__)\n    return x")], ["f"])
    several, x = Stubs(names, lambda: names), jax.device_put(X)
    for _ in range(2):
        compiled(several, "f", call_stub, "f", x)
    assert names["SEEN"][0] == "ArrayImpl"
    assert "Tracer" in names["SEEN"][1]


def test_an_error_is_that_of_the_plain_call():
    raises = stubs("def f(x):\n    return x @ jnp.ones((3, 3))")
    with pytest.raises(TypeError, match="dot_general"):
        compiled(raises, "f", call_stub, "f", jax.device_put(X))


def test_without_a_copy_of_the_code_it_runs_plainly():
    names, _ = load([Cell("1", "SEEN = []\ndef f(x):\n    SEEN.append(type(x).__name__)\n    return x")], ["f"])
    compiled(Stubs(names), "f", call_stub, "f", jax.device_put(X))
    assert names["SEEN"] == ["ArrayImpl"]


@pytest.mark.parametrize("size", [6, MOST_CONSTANTS + 1])
def test_programs_together_are_one_compilation(size):
    several, x = stubs("def f(x):\n    return jnp.sin(x) * x + jnp.flip(x)"), np.linspace(0, 1, size, dtype=np.float32)
    questions = [(call_stub, ("f", jax.device_put(part)), {}) for part in (x, x[:3], x[2:])]
    assert compilations(lambda: compiled_together(several, "f", questions)) == 1
    for (state, got), (program, args, _) in zip(compiled_together(several, "f", questions), questions, strict=True):
        assert state == "ok"
        np.testing.assert_allclose(got, program(several, *args), rtol=1e-6)


def test_one_of_several_that_fails_or_looks_at_values_leaves_the_others_alone():
    picky = stubs(
        "def f(x):\n    if x.shape == (2,):\n        return x if x[0] > 0 else -x\n    return x @ jnp.ones(3)"
    )
    questions = [(call_stub, ("f", jax.device_put(X[:size])), {}) for size in (3, 2, 4, 3)]
    replies = compiled_together(picky, "f", questions)
    assert [state for state, _ in replies] == ["ok", "ok", "raised", "ok"]
    assert replies[2][1]["type"] == "TypeError"
    np.testing.assert_array_equal(replies[1][1], -X[:2])


def test_of_several_the_first_of_an_exercise_is_plain():
    names, _ = load([Cell("1", "SEEN = []\ndef f(x):\n    SEEN.append(type(x).__name__)\n    return x")], ["f"])
    question = (call_stub, ("f", jax.device_put(X)), {})
    compiled_together(Stubs(names, lambda: names), "f", [question, question])
    assert ["Tracer" in seen for seen in names["SEEN"]] == [False, True]


KEEPS = """
kept = {}
def f(x):
    if x.shape not in kept:
        kept[x.shape] = jnp.arange(x.size, dtype=x.dtype)
    return x + kept[x.shape]
"""


def test_a_tracer_that_is_kept_and_used_again_is_found():
    """`f` is right when it is run first, and wrong wherever it is traced first."""
    x = jax.device_put(X)
    np.testing.assert_allclose(call_stub(stubs(KEEPS), "f", x), 2 * X)
    with pytest.raises(jax.errors.UnexpectedTracerError):
        traced_before(stubs(KEEPS), call_stub, "f", x)


def test_a_tracer_is_found_where_the_program_compiles_the_stub_itself():
    """`jit` of one function runs its Python once a shape: the second trace would be none."""
    x = jax.device_put(X)
    with pytest.raises(jax.errors.UnexpectedTracerError):
        traced_before(stubs(KEEPS), call_jitted, "f", x)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(KEEPS.replace("jnp.arange", "np.arange"), id="kept as a NumPy array"),
        pytest.param("seen = []\ndef f(x):\n    seen.append(x)\n    return 2 * x", id="kept and not used"),
        pytest.param("def f(x):\n    return jax.device_put(np.asarray(x) * 2)", id="cannot be traced"),
    ],
)
def test_what_no_trace_needs_does_no_harm(source):
    x = jax.device_put(X)
    np.testing.assert_allclose(
        traced_before(stubs(source), call_stub, "f", x), call_stub(stubs(source), "f", x), rtol=1e-6
    )
