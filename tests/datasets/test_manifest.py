"""The manifest is complete, and one file with two names."""

import re
from pathlib import Path

import pytest

from autograder.datasets import manifest as module
from autograder.datasets.manifest import manifest

ROOT = Path(__file__).parents[2]


def test_one_file():
    assert (ROOT / "datasets" / "manifest.yml").resolve() == Path(module.__file__).with_name("manifest.yml")


@pytest.mark.parametrize("entry", manifest().values(), ids=lambda e: e.name)
def test_every_entry_is_complete(entry):
    assert entry.about
    assert entry.source
    assert entry.license
    assert all(re.fullmatch("[0-9a-f]{64}", file.sha256) and file.bytes > 0 for file in entry.files)
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in entry.mirrors)


def test_nothing_is_a_package_named_datasets():
    assert not (ROOT / "datasets" / "__init__.py").exists()
