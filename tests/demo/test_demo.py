"""`make demo` from a clean start: every mark is the known truth."""

import pytest

from autograder.sandbox import bubblewrap
from tests.demo.__main__ import main
from tests.demo.course import ROOT


@pytest.mark.skipif(bubblewrap.why_unavailable() is not None, reason="bubblewrap does not work here")
def test_every_mark_is_the_known_truth(capsys):
    assert main() == 0
    assert "Every mark is as it must be" in capsys.readouterr().out
    feedback = ROOT / ".jaxercise" / "demo" / "feedback"
    page = (feedback / "cleo" / "01_prng" / "01_prng.html").read_text()
    assert "A key is good for one draw" in page
    hostile = (feedback / "jun" / "05_vmap" / "05_vmap.html").read_text()
    assert "100 of 100, all checks passed</pre>" not in hostile
