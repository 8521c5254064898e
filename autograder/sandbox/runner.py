"""The process inside the sandbox: a warm parent that forks, and the children that answer the judge.

Requests are pickles, since the judge is trusted; replies are wire frames. Everything above `serve` runs
before the student's code and closes doors behind it.
"""

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import traceback
import types
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO


def drop_privileges(user: int) -> None:
    """Become an ordinary user: as root, bubblewrap makes no user namespace, and uid 0 must not stay uid 0."""
    if os.getuid() != user and os.getuid() == 0:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def close_to_siblings() -> None:
    """Die with the parent; be no target for others of the same user."""
    set_parent_death_signal, set_dumpable = 1, 4
    libc = ctypes.CDLL(None)
    # A change of user clears the parent-death signal; without it a killed judge leaves us behind.
    libc.prctl(set_parent_death_signal, signal.SIGKILL)
    libc.prctl(set_dumpable, 0)


def limit(limits: list[int], *, gpu: bool) -> None:
    """Set the kernel's limits of this process. On a GPU far more addresses are taken than memory."""
    memory_mb, cpu_seconds, threads, file_mb = limits
    for what, most in (
        (resource.RLIMIT_DATA if gpu else resource.RLIMIT_AS, memory_mb << 20),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_NPROC, threads),
        (resource.RLIMIT_FSIZE, file_mb << 20),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def silence(*descriptors: int) -> None:
    """Point standard streams at /dev/null."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(null, descriptor)


def read_frame(stream: BinaryIO) -> tuple[int, bytes]:
    """The number and the bytes of a request; ends the process at the end of the stream."""
    prefix = stream.read(16)
    if len(prefix) < 16:
        os._exit(0)
    length, number = struct.unpack("<QQ", prefix)
    return number, stream.read(length)


def compile_fast() -> None:
    """Have XLA compile in about a quarter of the time, into slower programs that compute the same.

    Only before the backend starts: after that, the flags are not read. What runs long enough for the slower programs to
    cost more than that saves is marked `runs_long`.
    """
    from jaxlib.version import __version_info__

    flags = ["xla_backend_optimization_level=0", "xla_cpu_parallel_codegen_split_count=1"]
    # jaxlib 0.11.1 dropped this one, and XLA ends a process that sets a flag it does not know.
    if __version_info__ < (0, 11, 1):
        flags.append("xla_cpu_use_fusion_emitters=false")
    os.environ["XLA_FLAGS"] = " ".join(f"--{flag}" for flag in flags)


def open_gpu() -> None:
    """Have JAX compute on the GPU, or say why it cannot."""
    from autograder.device import start_gpu

    try:
        start_gpu()
    except RuntimeError as error:
        reason = str(error)[:300]
        print(f"`course.yml` says `device: gpu`, and JAX can use none here. {reason}", file=sys.stderr, flush=True)
        os._exit(4)


def leave_plugins_alone() -> None:
    """Have JAX load no plugin: where one for GPUs is installed, it takes seconds and gigabytes of addresses.

    JAX loads them whatever platform is asked for, and has no public way to say no: where its function is gone, nothing
    changes.
    """
    from jax._src import xla_bridge

    if hasattr(xla_bridge, "discover_pjrt_plugins"):
        xla_bridge.discover_pjrt_plugins = lambda: None


def share_one_context() -> None:
    """Have JAX lower all programs in one MLIR context.

    JAX makes one a program, a fifth of what an operation that runs by itself costs. It has no public way to say so:
    where its function is gone, nothing changes.
    """
    from jax._src.interpreters import mlir

    with contextlib.suppress(AttributeError):
        context = mlir.make_ir_context()
        mlir.make_ir_context = lambda: context


def serve(connection: socket.socket) -> None:
    """Answer requests until the judge closes the connection."""
    from autograder import wire
    from autograder.notebook.cells import Cell
    from autograder.notebook.load import load, load_copy
    from autograder.program import Host

    requests = connection.makefile("rb")
    host = Host({})
    while True:
        number, data = read_frame(requests)
        request: Any = pickle.loads(data)
        match request:
            case ("checks", name, source):
                module = types.ModuleType(name)
                sys.modules[name] = module
                exec(compile(source, f"{name}.py", "exec"), vars(module))
                frame = wire.encode(("ok", None))
            case ("load", cells, stubs):
                code = [Cell(*cell) for cell in cells], stubs
                names, failures = load(*code)
                host = Host(names, partial(load_copy, *code))
                frame = wire.encode(("ok", failures))
            case ("run", program, args, kwargs):
                frame = host.reply(program, args, kwargs)
            case _:
                os._exit(3)
        connection.sendall(struct.pack("<QQ", len(frame), number) + frame)


def be_a_child(connection: socket.socket, limits: list[int], backend: str, *, trusted: bool) -> None:
    """What a fork does: close the doors, greet, serve. Never returns."""
    from autograder.sandbox import seccomp

    try:
        close_to_siblings()
        limit(limits, gpu=backend == "gpu")
        if backend == "gpu":
            open_gpu()  # CUDA starts with calls that are refused from the next line on
        else:
            leave_plugins_alone()
        seccomp.install()
        silence(0)
        if not trusted:
            silence(2)  # what student code writes could fill the machine's memory
        if backend == "fast":
            compile_fast()
        connection.sendall(b"h")
        serve(connection)
    except BaseException:
        traceback.print_exc()  # into the void, once a student's code can say something
    finally:
        os._exit(4)


def make_ready(imports: str) -> None:
    """Run import statements, one a line, that the children to come have in common.

    What cannot be imported here cannot be there, where it is said.
    """
    for statement in imports.splitlines():
        with contextlib.suppress(Exception):
            exec(statement, {})
    # Pages that no collection of a child's garbage looks at stay shared: 7 to 18 % of a child's CPU time.
    gc.collect()
    gc.freeze()


def clear(folder: Path, keep: set[Path]) -> None:
    """Leave nothing of one submission to the next; what was there at the start is not its own."""
    for path in set(folder.iterdir()) - keep:
        if path.is_dir() and not path.is_symlink():
            unlock(path)
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    if set(folder.iterdir()) != keep:
        raise SystemExit("a submission left files that cannot be removed")


def unlock(folder: Path) -> None:
    """Let us into a folder and all that are in it: a submission may have locked them."""
    folder.chmod(0o700)
    for parent, names, _ in os.walk(folder):  # from the top, so that each is open before it is entered
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink():
                path.chmod(0o700)


def end_of(pid: int, control: socket.socket) -> tuple[int, float]:
    """Wait for the child to end. Returns its exit status and its CPU seconds.

    Where the judge ends before, all that is here ends.

    The parent-death signal does not do it: as root, bubblewrap has given all rights away and may not signal us.
    """
    with contextlib.suppress(OSError):  # Linux has it since 5.3
        child = os.pidfd_open(pid)
        ended, _, _ = select.select([child, control.fileno()], [], [])
        os.close(child)
        if child not in ended:
            os.kill(pid, signal.SIGKILL)
            raise SystemExit("the judge is gone")
    _, status, used = os.wait4(pid, 0)
    return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime


def main() -> None:
    """Import JAX, then fork a child for every connection that the judge sends, one at a time.

    With the connection come the number of the child's backend and what else is to be imported before.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python's handler lets a child end us, who are pid 1 to it
    user, trusted, *limits = map(int, sys.argv[1:])
    drop_privileges(user)
    close_to_siblings()
    control = socket.socket(fileno=os.dup(0))
    silence(0)
    import jax  # noqa: F401

    import autograder.checks.probes
    import autograder.notebook.load  # noqa: F401
    from autograder.device import BACKENDS
    from autograder.memory import keep_freed_memory

    keep_freed_memory()
    share_one_context()
    ready: set[str] = set()
    temporary = Path("/tmp")
    at_start = set(temporary.iterdir())
    control.sendall(b"r")
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
        if not message:
            return
        backend, imports = BACKENDS[message[0]], message[1:].decode()
        if imports not in ready:
            make_ready(imports)
            ready.add(imports)
        connection = socket.socket(fileno=descriptors[0])
        pid = os.fork()
        if pid == 0:
            control.close()
            be_a_child(connection, limits, backend, trusted=bool(trusted))
        connection.close()
        control.sendall(struct.pack("<id", *end_of(pid, control)))
        # After the verdict on the child is out: where clearing fails, we end, and another parent takes our place.
        if Path("/kit").exists():  # only behind the walls is /tmp ours alone
            clear(temporary, at_start)


if __name__ == "__main__":
    main()
