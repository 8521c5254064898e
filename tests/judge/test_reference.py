"""What is made once a class: several judges may start at the same moment, in one folder."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from autograder.judge.reference import secret_seed
from autograder.player import GraderFault
from autograder.recording import Recording

AT_ONCE = 16


def test_judges_that_start_at_once_share_one_seed(tmp_path: Path):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seeds = set(pool.map(secret_seed, [tmp_path / "state"] * AT_ONCE))
    assert seeds == {secret_seed(tmp_path / "state")}
    assert [path.name for path in (tmp_path / "state").iterdir()] == ["seed"]
    assert (tmp_path / "state" / "seed").stat().st_mode & 0o077 == 0


def test_an_empty_seed_is_said_with_its_fix(tmp_path: Path):
    (tmp_path / "seed").touch()
    with pytest.raises(GraderFault, match="is empty: delete it"):
        secret_seed(tmp_path)


def test_judges_that_start_at_once_record_into_one_file(tmp_path: Path):
    path = tmp_path / "expected.bin"
    recordings = [Recording(stage="01_tiny", seed="s", sources=str(i) * 100_000, checks={}) for i in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda recording: recording.save(path), recordings))
    assert Recording.load(path) in recordings
    assert [file.name for file in tmp_path.iterdir()] == ["expected.bin"]
