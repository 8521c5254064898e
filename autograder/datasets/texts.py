"""Texts for the character language model."""

from pathlib import Path

from autograder.datasets.download import fetch
from autograder.datasets.manifest import manifest

INSTEAD = "Without a network use `text('python')` or `text('abcd')`, or `text('a/file/of/yours.txt')`."


def text(name_or_path: str | Path = "python") -> str:
    """A text by name, or any UTF-8 file.

    - "python" (offline): the Python language reference inside CPython; it differs by Python version
    - "abcd" (offline): that pattern, 250 times
    - "metamorphosis", "shakespeare": downloaded once into the cache
    """
    loaders = {"python": _python, "abcd": lambda: "abcd" * 250}
    name = str(name_or_path)
    if name in loaders:
        return loaders[name]()
    if name in ("metamorphosis", "shakespeare"):
        entry = manifest()[name]
        return _read(fetch(entry, entry.files[0].name, INSTEAD))
    path = Path(name_or_path).expanduser()
    if not path.is_file():
        raise FileNotFoundError(
            f"there is no text {name!r}: use 'python', 'abcd', 'metamorphosis', 'shakespeare', or the path of a file"
        )
    return _read(path)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _python() -> str:
    from pydoc_data.topics import topics

    return "\n\n".join(topics[name].strip() for name in sorted(topics)) + "\n"
