"""Downloads: cached, checksummed, resumed where they broke off, and never half a file under its own name."""

import contextlib
import hashlib
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path

from tqdm import tqdm

from autograder.datasets.manifest import Entry, File

CHUNK = 1 << 16
TIMEOUT = 20.0
ATTEMPTS = 3


class DatasetUnavailable(OSError):
    """A data set that is neither here nor to be had; the message says what to use instead."""


def cache_folder() -> Path:
    """Where downloads are kept: `JAXERCISE_CACHE`, or `jaxercise` in the user's cache folder."""
    chosen = os.environ.get("JAXERCISE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "jaxercise"


def fetch(entry: Entry, name: str, instead: str) -> Path:
    """The path of a file of `entry`, downloaded first where it is missing or spoilt.

    Args:
        instead: what works without a network, for the message of `DatasetUnavailable`.
    """
    file = entry.file(name)
    path = cache_folder() / entry.name / file.name
    if path.exists() and is_intact(path, file):
        return path
    problems = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            for mirror in entry.mirrors:
                if path.exists() and is_intact(path, file):  # another process was faster
                    return path
                problem = _try_mirror(mirror + file.name, path, file)
                if problem is None:
                    return path
                problems.append(f"{mirror}: {problem}")
    except OSError as error:
        problems.append(str(error))
    raise DatasetUnavailable(
        f"{file.name} of the data set {entry.name!r} cannot be had. {instead}\n"
        f"If you have the file, put it at {path}. What was tried:\n  " + "\n  ".join(problems)
    )


def is_intact(path: Path, file: File) -> bool:
    """Whether the file at `path` has the size and checksum of the manifest."""
    if path.stat().st_size != file.bytes:
        return False
    return hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256


def _try_mirror(url: str, path: Path, file: File) -> str | None:
    """Download, going on where the connection broke. Returns None, or why it did not work."""
    part = path.with_name(path.name + ".part")
    problem = None
    for _ in range(ATTEMPTS):
        before = part.stat().st_size if part.exists() else 0
        try:
            _download(url, part, file)
            if is_intact(part, file):
                os.replace(part, path)
                return None
            part.unlink()
            problem = "what came has another SHA-256 than the manifest"
            if before == 0:
                return problem
        except (OSError, HTTPException) as error:
            problem = _text(error)
            if isinstance(error, urllib.error.HTTPError) and error.code != 416:
                return problem
            if not part.exists() or part.stat().st_size <= before:
                return problem
    return problem


def _download(url: str, part: Path, file: File) -> None:
    """Add to `part` until it is whole."""
    have = part.stat().st_size if part.exists() else 0
    if have == file.bytes:
        return
    if have > file.bytes:
        part.unlink()
        have = 0
    request = urllib.request.Request(url, headers={"Range": f"bytes={have}-"} if have else {})
    with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
        if not (response.status == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")):
            have = 0  # a server that always sends the whole file
        with (
            part.open("ab" if have else "wb") as out,
            tqdm(total=file.bytes, initial=have, unit="B", unit_scale=True, desc=file.name, delay=1) as bar,
        ):
            while chunk := response.read(min(CHUNK, file.bytes + 1 - have)):
                out.write(chunk)
                have += len(chunk)
                bar.update(len(chunk))
    if have < file.bytes:
        raise ConnectionError(f"the connection broke after {have} of {file.bytes} bytes; the next try goes on there")


def _text(error: BaseException) -> str:
    reason = getattr(error, "reason", None)
    return f"{type(error).__name__}: {reason or error}"


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the file's lock, where the system has such locks, so that two notebooks do not write one file."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.with_name(path.name + ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
