"""Probes: programs that look at how the student's code is built. They run in the student's process.

A student who patches JAX can lie to them (docs/security.md).
"""

import re
from collections import Counter
from typing import Any

import jax
import numpy as np

from autograder.program import Stubs


def jitted(stubs: Stubs, stub: str, static_argnums: tuple[int, ...] = ()) -> Any:
    """The stub, compiled: an object to be called."""
    return jax.jit(getattr(stubs, stub), static_argnums=static_argnums)


def call_jitted(stubs: Stubs, stub: str, *args: Any, static_argnums: tuple[int, ...] = ()) -> Any:
    """One call of the stub under `jit`."""
    return jitted(stubs, stub, static_argnums)(*args)


def gradient(stubs: Stubs, stub: str, args: tuple, wrt: tuple[int, ...]) -> Any:
    """The gradient, by these arguments, of the sum of squares of the stub's result, of the first one of a tuple."""

    def loss(*args: Any) -> jax.Array:
        result = getattr(stubs, stub)(*args)
        return jax.numpy.square(result[0] if isinstance(result, tuple) else result).sum()

    return jax.grad(loss, wrt)(*args)


def first_call(stubs: Stubs, program: Any, *args: Any) -> None:
    """`program(stubs, *args)`, compiled anew and run; what is neither an array nor a tree of arrays is static."""
    jax.block_until_ready(_jitted(stubs, program, args)(*args))


def count_traces(stubs: Stubs, stub: str, argument_sets: list, static_argnums: tuple[int, ...] = ()) -> int:
    """How often the stub's Python runs when it is compiled once and called with each set of arguments."""
    runs = 0
    function = getattr(stubs, stub)

    def counted(*args: Any) -> Any:
        nonlocal runs
        runs += 1
        return function(*args)

    compiled = jax.jit(counted, static_argnums=static_argnums)
    for args in argument_sets:
        compiled(*args)
    return runs


def program_size(stubs: Stubs, program: Any, *args: Any) -> int:
    """Number of StableHLO operations of `program(stubs, *args)`, lowered and not compiled.

    What is neither an array nor a tree of arrays is static.

    An unrolled loop shows here, `scan(unroll=True)` too, which does not show in the jaxpr.
    """
    return sum(_operations(_lowered(_trace(stubs, program, args))).values())


def loop_steps(stubs: Stubs, program: Any, *args: Any) -> int:
    """How many steps of loops `program(stubs, *args)` takes one after another, as far as tracing tells."""
    return _steps(_trace(stubs, program, args).jaxpr.jaxpr)


def array_sizes(stubs: Stubs, program: Any, *args: Any) -> list[int]:
    """How many entries the arrays have that `program(stubs, *args)` makes on its way, in its loops too."""
    return sorted(_sizes(_trace(stubs, program, args).jaxpr.jaxpr))


def operation_counts(stubs: Stubs, program: Any, *args: Any) -> dict[str, int]:
    """StableHLO operations of `program(stubs, *args)` by name, e.g. {"stablehlo.dot_general": 1}."""
    return dict(_operations(_lowered(jax.jit(lambda *a: program(stubs, *a)).trace(*args))))


def temporary_bytes(stubs: Stubs, program: Any, *args: Any) -> int:
    """Bytes of temporaries that the compiled `program(stubs, *args)` asks for."""
    analysis = jax.jit(lambda *a: program(stubs, *a)).lower(*args).compile().memory_analysis()
    if analysis is None:
        raise NotImplementedError("this backend has no memory analysis")
    return int(analysis.temp_size_in_bytes)


def compilations(_: Stubs, function: Any, *args: Any) -> int:
    """How many programs `function(*args)` compiles when it is called a third time."""
    found = 0

    def count(event: str, duration_secs: float, **_: Any) -> None:  # noqa: ARG001  (JAX names the arguments)
        nonlocal found
        found += event.endswith("backend_compile_duration")

    # The second call may meet a state that the first one left in another form.
    for _turn in range(2):
        jax.block_until_ready(function(*args))
    jax.monitoring.register_event_duration_secs_listener(count)
    try:
        jax.block_until_ready(function(*args))
    finally:
        jax.monitoring.unregister_event_duration_listener(count)
    return found


def cost(_: Stubs, function: Any, *args: Any) -> dict[str, int]:
    """What a call of `function` costs that needs neither a clock nor a compiler; empty where JAX cannot trace it.

    The `operations` of its program, how many of them are `callbacks` to Python, and the `steps` of its loops.
    """
    try:
        traced = jax.jit(lambda *a: function(*a)).trace(*args)
    except jax.errors.JAXTypeError:  # it looks at values: not to be traced
        return {}
    lowered = _lowered(traced)
    return {
        "operations": sum(_operations(lowered).values()),
        "callbacks": len(re.findall(r"python_\w+_callback", lowered.as_text())),
        "steps": _steps(traced.jaxpr.jaxpr),
    }


