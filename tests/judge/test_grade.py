"""`jaxercise grade`: the JSON document, and what becomes of everything that can go wrong."""

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from itertools import chain, repeat
from pathlib import Path
from unittest import mock

import numpy as np
import pytest
from typer.testing import CliRunner

from autograder import cli
from autograder.checks.exercise import Check
from autograder.checks.run import input_rng, run_check, verdict
from autograder.cli import app, submissions
from autograder.course import Course
from autograder.judge.judge import Judge
from autograder.judge.reference import hidden_recording
from autograder.judge.session import Session
from autograder.notebook.read import read_cells
from autograder.player import GraderFault, StudentStopped
from autograder.sandbox.bubblewrap import why_shown
from autograder.selfcheck.local import PUBLIC_SEED
from autograder.verdict import Report, SubmissionResult, Timing

GOOD = "import jax.numpy as jnp\ndef double(x):\n    return 2 * x\ndef total(xs):\n    return jnp.sum(xs)\n"


def run(course: Course, *arguments: object):
    return CliRunner().invoke(app, ["grade", *map(str, arguments), "--course", str(course.root)])


def states(result) -> dict[str, str]:
    return {exercise.name: exercise.state for exercise in result.exercises}


def test_the_document_follows_its_schema(tiny_course, tiny_judge, tmp_path):
    for name, source in {"a.py": GOOD, "b.py": "def double(x):\n    return x\n", "c.py": "x = 1"}.items():
        (tmp_path / name).write_text(source)
    done = run(tiny_course, tmp_path, "--json", "--stage", "01_tiny")
    assert done.exit_code == 0
    document = json.loads(done.stdout)
    Report.model_validate(document)
    assert document["schema"] == 1
    assert document["isolation"] == "bubblewrap"
    assert set(document["versions"]) >= {"jaxercise", "jax", "flax", "numpy"}
    a, b, c = document["submissions"]
    assert [Path(s["path"]).name for s in (a, b, c)] == ["a.py", "b.py", "c.py"]
    assert (a["score"], b["score"], c["score"]) == (20, 0, 0)
    assert [e["state"] for e in b["exercises"]] == ["failed", "not_attempted"]
    assert [e["state"] for e in c["exercises"]] == ["not_attempted", "not_attempted"]
    failed = b["exercises"][0]["checks"][0]
    assert failed["evidence"]["got"] != failed["evidence"]["expected"]
    assert a["exercises"][1]["checks"][1]["timing"]["ratio"] < 4


def test_a_known_mistake_gets_its_lesson(graded):
    check = graded("def double(x):\n    return x * x\n").exercises[0].checks[0]
    assert check.misconception == "squared"
    assert check.idea == "Double is not square"


def lost(ratio: float) -> Timing:
    """A race lost by this ratio, give or take a tenth."""
    seconds = {"student_seconds": ratio, "rival_seconds": 1.0, "ratio": ratio, "low": 0.9 * ratio, "high": 1.1 * ratio}
    return Timing(clock="cpu", rival="reference", limit=4, borderline=False, spread=0.1, pairs=15, **seconds)


def test_noise_has_to_strike_twice_to_cost_a_mark(graded, monkeypatch):
    run = []

    def noisy(check, player, bench, ahead):
        if check.trait == "speed" and not run:
            run.append(check.name)
            return verdict(check, "failed", timing=lost(6))
        return run_check(check, player, bench, ahead)

    monkeypatch.setattr("autograder.judge.session.run_check", noisy)
    result = graded(GOOD + "once = 1\n")
    assert run
    assert result.score == result.max


@pytest.mark.parametrize(
    ("timing", "races"),
    [
        pytest.param(lost(6), 2, id="noise"),
        pytest.param(lost(12), 1, id="beyond noise"),
        pytest.param(None, 1, id="without a clock"),
    ],
)
def test_what_noise_cannot_have_decided_is_not_run_again(graded, monkeypatch, timing, races):
    run = []

    def loses(check, player, bench, ahead):
        nonlocal run
        if check.trait == "speed":
            run += [check.name] * (bench.seed != PUBLIC_SEED)  # where it is explained, it is not judged again
            return verdict(check, "failed", timing=timing)
        return run_check(check, player, bench, ahead)

    monkeypatch.setattr("autograder.judge.session.run_check", loses)
    assert graded(f"{GOOD}ratio = {timing and timing.ratio}\n").score < 20
    assert len(run) == races


