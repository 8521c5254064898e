"""Texts by name and by path."""

import hashlib
import re
from pathlib import Path

import pytest

from autograder.datasets import DatasetUnavailable, text
from autograder.datasets.manifest import manifest

SHARED = Path(__file__).parents[3] / "shared" / "data"


def test_offline_texts():
    assert text("abcd") == "abcd" * 250
    assert text() == text("python")
    assert len(text()) > 100_000
    assert "lambda" in text()


def test_a_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.txt"
    path.write_text("Grüße\n", encoding="utf-8")
    assert text(path) == text(str(path)) == "Grüße\n"


def test_a_name_that_is_none():
    with pytest.raises(FileNotFoundError, match="'metamorphosis', 'shakespeare', or the path"):
        text("no/such/file.txt")


@pytest.mark.skipif(not SHARED.exists(), reason="the books are not here")
@pytest.mark.parametrize(("name", "local"), [("metamorphosis", "metamorphosis"), ("shakespeare", "tinyshakespeare")])
def test_the_manifest_knows_the_books(name, local, tmp_path, monkeypatch):
    content = (SHARED / f"{local}.txt").read_bytes()
    file = manifest()[name].files[0]
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.bytes, file.sha256)
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path))
    (tmp_path / name).mkdir()
    (tmp_path / name / file.name).write_bytes(content)
    assert text(name) == content.decode()


def test_offline_default_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path))
    monkeypatch.setattr("urllib.request.urlopen", no_network)
    for name in ("metamorphosis", "shakespeare"):
        with pytest.raises(DatasetUnavailable, match=re.escape("text('python')")):
            text(name)


def no_network(*args, **kwargs):
    raise OSError("no route to host")
