"""The judge: grades submissions of a course, one by one or many in parallel."""

import ast
import os
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Lock

from autograder.checks.clock import clock_for
from autograder.checks.compiled import Question
from autograder.checks.exercise import Check
from autograder.checks.run import Bench
from autograder.checks.speed import Race, Rival
from autograder.cores import one_core
from autograder.course import Course
from autograder.device import Backend, Device
from autograder.judge.keys import environment, exercise_digests, kit_digest, submission_digest
from autograder.judge.reference import (
    Twin,
    Twins,
    hidden_recording,
    make_cache,
    make_state,
    questions_of,
    secret_seed,
    start_reference,
)
from autograder.judge.session import ATTEMPTS, Session
from autograder.judge.store import Store
from autograder.notebook.cells import Cell
from autograder.notebook.read import Unreadable, find_stage, is_notebook, read_cells, stages_of
from autograder.notebook.slice import import_statements, keep_needed, read_statements
from autograder.player import GraderFault, Student
from autograder.recording import CheckRecording, Recording
from autograder.sandbox import bubblewrap
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.zygote import Pool
from autograder.stage import Stage, load_stage, verify_points
from autograder.verdict import ExerciseResult, SubmissionResult

LOOK_SECONDS = 1.0


@dataclass(frozen=True)
class Prepared:
    """What a stage's submissions are judged with, made once a class."""

    stage: Stage
    imports: str
    skeleton: list[Cell]
    hidden: Recording
    public: Recording
    questions: dict[str, dict[str, list[Question]]]
    device: Device
    twins: dict[Device, Twins]
    speed_limits: dict[Device, float]
    digests: dict[str, str]

    def borrow(self, core: int) -> dict[Device, Twin]:
        """A twin to race on each device that races run on."""
        return {device: twins.borrow(core) for device, twins in self.twins.items()}

    def benches(self, twins: dict[Device, Twin]) -> tuple[Bench, Bench]:
        """The bench of the marks and that of the explanations, which may show inputs; races are against the twins."""

        def race(check: Check, student: Student, _: CheckRecording) -> Race:
            device = check.timed_on(self.device)
            rival = Rival("reference", Student(twins[device]))
            return Race(student, rival, self.speed_limits[device], clock_for(device))

        hidden, public = (
            Bench(
                recording.seed,
                recording.checks,
                self.stage.all_lessons,
                race,
                self.questions[recording.seed],
                self.device,
            )
            for recording in (self.hidden, self.public)
        )
        return hidden, public