def temporaries(stubs: Stubs, function: Any, *args: Any) -> int:
    """Bytes of temporaries that a call of `function` asks for, compiled as a whole."""
    return temporary_bytes(stubs, lambda _, *a: function(*a), *args)


def reused_key(stubs: Stubs, program: Any, *args: Any) -> str:
    """What JAX's key-reuse checker says of `program(stubs, *args)`; empty where it finds nothing.

    It refuses some legitimate programs (loops over keys, stacked keys), so its word counts where a run bears it out.
    """
    from jax.errors import KeyReuseError

    try:
        with jax.debug_key_reuse(True):
            program(stubs, *args)
    except KeyReuseError as error:
        return str(error)[:300] if _consumes_twice(stubs, program, args) else ""
    return ""


def _consumes_twice(stubs: Stubs, program: Any, args: tuple) -> bool:
    """Whether `program(stubs, *args)`, run with keys that count, splits or draws from one more than once."""
    from jax.extend.random import define_prng_impl

    consumed: Counter = Counter()

    def usual(words: Any) -> Any:
        return jax.random.wrap_key_data(words, impl="threefry2x32")

    def count(words: Any) -> None:
        jax.debug.callback(lambda key: consumed.update([key.tobytes()]), words)

    def split(words: Any, shape: tuple) -> Any:
        count(words)
        return jax.random.key_data(jax.random.split(usual(words), shape))

    def random_bits(words: Any, bit_width: int, shape: tuple) -> Any:
        count(words)
        return jax.random.bits(usual(words), shape, f"uint{bit_width}")

    counting = define_prng_impl(
        key_shape=(2,),
        seed=lambda seed: jax.random.key_data(jax.random.key(seed, impl="threefry2x32")),
        split=split,
        random_bits=random_bits,
        fold_in=lambda words, data: jax.random.key_data(jax.random.fold_in(usual(words), data)),
    )

    def counted(leaf: Any) -> Any:
        is_key = isinstance(leaf, jax.Array) and jax.dtypes.issubdtype(leaf.dtype, jax.dtypes.prng_key)
        return jax.random.wrap_key_data(jax.random.key_data(leaf), impl=counting) if is_key else leaf

    try:
        jax.block_until_ready(program(stubs, *jax.tree.map(counted, args)))
    except Exception:  # it mixes them with keys of JAX's own kind
        return False
    jax.effects_barrier()
    return max(consumed.values(), default=0) > 1


def _trace(stubs: Stubs, program: Any, args: tuple) -> Any:
    return _jitted(stubs, program, args).trace(*args)


def _jitted(stubs: Stubs, program: Any, args: tuple) -> Any:
    static = tuple(i for i, a in enumerate(args) if not isinstance(a, jax.Array | np.ndarray | dict | list | tuple))
    return jax.jit(lambda *a: program(stubs, *a), static_argnums=static)


def _lowered(traced: Any) -> Any:
    """Lowered for the CPU, wherever it runs: random draws have more operations on a GPU, and limits are the same."""
    return traced.lower(lowering_platforms=("cpu",))


def _operations(lowered: Any) -> Counter:
    counts: Counter = Counter()

    def visit(operation: Any) -> None:
        counts[operation.name] += 1
        for region in operation.regions:
            for block in region:
                for inner in block:
                    visit(inner.operation)

    visit(lowered.compiler_ir("stablehlo").operation)
    return counts


def _steps(jaxpr: Any) -> int:
    """A scan takes its length, times what each step takes; a `while` says nothing of its turns, and counts as one."""
    total = 0
    for equation in jaxpr.eqns:
        inside = sum(map(_steps, _inner(equation)))
        if equation.primitive.name in ("scan", "while"):
            inside = equation.params.get("length", 1) * max(1, inside)
        total += inside
    return total


def _sizes(jaxpr: Any) -> set[int]:
    sizes = {getattr(variable.aval, "size", 0) for equation in jaxpr.eqns for variable in equation.outvars}
    return sizes.union(*(_sizes(inner) for equation in jaxpr.eqns for inner in _inner(equation)))


def _inner(equation: Any) -> list[Any]:
    """The programs inside an operation."""
    leaves = jax.tree.leaves(equation.params, is_leaf=lambda x: hasattr(x, "jaxpr") or hasattr(x, "eqns"))
    return [inner for inner in (getattr(leaf, "jaxpr", leaf) for leaf in leaves) if hasattr(inner, "eqns")]
