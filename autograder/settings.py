"""Settings of JAX and NumPy that hold for a whole process.

A notebook's line that changes one is no part of a stub, so the judge never runs it. A self-check, in the notebook's
own process, sets aside what such lines did, so that both say the same.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

# Those that change values, dtypes, traces or whether an exception is raised, as JAX comes.
OF_JAX: dict[str, Any] = {
    "jax_check_tracer_leaks": False,
    "jax_debug_infs": False,
    "jax_debug_key_reuse": False,
    "jax_debug_nans": False,
    "jax_default_matmul_precision": None,
    "jax_default_prng_impl": "threefry2x32",
    "jax_disable_jit": False,
    "jax_enable_x64": False,
    "jax_legacy_prng_key": "allow",
    "jax_numpy_dtype_promotion": "standard",
    "jax_numpy_rank_promotion": "allow",
    "jax_threefry_partitionable": True,
    "jax_transfer_guard": None,
}


def changed() -> dict[str, Any]:
    """JAX's settings that are not as it comes, with what they are."""
    import jax

    now = {name: getattr(jax.config, name) for name in OF_JAX}
    return {name: value for name, value in now.items() if value != OF_JAX[name]}


@contextlib.contextmanager
def as_it_comes() -> Iterator[None]:
    """Have JAX and NumPy as they come while the block runs."""
    import jax

    before = changed()
    try:
        for name in before:
            jax.config.update(name, OF_JAX[name])
        with np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"):
            yield
    finally:
        for name, value in before.items():
            jax.config.update(name, value)
