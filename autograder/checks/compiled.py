"""Running a program compiled as a whole: what it returns, for one compilation in place of one an operation.

Most of what judging costs is XLA compiling: code that runs an operation at a time compiles each of them, for each
shape. Values do not depend on that, so `agree` runs programs this way.
"""

from collections.abc import Callable
from typing import Any

import jax
from jax.extend.core import jaxpr_as_fun

from autograder.program import Stubs, loaded_again, ran_before

# A loop that is written out repeats its operations: those compile once each where they run one at a time.
MOST_OPERATIONS = 200
# So few entries are handed over as constants: XLA computes a program of constants while it compiles, in place of
# generating code for it, which takes a third of the time.
MOST_CONSTANTS = 4096


class NotWhole(Exception):
    """The program cannot be compiled as a whole, or is better not."""


def compiled(stubs: Stubs, exercise: str, program: Callable, *args: Any, **kwargs: Any) -> Any:
    """Run `program(stubs, *args, **kwargs)` compiled as a whole where that works, and plainly where it does not.

    What is compiled is a copy of the student's code, loaded for this alone: a tracer that it keeps, in a cache of its
    own say, is not there when it runs plainly. In a student's own process there is no copy, and all runs plainly.
    The first run in each exercise is plain: an answer that is right only while traced fails the gate of all checks.
    """
    copy = loaded_again(stubs) if ran_before(stubs, exercise) else None
    if copy is not None:
        try:
            return whole(program, copy, args, kwargs)
        except Exception:
            pass  # the plain run says what is wrong, or that nothing is
    return program(stubs, *args, **kwargs)


def whole(program: Callable, stubs: Stubs, args: tuple, kwargs: dict[str, Any]) -> Any:
    """`program(stubs, *args, **kwargs)` as one compiled function of the JAX arrays among the arguments.

    Raises `NotWhole`, or what JAX raises, where that could not be told to mean the same.
    """
    leaves, tree = jax.tree.flatten((args, kwargs))
    places = [i for i, leaf in enumerate(leaves) if isinstance(leaf, jax.Array)]

    def of_arrays(*arrays: jax.Array) -> Any:
        mixed = list(leaves)
        for place, array in zip(places, arrays, strict=True):
            mixed[place] = array
        given, named = jax.tree.unflatten(tree, mixed)
        result = program(stubs, *given, **named)
        # JAX would make arrays of NumPy's and of numbers, and hide a dtype that is wrong.
        if not all(isinstance(leaf, jax.Array) for leaf in jax.tree.leaves(result)):
            raise NotWhole
        return result

    arrays = [leaves[place] for place in places]
    traced = jax.jit(of_arrays).trace(*arrays)
    if len(traced.jaxpr.eqns) > MOST_OPERATIONS:
        raise NotWhole
    if sum(array.size for array in arrays) > MOST_CONSTANTS:
        return traced.lower().compile()(*arrays)
    values = jax.jit(lambda: jaxpr_as_fun(traced.jaxpr)(*arrays)).lower().compile()()
    return jax.tree.unflatten(jax.tree.structure(traced.out_info), values)