def test_what_is_timed_is_compiled_as_jax_does_by_default_and_all_else_fast(graded):
    """A `total` that is right only where XLA has flags fails its race, and nothing else."""
    source = "import os\n" + GOOD.replace("jnp.sum(xs)", "jnp.sum(xs) * (1 if 'XLA_FLAGS' in os.environ else 2)")
    values, speed = graded(source).exercises[1].checks
    assert (values.state, speed.state) == ("passed", "failed")
    assert "While it was timed, the answer was wrong" in speed.message


def test_the_evidence_is_of_public_inputs(graded, tiny_judge):
    hidden = tiny_judge.prepare("01_tiny").hidden.checks["double.values"].calls[0]
    shown = graded("def double(x):\n    return x\n").exercises[0].checks[0].evidence
    from autograder import wire
    from autograder.checks.compare import show

    assert show(wire.decode(hidden.frame())[1]) not in shown.expected


KEEPS = "import numpy as np\nkept = []\ndef keep(x):\n    kept.append(np.asarray(x).ravel()[:3].tolist())\n"
TELLS = {
    "an exception": KEEPS + "def double(x):\n    keep(x)\n    raise ValueError(kept[0])\n",
    "a result": KEEPS + "def double(x):\n    keep(x)\n    return np.float32(kept[0])\n",
    "a missing stub": KEEPS
    + "import autograder.program as p\ndef double(x):\n    keep(x)\n    raise p.NotAttempted(str(kept))\n",
    "a file": KEEPS + "import os\ndef double(x):\n    keep(x)\n    if not os.path.exists('/tmp/kept'):\n"
    "        open('/tmp/kept', 'w').write(str(kept))\n    raise ValueError(open('/tmp/kept').read())\n",
}


def inputs(seed: str, check: Check, *shape: int) -> list[float]:
    """The first that the check draws."""
    return input_rng(seed, check).normal(size=shape).astype(np.float32).tolist()


@pytest.mark.parametrize("tells", TELLS)
def test_secret_inputs_stay_secret(graded, tiny_judge, tells):
    prepared = tiny_judge.prepare("01_tiny")
    values = prepared.stage.checks["double"][0]
    check = graded(TELLS[tells]).exercises[0].checks[0]
    assert check.state in ("failed", "blocked")
    told = check.model_dump_json()
    for secret in inputs(prepared.hidden.seed, values, 3):
        assert f"{secret:.5f}"[:-1] not in told
    if "exception" in tells:
        assert str(inputs(prepared.public.seed, values, 3)[0]) in told


TOLD_IN_A_RACE = """
import jax, jax.numpy as jnp
import autograder.program
def tell(xs):
    said = {"type": "E", "message": str(xs[:1].tolist()), "bases": []}
    autograder.program.outcome = lambda run: ("raised", said)
    return xs[0]
def total(xs):
    return jax.pure_callback(tell, jax.ShapeDtypeStruct((), xs.dtype), xs) if xs.size > 9 else jnp.sum(xs)
"""


def test_the_inputs_of_a_race_stay_secret_too(graded, tiny_judge):
    prepared = tiny_judge.prepare("01_tiny")
    race = prepared.stage.checks["total"][1]
    check = graded(TOLD_IN_A_RACE).exercises[1].checks[1]
    assert (check.name, check.state) == (race.name, "failed")
    assert str(inputs(prepared.public.seed, race, 1)[0]) in check.message


def test_a_wrong_answer_in_a_race_shows_public_values(graded, tiny_judge):
    source = GOOD.replace("jnp.sum(xs)", "jnp.sum(xs) * (2 if xs.size > 9 else 1)")
    race = tiny_judge.prepare("01_tiny").stage.checks["total"][1]
    check = graded(source).exercises[1].checks[1]
    # The first pair's: what comes before, to warm up, is not compared.
    rng = input_rng("public", race)
    expected = [rng.normal(size=400_000).astype(np.float32).sum() for _ in range(4)]
    assert any(f"expected {value:.4g}"[:-1] in check.message for value in expected), (check.message, expected)


def test_a_course_that_the_sandbox_would_show_is_refused(tiny_course, monkeypatch):
    monkeypatch.setattr("autograder.sandbox.bubblewrap._read_only_folders", lambda: [str(tiny_course.root.parent)])
    assert "Move the course elsewhere" in (why_shown(tiny_course.root) or "")
    monkeypatch.setattr("autograder.sandbox.bubblewrap._read_only_folders", lambda: [f"{tiny_course.root}/.venv/lib"])
    assert why_shown(tiny_course.root) is None


