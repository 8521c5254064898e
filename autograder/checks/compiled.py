"""Running a program compiled as a whole: what it returns, for one compilation in place of one an operation.

Most of what judging costs is XLA compiling: code that runs an operation at a time compiles each of them, for each
shape. Values do not depend on that, so `agree` runs programs this way.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import jax
from jax.extend.core import jaxpr_as_fun

from autograder.program import Stubs, loaded_again, outcome, ran_before, strangers

# A loop that is written out repeats its operations: those compile once each where they run one at a time.
MOST_OPERATIONS = 200
# So few entries are handed over as constants: XLA computes a program of constants while it compiles, in place of
# generating code for it, which takes a third of the time.
MOST_CONSTANTS = 4096

# A program and its arguments after the stubs.
Question = tuple[Callable, tuple, dict[str, Any]]


class NotWhole(Exception):
    """The program cannot be compiled as a whole, or is better not."""


def compiled(stubs: Stubs, stub: str, program: Callable, *args: Any, **kwargs: Any) -> Any:
    """Run `program(stubs, *args, **kwargs)` compiled as a whole where that works, and plainly where it does not.

    What is compiled is a copy of the student's code, loaded for this alone: a tracer that it keeps, in a cache of its
    own say, is not there when it runs plainly. In a student's own process there is no copy, and all runs plainly.
    The first run in each exercise is plain: an answer that is right only while traced fails the gate of all checks.
    """
    copy = loaded_again(stubs) if ran_before(stubs, stub) else None
    if copy is not None:
        try:
            return run_together([trace(program, copy, args, kwargs)])[0]
        except Exception:
            pass  # the plain run says what is wrong, or that nothing is
    return program(stubs, *args, **kwargs)


def compiled_together(stubs: Stubs, stub: str, questions: list[Question]) -> list[tuple[str, Any]]:
    """What `compiled` does with each question, `("ok", result)` or `("raised", description)`, for one compilation."""

    def plain(program: Callable, args: tuple, kwargs: dict[str, Any]) -> tuple[str, Any]:
        return outcome(partial(program, stubs, *args, **kwargs))

    if questions and not ran_before(stubs, stub):
        return [plain(*questions[0]), *compiled_together(stubs, stub, questions[1:])]
    results = {}
    copy = loaded_again(stubs)
    if copy is not None:
        wholes = {}
        for number, (program, args, kwargs) in enumerate(questions):
            with contextlib.suppress(Exception):
                wholes[number] = trace(program, copy, args, kwargs)
        with contextlib.suppress(Exception):
            results = dict(zip(wholes, run_together(list(wholes.values())), strict=True))
    return [("ok", results[n]) if n in results else plain(*question) for n, question in enumerate(questions)]


@dataclass(frozen=True)
class Whole:
    """A program that was traced as a function of the arrays among its arguments, and those arrays."""

    traced: Any
    arrays: list[jax.Array]

    @property
    def small(self) -> bool:
        """Whether the arrays may be constants of the compiled program."""
        return sum(array.size for array in self.arrays) <= MOST_CONSTANTS


def trace(program: Callable, stubs: Stubs, args: tuple, kwargs: dict[str, Any]) -> Whole:
    """Trace `program(stubs, *args, **kwargs)`.

    Raises `NotWhole`, or what JAX raises, where that could not be told to mean the same.
    """
    of_arrays, arrays = _of_arrays(program, stubs, args, kwargs)

    def all_arrays(*arrays: jax.Array) -> Any:
        result = of_arrays(*arrays)
        # JAX would make arrays of NumPy's and of numbers, and hide a dtype that is wrong.
        if not all(isinstance(leaf, jax.Array) for leaf in jax.tree.leaves(result)):
            raise NotWhole
        return result

    traced = jax.jit(all_arrays).trace(*arrays)
    if len(traced.jaxpr.eqns) > MOST_OPERATIONS:
        raise NotWhole
    return Whole(traced, arrays)


def traced_before(stubs: Stubs, program: Callable, *args: Any, **kwargs: Any) -> Any:
    """Run `program(stubs, *args, **kwargs)` after it was traced once.

    What a trace leaves behind, in a cache say, must not be in the way of the next.
    """
    of_arrays, arrays = _of_arrays(program, strangers(stubs), args, kwargs)
    with contextlib.suppress(Exception):
        jax.eval_shape(of_arrays, *arrays)
    return program(stubs, *args, **kwargs)


def _of_arrays(program: Callable, stubs: Stubs, args: tuple, kwargs: dict[str, Any]) -> tuple[Callable, list]:
    """`program(stubs, *args, **kwargs)` as a function of the arrays among its arguments, and those arrays."""
    leaves, tree = jax.tree.flatten((args, kwargs))
    places = [i for i, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)]

    def of_arrays(*arrays: jax.Array) -> Any:
        mixed = list(leaves)
        for place, array in zip(places, arrays, strict=True):
            mixed[place] = array
        given, named = jax.tree.unflatten(tree, mixed)
        return program(stubs, *given, **named)

    return of_arrays, [leaves[place] for place in places]


def run_together(wholes: list[Whole]) -> list[Any]:
    """What the programs return, compiled as one."""
    if not wholes:
        return []

    def of_large(large: list[list[jax.Array]]) -> list[Any]:
        given = iter(large)
        return [jaxpr_as_fun(w.traced.jaxpr)(*(w.arrays if w.small else next(given))) for w in wholes]

    large = [whole.arrays for whole in wholes if not whole.small]
    values = jax.jit(of_large).lower(large).compile()(large)
    trees = (jax.tree.structure(whole.traced.out_info) for whole in wholes)
    return [jax.tree.unflatten(tree, leaves) for tree, leaves in zip(trees, values, strict=True)]
