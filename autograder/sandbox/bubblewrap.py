"""The walls: the bubblewrap command line, every option with its reason."""

import os
import shutil
import site
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parents[1]

INSTALL_HINT = (
    "bubblewrap (bwrap) is needed to run student code safely. Install it: `apt-get install bubblewrap`, "
    "`dnf install bubblewrap` or `pacman -S bubblewrap`. To grade without any protection, on a machine where that "
    "does not matter, say --unsafe-no-sandbox; every result will carry a note of it."
)

# A compilation cache is to hold small programs too.
CACHE_ALL = {
    "JAX_PERSISTENT_CACHE_ENABLE_XLA_CACHES": "none",
    "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    "JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES": "-1",
}
# Where it can only be read, JAX need not make ready what it compiled, to find that it cannot be written.
CACHE_NOTHING = CACHE_ALL | {"JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "1e9"}


def why_unavailable() -> str | None:
    """Why bubblewrap cannot be used here, or None where it can."""
    if shutil.which("bwrap") is None:
        return INSTALL_HINT
    probe = [*command(Path(os.devnull), False, 1), "/bin/true"]
    try:
        subprocess.run(probe, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=20, check=True)
        return None
    except subprocess.CalledProcessError as error:
        said = error.stderr.strip()[:300]
    except subprocess.TimeoutExpired:
        said = "it does not come to an end."
    return (
        f"bubblewrap is installed and does not work here: {said} In a container, run it with "
        "seccomp, AppArmor and systempaths unconfined; elsewhere allow unprivileged user namespaces. "
        "Or say --unsafe-no-sandbox."
    )


def why_shown(folder: Path) -> str | None:
    """Why student code could read this folder in spite of the walls, or None where it cannot."""
    for shown in map(Path, _read_only_folders()):
        if shown.resolve() in (folder.resolve(), *folder.resolve().parents):
            return f"student code could read {folder}: the sandbox shows it all of {shown}. Move the course elsewhere"
    return None


def command(cache: Path, may_write_cache: bool, tmp_mb: int, gpu: bool = False) -> list[str]:
    """The bubblewrap command up to the program to run.

    Args:
        cache: the compilation cache, which holds native code: the reference writes it, students only read it.
        tmp_mb: size of the private /tmp.
        gpu: show the GPU, which is a large piece of driver to hide behind: only where the course races on it.
    """
    options = [
        "bwrap",
        "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
        "--as-pid-1",  # nothing between us and the runner; no signal from within can end it
        "--die-with-parent",  # a killed judge leaves nothing behind
        "--new-session",  # no typing into the judge's terminal
        "--clearenv",  # the judge's environment may hold secrets
        "--hostname", "sandbox",
    ]  # fmt: skip
    if os.getuid() == 0:
        # No user namespace: in one, root outside stays root to the kernel. The runner becomes an ordinary user.
        options += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        options += ["--unshare-user", "--uid", "65534", "--gid", "65534"]
    # A private /tmp of limited size is the only place to write. First, so that it hides no checkout that lies in /tmp.
    options += ["--perms", "1777", "--size", str(tmp_mb << 20), "--tmpfs", "/tmp"]
    folders = _read_only_folders()
    for parent in _parents([*folders, "/kit/autograder"]):
        options += ["--perms", "0755", "--dir", parent]  # bubblewrap's own choice, 0700, locks nobody out
    for folder in folders:
        options += ["--ro-bind", folder, folder]
    for link in ("/bin", "/lib", "/lib64", "/sbin"):
        if os.path.islink(link):
            options += ["--symlink", os.readlink(link), link]
        elif os.path.isdir(link):
            options += ["--ro-bind", link, link]
    options += ["--ro-bind", str(KIT), "/kit/autograder"]
    if cache.is_dir():
        options += ["--bind" if may_write_cache else "--ro-bind", str(cache), "/cache"]
    options += ["--proc", "/proc", "--dev", "/dev"]
    for node in _gpu_nodes() if gpu else ():
        options += ["--dev-bind", node, node]
    # /dev/shm would be another place to write, without a limit.
    options += ["--tmpfs", "/dev/shm", "--remount-ro", "/dev/shm", "--remount-ro", "/dev", "--remount-ro", "/"]
    options += ["--chdir", "/tmp"]
    for name, value in environment(cache.is_dir(), may_write_cache, gpu).items():
        options += ["--setenv", name, value]
    return options


def environment(with_cache: bool, may_write_cache: bool = False, gpu: bool = False) -> dict[str, str]:
    """The whole environment of student code."""
    names = {
        "PATH": "/usr/bin:/bin",
        "HOME": "/tmp",
        "LANG": "C.UTF-8",
        "PYTHONPATH": "/kit",
        "PYTHONDONTWRITEBYTECODE": "1",
        "JAX_PLATFORMS": "cpu",
        "MPLBACKEND": "agg",
    }
    if with_cache:
        names |= {"JAX_COMPILATION_CACHE_DIR": "/cache", **(CACHE_ALL if may_write_cache else CACHE_NOTHING)}
    if gpu:
        # Two processes share the device: neither may take all of its memory, as JAX does by default.
        names |= {"XLA_PYTHON_CLIENT_PREALLOCATE": "false", "XLA_PYTHON_CLIENT_MEM_FRACTION": "0.4"}
        if "LD_LIBRARY_PATH" in os.environ:  # the driver's
            names["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]
    return names


def python() -> list[str]:
    """The interpreter and the flags that keep it to the packages of this environment."""
    return [sys.executable, "-P", "-s", "-m", "autograder.sandbox.runner"]


def _gpu_nodes() -> list[str]:
    """What a CUDA program opens in /dev."""
    nodes = [*Path("/dev").glob("nvidia[0-9]*"), Path("/dev/nvidiactl"), Path("/dev/nvidia-uvm")]
    return [str(node) for node in nodes if node.exists()]


def _parents(paths: list[str]) -> list[str]:
    """The folders above the paths that do not exist yet, outermost first."""
    above = {str(parent) for path in paths for parent in Path(path).parents} - {"/", "/tmp"}
    return sorted(above, key=lambda parent: parent.count("/"))


def _read_only_folders() -> list[str]:
    """The system and this Python environment, and of the latter no more than the interpreter and its packages."""
    folders = ["/usr", "/etc/ld.so.cache", "/etc/alternatives"]
    for prefix in {sys.prefix, sys.base_prefix}:
        folders += [f"{prefix}/{part}" for part in ("bin", "lib", "lib64", "pyvenv.cfg")]
    folders += site.getsitepackages()
    present = [folder for folder in dict.fromkeys(folders) if os.path.exists(folder)]
    return [f for f in present if not any(f != other and f.startswith(other + "/") for other in present)]