def test_a_syntax_error_costs_its_own_exercise(graded):
    result = graded(GOOD.replace("def double(x):", "def double(x:"))
    assert states(result) == {"double": "failed", "total": "passed"}
    assert "syntax error" in result.exercises[0].checks[0].message


def test_an_input_that_ends_the_process_does_not_hide_what_is_wrong_on_one_before(graded):
    """All are asked for at once, and then one by one again."""
    ends = "import os\ndef double(x):\n    if x.ndim == 2: os._exit(1)\n    return x"
    check = graded(ends).exercises[0].checks[0]
    assert "values differ" in check.message
    right_before = graded(ends + " * 2").exercises[0].checks[0]
    assert right_before.state == "failed"
    assert "ended its process" in right_before.message


def test_a_submission_needs_one_warm_parent(tiny_course, tmp_path):
    """What is timed comes last, in the place of what is not."""
    path = tmp_path / "a.py"
    path.write_text(GOOD)
    with Judge(tiny_course, reuse=False) as judge:
        for _ in range(2):
            assert judge.grade(path, "01_tiny").score == 20
        assert judge._zygotes._idle.qsize() == 1


def test_time_that_runs_out_before_the_races_costs_the_races_alone(graded, monkeypatch):
    def ready(self, stub, backend):
        if backend == "cpu":
            raise StudentStopped("The time is used up.")
        return real(self, stub, backend)

    real = Session._ready
    monkeypatch.setattr(Session, "_ready", ready)
    double, total = graded(GOOD + "slow = 1\n").exercises
    assert (double.score, total.score) == (10, 5)
    assert total.checks[1].message == "The time is used up."


def test_a_bug_of_the_grader_costs_no_one_else_a_mark(tiny_judge, tmp_path, monkeypatch):
    def read(path: Path, stubs):
        return read_cells(path, stubs) if path.stem == "good" else 1 // 0

    tiny_judge.prepare("01_tiny")
    monkeypatch.setattr("autograder.judge.judge.read_cells", read)
    for name in ("good.py", "bad.py"):
        (tmp_path / name).write_text(GOOD)
    with pytest.warns(UserWarning, match="1 // 0"):
        results = {Path(r.path).stem: r for r in tiny_judge.grade_many(sorted(tmp_path.glob("*.py")), "01_tiny")}
    assert results["good"].score == results["good"].max
    assert results["bad"].state == "error"
    assert results["bad"].reason.startswith("error: grader: please report this: ZeroDivisionError in test_grade.py")


def test_an_unreadable_notebook_is_an_error_with_the_reason(graded):
    result = graded('{"cells": [', "x.ipynb")
    assert result.state == "error"
    assert "line 1, column 12" in result.reason


def test_whatever_files_are_called_all_are_graded(tiny_course, tiny_judge, tmp_path):
    (tmp_path / "bob [").mkdir()
    for name in (b"[red]ann.py", b"bob [/red].py", "müller.py".encode("latin-1")):
        (tmp_path / os.fsdecode(name)).write_text(GOOD)
    table = run(tiny_course, tmp_path, "--stage", "01_tiny")
    assert table.exit_code == 0, table.output
    shown = ["[red]ann.py", "red].py", r"m\udcfcller.py"]
    assert all(name in table.stdout for name in shown)
    document = run(tiny_course, tmp_path, "--stage", "01_tiny", "--json", "--html", tmp_path / "report.html")
    graded = {Path(s["path"]).name: s["score"] for s in json.loads(document.stdout)["submissions"]}
    assert graded == dict.fromkeys(shown, 20)


@pytest.mark.parametrize(
    "words", ["chr(0xD800)", "10**6 * 'x'", "'[/red]'"], ids=["no text", "a million letters", "markup"]
)
def test_whatever_a_student_says_can_be_written(graded, words):
    boom = f"def boom():\n    raise ValueError({words})\n"
    for double in ("(x):\n    boom()", f"(x):\n    return {words}", "(x=boom()):\n    return 2 * x"):
        result = graded(f"{boom}def double{double}\n")
        assert result.exercises[0].state == "failed"
        assert len(result.model_dump_json()) < 20_000