class Judge:
    """Grades submissions. Use as a context manager; `grade` may be called from several threads.

    Args:
        walls: run student code in bubblewrap; without it every report and feedback says so.
        reuse: take results that are ready from the store.
        keep: have a store. Without one, only `judge_cells` may be called.
    Raises:
        GraderFault: bubblewrap is wanted and cannot be used, or would show the course's folder.
    """

    def __init__(self, course: Course, *, walls: bool = True, reuse: bool = True, keep: bool = True):
        self.course, self.walls, self.reuse = course, walls, reuse
        self.state = course.root / ".jaxercise"
        self._prepared: dict[str, Prepared] = {}
        self._faults: dict[str, list[str]] = {}
        self._lock = Lock()
        self._turns: dict[str, Lock] = {}
        self._pools: list[ThreadPoolExecutor] = []
        gpu = course.device == "gpu"
        self._zygotes = Pool(course.limits, self.state / "xla", walls, gpu=gpu)
        self._trusted_zygotes = Pool(course.limits, self.state / "xla", walls, trusted=True, gpu=gpu)
        problem = (bubblewrap.why_unavailable() or bubblewrap.why_shown(course.root)) if walls else None
        if problem:
            raise GraderFault(problem)
        make_state(self.state)
        self._store = Store(self.state / "results.sqlite") if keep else None

    @property
    def slots(self) -> int:
        """How many submissions to grade at a time: as many as there are cores for this process, not for the machine."""
        return len(os.sched_getaffinity(0))

    @property
    def isolation(self) -> str:
        """How student code was kept apart, as it stands in every report."""
        return "bubblewrap" if self.walls else "none (--unsafe-no-sandbox)"

    def __enter__(self) -> "Judge":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Wait for what is being graded, and end what is left running."""
        for pool in self._pools:
            pool.shutdown()
        for prepared in self._prepared.values():
            for twins in prepared.twins.values():
                twins.close()
        self._zygotes.close()
        self._trusted_zygotes.close()
        if self._store is not None:
            self._store.close()

    def grade(self, path: Path, stage: str | None = None) -> SubmissionResult:
        """Grade one notebook or `.py` file. Never raises for what is in the file."""
        name = stage or ""
        try:
            name = stage or find_stage(path, {n: s.exercises for n, s in self.course.stages.items()})
            prepared = self.prepare(name)
            cells = read_cells(path, prepared.stage.checks)
            self._refuse_another_stage(path, name, cells)
            if is_notebook(path):
                cells = prepared.skeleton + cells
            return self._results(path, prepared, cells)
        except Unreadable as problem:
            return self._ungraded(path, name, f"unreadable submission: {problem}")
        except (GraderFault, OSError, MemoryError) as fault:
            return self._ungraded(path, name, f"error: grader: {fault}")
        except Exception as bug:  # nobody foresaw it, and the rest of the class is to have its marks
            # A student may read the reason, and what an exception says may hold secret inputs.
            warnings.warn("".join(traceback.format_exception(bug)), stacklevel=2)
            place = traceback.extract_tb(bug.__traceback__)[-1]
            where = f"{Path(place.filename).name}, line {place.lineno}"
            return self._ungraded(path, name, f"error: grader: please report this: {type(bug).__name__} in {where}")

    def _refuse_another_stage(self, path: Path, name: str, cells: list[Cell]) -> None:
        """Raise `Unreadable` where the cells define another stage's stubs, and none of this one's."""
        found = stages_of(cells, {other: stage.exercises for other, stage in self.course.stages.items()})
        if found and name not in found and not any(cell.label in self.course.stages[name].exercises for cell in cells):
            raise Unreadable(f"{path.name} defines stubs of {' and '.join(found)}, and none of {name}")

    def grade_many(
        self, paths: Iterable[Path], stage: str | None = None, workers: int | None = None
    ) -> Generator[SubmissionResult, None, None]:
        """Grade in parallel; results come as they are ready. The threads only wait: the work is in the sandboxes.

        So many are graded at a time as there are slots, which on a cluster come and go meanwhile.
        Where it is closed before the last result, what is being graded is graded to its end, and nothing else; `close`
        waits for it.
        """
        waiting = deque(paths)
        running: set[Future[SubmissionResult]] = set()
        pool = ThreadPoolExecutor(max(1, len(waiting)))
        self._pools.append(pool)
        try:
            while waiting or running:
                for _ in range(min(len(waiting), (workers or self.slots) - len(running))):
                    running.add(pool.submit(self.grade, waiting.popleft(), stage))
                done, running = wait(running, LOOK_SECONDS, FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=False)

    def judge_cells(
        self, stage: str, cells: list[Cell], stubs: list[str], only: Callable[[Check], bool] | None = None
    ) -> list[ExerciseResult]:
        """Judge the stubs of a submission that was read already.

        Args:
            only: which checks to judge by; all where it is left out. The first of those is the gate of the others.
        """
        prepared = self.prepare(stage)
        if only is not None:
            chosen = {stub: list(filter(only, checks)) for stub, checks in prepared.stage.checks.items()}
            prepared = replace(prepared, stage=replace(prepared.stage, checks=chosen))
        return self._judge(prepared, cells, stubs)

    def prepare(self, name: str) -> Prepared:
        """The stage's checks, expected values and twins; made at the first call.

        Raises `GraderFault` where two attempts fail, and from then on at once: the class need not wait for a third.
        """
        with self._lock:
            if name not in self._prepared:
                self._prepared[name] = self._attempt_to_prepare(name)
            return self._prepared[name]

    def _attempt_to_prepare(self, name: str) -> Prepared:
        faults = self._faults.setdefault(name, [])
        while len(faults) < ATTEMPTS:
            try:
                return self._prepare(name)
            except GraderFault as fault:
                faults.append(str(fault))
        raise GraderFault(faults[-1])

    def _prepare(self, name: str) -> Prepared:
        points = self.course.stage(name).exercises
        source_folder, release = self.course.sources(name), self.course.release(name)
        stage = load_stage(source_folder)
        verify_points(stage, points)
        solution = source_folder / f"{name}.py"
        make_cache(self.state / "xla")
        cells = read_cells(solution, stage.checks)
        answers = read_statements(cells)
        statements = [statement.node for statement in keep_needed(answers, stage.checks).statements]
        imports = import_statements([*ast.parse(stage.source).body, *statements])

        def start(backend: Backend, core: int) -> Sandbox:
            sandbox = Sandbox(self._trusted_zygotes, backend=backend, core=core, imports=imports)
            return start_reference(sandbox, stage, cells)

        seed = secret_seed(self.state)
        with one_core() as core:
            hidden = hidden_recording(stage, solution.read_text(), seed, self.state, partial(start, core=core))
        notebook = release / f"{name}.ipynb"
        try:
            skeleton = [c for c in read_cells(notebook, stage.checks) if c.label not in stage.checks]
        except Unreadable as problem:
            raise GraderFault(f"the release {notebook}: {problem}. Say `jaxercise build {name}`") from problem
        public = Recording.load(release / "expected.bin")
        device = self.course.device
        devices: dict[Device, None] = dict.fromkeys(("cpu", device))
        limits = {kind: self.course.speed_limit(name, kind) for kind in devices}
        conditions = [self.course.limits.model_dump_json(), environment(), device, self.isolation, str(limits)]
        digests = exercise_digests(stage, answers, (hidden, public), points, kit_digest(), *conditions)
        asked = {recording.seed: questions_of(stage, recording) for recording in (hidden, public)}
        twins = {kind: Twins(partial(start, kind), kept=kind == "cpu") for kind in devices}
        return Prepared(stage, imports, skeleton, hidden, public, asked, device, twins, limits, digests)

    def _results(self, path: Path, prepared: Prepared, cells: list[Cell]) -> SubmissionResult:
        """From the store as far as they are there; the same code, handed in twice, is judged once."""
        assert self._store is not None
        content = submission_digest(cells)
        with self._lock:
            turn = self._turns.setdefault(content, Lock())
        with turn:
            found = self._store.find(content, prepared.digests) if self.reuse else {}
            missing = [stub for stub in prepared.digests if stub not in found]
            if missing:
                judged = self._judge(prepared, cells, missing)
                self._store.keep(content, prepared.digests, judged)
                found |= {exercise.name: exercise for exercise in judged}
        stage = self.course.stages[prepared.stage.name]
        return submission_result(path, prepared.stage.name, [found[stub] for stub in stage.exercises])

    def _judge(self, prepared: Prepared, cells: list[Cell], stubs: list[str]) -> list[ExerciseResult]:
        with one_core() as core:
            twins = prepared.borrow(core)

            def start(backend: Backend) -> Sandbox:
                return Sandbox(self._zygotes, backend=backend, core=core, imports=prepared.imports)

            benches = prepared.benches(twins)
            session = Session(prepared.stage, cells, start, *benches, self.course.limits.wall_seconds)
            try:
                return session.judge(stubs)
            finally:
                for twin in twins.values():
                    twin.release()
                session.close()  # last, so that whoever has the GPU next finds all of its memory free

    def _ungraded(self, path: Path, stage: str, reason: str) -> SubmissionResult:
        points = self.course.stages[stage].exercises if stage in self.course.stages else {}
        return SubmissionResult(
            path=str(path), stage=stage, score=0, max=sum(points.values()), state="error", reason=reason, exercises=[]
        )


def submission_result(path: Path, stage: str, exercises: list[ExerciseResult]) -> SubmissionResult:
    """Add the exercises of a submission up."""
    faults = [c.message for e in exercises if e.state == "error" for c in e.checks if c.state == "error"]
    return SubmissionResult(
        path=str(path),
        stage=stage,
        score=sum(e.score for e in exercises),
        max=sum(e.max for e in exercises),
        state="error" if faults else "graded",
        reason=faults[0] if faults else None,
        exercises=exercises,
    )
