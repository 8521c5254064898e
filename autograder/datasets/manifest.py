"""`manifest.yml`: where each data set comes from, and the checksums that prove it arrived whole."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import yaml


@dataclass(frozen=True)
class File:
    """One file of a data set."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One data set. Its files lie below each of `mirrors`, or are bundled with the package."""

    name: str
    about: str
    source: str
    license: str
    files: tuple[File, ...] = ()
    mirrors: tuple[str, ...] = ()
    bundled: bool = False
    made_with: str = ""

    def file(self, name: str) -> File:
        """Its file of that name."""
        return next(file for file in self.files if file.name == name)


@cache
def manifest() -> dict[str, Entry]:
    """All data sets by name."""
    raw = yaml.safe_load((resources.files("autograder.datasets") / "manifest.yml").read_text("utf-8"))
    return {name: _entry(name, fields) for name, fields in raw.items()}


def _entry(name: str, fields: dict) -> Entry:
    files = tuple(File(**file) for file in fields.pop("files", ()))
    return Entry(name=name, files=files, mirrors=tuple(fields.pop("mirrors", ())), **fields)
