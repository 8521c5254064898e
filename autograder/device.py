"""Devices: where programs run, and how they are compiled there.

Judging runs on the CPU whatever else is there, and so does the self-check, but for what runs long: values, speed and
the wait for them are the same everywhere. Where `course.yml` says `device: gpu`, races that hold on a GPU run there.
"""

import contextlib
import socket
import time
from collections.abc import Iterator
from typing import Literal, get_args

Device = Literal["cpu", "gpu"]
# "fast" is the CPU with programs that are compiled fast; "cpu" and "gpu" compile as JAX does by default.
Backend = Literal["fast", "cpu", "gpu"]
# In the order in which a submission goes through them.
BACKENDS: tuple[Backend, ...] = get_args(Backend)

POLL_SECONDS = 0.02


def has(device: Device) -> bool:
    """Whether JAX can use one here."""
    import jax

    try:
        return bool(jax.local_devices(backend=device))
    except RuntimeError:
        return False


def start_gpu() -> None:
    """Have this process, which has not used JAX yet, compute on the GPU. Raises `RuntimeError` where it cannot."""
    import jax

    jax.config.update("jax_platforms", "cuda,cpu")
    jax.config.update("jax_default_matmul_precision", "highest")
    jax.local_devices(backend="gpu")


@contextlib.contextmanager
def on(device: Device | None) -> Iterator[None]:
    """Compute on this device while the block runs, if it is there; otherwise on the default one.

    Products of float32 matrices are that: by default an accelerator rounds their factors to ten or seven bits.
    """
    import jax

    default = jax.default_backend()
    where = device if device is not None and has(device) else default
    with contextlib.ExitStack() as stack:
        if where != default:
            stack.enter_context(jax.default_device(jax.local_devices(backend=where)[0]))
        if where != "cpu":  # there nothing that a notebook has compiled should be compiled again
            stack.enter_context(jax.default_matmul_precision("highest"))
        yield


@contextlib.contextmanager
def compiling_fast() -> Iterator[None]:
    """Have XLA compile in a fraction of the time, into slower programs that compute the same, while the block runs."""
    import jax

    name = "jax_disable_most_optimizations"
    before = jax.config.read(name)
    jax.config.update(name, True)
    try:
        yield
    finally:
        jax.config.update(name, before)


@contextlib.contextmanager
def the_gpu() -> Iterator[None]:
    """Have the GPU for oneself: wait until no other judge on this machine holds it, then hold it.

    Held by the name of an abstract socket: the kernel lets it go whatever becomes of the judge.
    """
    with socket.socket(socket.AF_UNIX) as name:
        while True:
            try:
                name.bind("\0jaxercise-gpu")
                break
            except OSError:
                time.sleep(POLL_SECONDS)
        yield
