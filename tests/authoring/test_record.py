"""What a recording keeps of the bank's wrong answers."""

from pathlib import Path

from autograder.authoring.bank import read_bank
from autograder.authoring.record import record_public
from autograder.stage import load_stage

CHECKS = '''
import numpy as np
from autograder.checks import CheckFailed, agree, exercise


@exercise("double", trait="values", points=1)
def test_double_values(student, reference):
    """Twice x."""
    agree(student, reference, "double", np.float32(3))
    if student.double(np.int32(4)) != 8:
        raise CheckFailed("Twice 4 is 8.")
'''


def answer(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    docstring = f'"""{path.stem}\n\nmisconception: {path.stem}\nfails: double.values\n"""\n'
    path.write_text(f"{docstring}\ndef double(x):\n    return {body}\n")
    return path


def test_replies_that_are_right_are_no_known_mistake(tmp_path: Path):
    (tmp_path / "test_01_double.py").write_text(CHECKS)
    reference = answer(tmp_path / "01_double.py", "2 * x")
    wrong = tmp_path / "bank" / "double" / "wrong"
    answer(wrong / "no_factor.py", "x")
    answer(wrong / "floats_only.py", "2 * x if x.dtype == 'float32' else x")
    recording = record_public(load_stage(tmp_path), reference, read_bank(tmp_path / "bank"))
    assert [known.misconception for known in recording.checks["double.values"].variants] == ["no_factor"]
