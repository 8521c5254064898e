"""The sandbox for an ordinary user, as it is for root."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox import bubblewrap

ROOT = Path(__file__).parents[2]
BECOME_A_USER = """
import os, sys, tempfile
from pathlib import Path
os.setgroups([]); os.setgid(4321); os.setuid(4321)
os.environ["HOME"] = tempfile.mkdtemp()
"""
WALLS = """
from autograder.course import Limits
from autograder.notebook.cells import Cell
from autograder.player import Student, StudentError
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool
source = '''
import os
def who(): return os.getuid()
def seen(): return sorted(p for p in os.listdir("/proc") if p.isdigit())
def fork(): os.fork()
def read(path): return open(path).read()
'''
pool = Pool(Limits(), Path("/nonexistent"), True)
with Sandbox(pool, backend="cpu", core=min(os.sched_getaffinity(0))) as sandbox:
    assert sandbox.load([Cell("1", source)], ["who", "seen", "fork", "read"]) == {}
    student = Student(sandbox)
    assert student.who() not in (0, 4321), student.who()
    assert len(student.seen()) == 2, student.seen()
    for call in (student.fork, lambda: student.read("/etc/passwd"), lambda: student.read("/proc/1/environ")):
        try:
            call()
        except StudentError as error:
            assert error.is_a("OSError"), error
        else:
            raise AssertionError("it went through")
pool.close()
print("held")
"""


ATTACKS = """
import pytest
class Outcomes(set):
    def pytest_runtest_logreport(self, report):
        self.add(report.outcome)
sys.dont_write_bytecode = True
options = ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--basetemp", os.environ["HOME"] + "/pytest"]
outcomes = Outcomes()
pytest.main([*options, "tests/sandbox/test_attacks.py"], [outcomes])
print("held" if outcomes == {"passed"} else outcomes)
"""


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
@pytest.mark.skipif(bubblewrap.why_unavailable() is not None, reason="bubblewrap does not work here")
@pytest.mark.parametrize("program", [WALLS, ATTACKS], ids=["walls", "attacks"])
def test_it_holds_for_an_ordinary_user(program: str):
    """An outer bubblewrap shows this Python to a user who may not enter root's home."""
    home, python = Path("~root").expanduser(), Path(sys.base_prefix)
    hidden = ["--perms", "0755", "--tmpfs", str(home)] if home in python.parents else []
    above = [str(p) for p in reversed(python.parents) if home in p.parents]
    shown = [part for p in above for part in ("--perms", "0755", "--dir", p)]
    shown += ["--ro-bind", sys.base_prefix, sys.base_prefix] if hidden else []
    outer = [shutil.which("bwrap"), "--bind", "/", "/", "--dev-bind", "/dev", "/dev", *hidden, *shown]
    command = [*outer, "--bind", "/proc", "/proc", sys.executable, "-c", BECOME_A_USER + program]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if "Permission denied" in done.stderr and "autograder" not in done.stdout:
        pytest.skip(f"this checkout is not readable for others: {done.stderr[-200:]}")
    assert done.stdout.splitlines()[-1:] == ["held"], done.stdout[-3000:] + done.stderr[-3000:]