def test_of_a_folder_all_is_graded_that_students_put_there(tiny_course, tmp_path):
    wanted = ["ann/01_tiny.py", "test_ben/test_of_mine.py", "cleo.ipynb"]
    others = [
        "ann/test_01_tiny.py",
        "ann/.ipynb_checkpoints/01_tiny.ipynb",
        "__MACOSX/._cleo.ipynb",
        "._cleo.ipynb",
        "a.txt",
    ]
    for name in wanted + others:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = submissions([tmp_path, tmp_path / "cleo.ipynb"], tiny_course)
    assert {str(path.relative_to(tmp_path)) for path in found} == set(wanted)
    assert len(found) == len(wanted)


def test_a_student_without_a_notebook_is_not_lost(tiny_course, tmp_path):
    """As Moodle packs a class: a folder a student, with whatever was uploaded."""
    for name in ("Ann Lee_1_file_/HOMEWORK.PY", "Bob Ray_2_file_/01_tiny.zip", "Cleo_3_file_/__pycache__/a.pyc"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(GOOD)
    (tmp_path / "Ann Lee_1_file_" / "figures").mkdir()
    (tmp_path / "__MACOSX").mkdir()
    shown = run(tiny_course, tmp_path, "--stage", "01_tiny", "--json")
    found = {Path(s["path"]).name: (s["score"], s["reason"]) for s in json.loads(shown.stdout)["submissions"]}
    nothing = "unreadable submission: no notebook and no .py file in"
    assert found == {
        "HOMEWORK.PY": (20, None),
        "Bob Ray_2_file_": (0, f"{nothing} Bob Ray_2_file_, only: 01_tiny.zip"),
        "Cleo_3_file_": (0, f"{nothing} Cleo_3_file_, only: __pycache__/a.pyc"),
    }


def test_what_is_passed_over_is_named(tiny_course, tmp_path):
    """As Canvas packs a class: all files in one folder. Some stage comes below, as nbgrader has it."""
    named = ["zoe_12.zip", "ann_01_tiny.ipynb.json", "ben/02_other/02.pdf"]
    for name in [*named, "al_01_tiny.py", "ben/01_tiny/01_tiny.py", "ben/01_tiny/plot.png", "cleo/figures/a.png"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    shown = run(tiny_course, tmp_path, "--json", "--stage", "01_tiny")
    told = shown.stderr.partition("Not graded: ")[2].replace("\n", "")
    assert all(str(tmp_path / name) in told for name in named), told
    assert "plot.png" not in told
    assert {Path(s["path"]).name for s in json.loads(shown.stdout)["submissions"]} == {
        "al_01_tiny.py",
        "01_tiny.py",
        "cleo",
    }
    (tmp_path / "empty").mkdir()
    assert "there is no notebook" in run(tiny_course, tmp_path / "empty").output


def test_another_stages_notebook_is_told_apart(graded, tiny_judge, monkeypatch):
    stages = tiny_judge.course.stages
    other = stages["01_tiny"].model_copy(update={"exercises": {"triple": 10.0}})
    monkeypatch.setattr(tiny_judge, "course", tiny_judge.course.model_copy(update={"stages": stages | {"02_b": other}}))
    result = graded("def triple(x):\n    return 3 * x\n")
    assert result.state == "error"
    assert result.reason == "unreadable submission: submission.py defines stubs of 02_b, and none of 01_tiny"
    assert graded(GOOD + "def triple(x): pass\n").score == 20


def test_a_course_that_cannot_be_judged_is_told_by_the_exit_status_too(tiny_course, tmp_path):
    for name in ("solutions", "assignments", "course.yml"):
        (tmp_path / name).symlink_to(tiny_course.root / name)
    (tmp_path / "assignments").unlink()
    (tmp_path / "a.py").write_text(GOOD)
    course = Course.load(tmp_path)
    shown = run(course, tmp_path / "a.py", "--stage", "01_tiny", "--json")
    assert shown.exit_code == 2
    assert "Say `jaxercise build 01_tiny`" in json.loads(shown.stdout)["submissions"][0]["reason"]


def prepared_with_faults(course: Course, path: Path, times: int) -> tuple[list[SubmissionResult], int]:
    """A submission graded three times by a judge that cannot record so many times, and how often it tried to."""
    path.write_text(GOOD)
    faults = [GraderFault(f"not recorded, {number}") for number in range(times)]
    effects = chain(faults, repeat(mock.DEFAULT))
    patch = mock.patch("autograder.judge.judge.hidden_recording", wraps=hidden_recording, side_effect=effects)
    with Judge(course) as judge, patch as recording:
        return [judge.grade(path, "01_tiny") for _ in range(3)], recording.call_count


def test_a_stage_that_cannot_be_prepared_is_found_out_once(tiny_course, tmp_path):
    results, attempts = prepared_with_faults(tiny_course, tmp_path / "a.py", 9)
    assert attempts == 2
    assert {result.reason for result in results} == {"error: grader: not recorded, 1"}


def test_a_fault_in_preparing_that_passes_costs_no_mark(tiny_course, tmp_path):
    results, attempts = prepared_with_faults(tiny_course, tmp_path / "a.py", 1)
    assert attempts == 2
    assert {result.score for result in results} == {20}


def test_the_table_tells_students_apart(tiny_course, tmp_path):
    for name in ("ann/01_tiny.py", "ben/01_tiny/01_tiny.py", "cleo.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(GOOD)
    shown = run(tiny_course, tmp_path).stdout
    for name in ("ann/01_tiny.py", "ben/01_tiny/01_tiny.py", "cleo.py"):
        assert f" {name} " in shown


def test_invalid_arguments_are_named(tiny_course, tmp_path):
    missing = run(tiny_course, tmp_path / "none.py")
    assert missing.exit_code == 2
    assert "Invalid value" in missing.output
    result = CliRunner().invoke(app, ["grade", str(tmp_path), "--course", str(tmp_path)])
    assert isinstance(result.exception, GraderFault)
    assert "course.yml is missing" in str(result.exception)
    folder = run(tiny_course, tmp_path, "--html", tmp_path)
    assert folder.exit_code == 2
    assert "--html" in folder.output
    nowhere = run(tiny_course, tmp_path, "--html", tmp_path / "none" / "report.html")
    assert nowhere.exit_code == 2
    assert "no folder that can be written to" in " ".join(nowhere.output.replace("│", "").split())
    for command in (["grade", str(tmp_path), "--stage"], ["build"], ["prove"]):
        result = CliRunner().invoke(app, [*command, "02_none", "--course", str(tiny_course.root)])
        assert "course.yml has no stage '02_none'; it has 01_tiny" in str(result.exception)


def test_a_report_that_cannot_be_written_takes_no_marks_along(tiny_course, tmp_path):
    (tmp_path / "a.py").write_text(GOOD)
    with mock.patch("autograder.report.html.write_report", side_effect=OSError("no space left")):
        done = run(tiny_course, tmp_path / "a.py", "--stage", "01_tiny", "--json", "--html", tmp_path / "report.html")
    assert isinstance(done.exception, OSError)
    assert json.loads(done.stdout)["submissions"][0]["score"] == 20


def test_a_folder_that_cannot_be_made_is_named_in_one_line(tiny_course, tmp_path, monkeypatch, capsys):
    (tmp_path / "course.yml").write_text((tiny_course.root / "course.yml").read_text())
    (tmp_path / ".jaxercise").touch()
    monkeypatch.setattr("sys.argv", ["jaxercise", "grade", str(tmp_path / "course.yml"), "--course", str(tmp_path)])
    with pytest.raises(SystemExit, match="2"):
        cli.run()
    said = capsys.readouterr().err.replace("\n", "")
    assert said.startswith("jaxercise: ")
    assert f"{tmp_path}/.jaxercise" in said


def test_a_misspelt_manifest_names_the_place(tiny_course, tmp_path):
    text = (tiny_course.root / "course.yml").read_text().replace("memory_mb", "memory")
    (tmp_path / "course.yml").write_text(text)
    with pytest.raises(GraderFault, match=r"limits\.memory"):
        Course.load(tmp_path)


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("01_tiny:", "tiny:", "as in 05_vmap"),  # nbgrader_config.py would let its source into the release
        ("double:", "dou-ble:", "one of Python's"),
        ("double: 10,", "total: 5,", "(?s)'total' stands here twice.*line 8"),
    ],
)
def test_a_stage_or_stub_of_another_name_or_of_the_same_is_refused(tiny_course, tmp_path, right, wrong, why):
    text = (tiny_course.root / "course.yml").read_text()
    assert right in text
    (tmp_path / "course.yml").write_text(text.replace(right, wrong))
    with pytest.raises(GraderFault, match=why):
        Course.load(tmp_path)


def test_without_walls_every_report_says_so(tiny_course, tmp_path):
    (tmp_path / "a.py").write_text(GOOD)
    document = json.loads(
        run(tiny_course, tmp_path / "a.py", "--json", "--unsafe-no-sandbox", "--stage", "01_tiny").stdout
    )
    assert document["isolation"] == "none (--unsafe-no-sandbox)"
    assert document["submissions"][0]["score"] == 20


def test_without_bubblewrap_it_refuses_and_says_how_to_get_it(tiny_course, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(GraderFault, match="apt-get install bubblewrap"):
        Judge(tiny_course)


def descends_from_here(pid: str) -> bool:
    """Whether a process came of this one: other tests have runners of their own."""
    while pid not in ("0", "1"):
        if int(pid) == os.getpid():
            return True
        pid = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]
    return False


def kill_runners_soon(seconds: float, times: int) -> threading.Thread:
    """From outside, as the kernel's out-of-memory killer would."""

    def runners() -> Iterator[int]:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                command = path.read_bytes()
                runs = b"autograder.sandbox.runner" in command and b"--die-with-parent" not in command
                if runs and descends_from_here(path.parent.name):
                    yield int(path.parent.name)

    def kill() -> None:
        for _ in range(times):
            time.sleep(seconds)
            # All at once: one that is killed late may have been started in place of one that was killed early.
            for pid in list(runners()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    thread.start()
    return thread


SLOW = GOOD.replace("return 2 * x", "import time; time.sleep(2); return 2 * x")


def test_a_sandbox_killed_once_is_started_again(tiny_course, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(SLOW)
    with Judge(tiny_course, reuse=False) as judge:
        judge.grade(path, "01_tiny")
        killer = kill_runners_soon(1.0, 1)
        result = judge.grade(path, "01_tiny")
        killer.join()
    assert (result.state, result.score) == ("graded", 20)


def test_a_submission_that_has_slept_its_time_away_is_told_so(tiny_course, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(SLOW)
    limits = tiny_course.limits.model_copy(update={"wall_seconds": 3.0})
    with Judge(tiny_course.model_copy(update={"limits": limits}), reuse=False) as judge:
        double, total = judge.grade(path, "01_tiny").exercises
    assert double.state == total.state == "failed"
    assert "used up its time" in total.checks[0].message


def test_what_was_judged_before_the_time_was_used_up_keeps_its_lesson(tiny_course, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(
        GOOD.replace("2 * x", "2 * x + (x == 3)").replace("return jnp", "import time; time.sleep(4); return jnp")
    )
    limits = tiny_course.limits.model_copy(update={"wall_seconds": 3.0})
    with Judge(tiny_course.model_copy(update={"limits": limits}), reuse=False) as judge:
        double, _total = judge.grade(path, "01_tiny").exercises
    assert "no time left to show" in double.checks[1].message
    assert double.checks[1].misconception == "squared"


def test_a_sandbox_killed_again_and_again_is_the_graders_fault(tiny_course, tmp_path):
    path = tmp_path / "a.py"
    path.write_text(SLOW)
    with Judge(tiny_course, reuse=False) as judge:
        judge.prepare("01_tiny")
        killer = kill_runners_soon(0.8, 14)
        result = judge.grade(path, "01_tiny")
        killer.join()
    assert result.state == "error"
    assert result.reason.startswith("error: grader:")
    assert "failed" not in states(result).values()


def test_many_are_graded_in_parallel_and_each_once(tiny_judge, tmp_path):
    paths = []
    for number in range(8):
        paths.append(tmp_path / f"{number}.py")
        paths[-1].write_text(GOOD if number % 2 else "def double(x):\n    return x\n")
    results = list(tiny_judge.grade_many(paths, "01_tiny"))
    assert sorted(r.path for r in results) == sorted(map(str, paths))
    assert sum(r.score for r in results) == 80


def test_slots_that_come_later_are_used(tiny_judge, monkeypatch):
    """Neither of two is done before both are begun."""
    both = threading.Barrier(2)
    monkeypatch.setattr(Judge, "slots", mock.PropertyMock(side_effect=chain([1], repeat(2))))
    monkeypatch.setattr(tiny_judge, "grade", lambda path, stage: both.wait(30))
    assert sorted(tiny_judge.grade_many([Path("a.py"), Path("b.py")])) == [0, 1]


def test_a_full_disk_is_the_graders_fault(tiny_course, tmp_path, monkeypatch):
    """Where the expected values cannot be stored, nobody gets a zero."""
    import errno

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "a.py"
    path.write_text(GOOD)
    monkeypatch.setattr("autograder.judge.reference.Recording.save", full)
    monkeypatch.setattr("autograder.judge.judge.secret_seed", lambda state: "another seed")
    with Judge(tiny_course) as judge:
        result = judge.grade(path, "01_tiny")
    assert result.state == "error"
    assert "No space left" in result.reason
