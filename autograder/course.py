"""The course as `course.yml` describes it: the one manifest."""

import re
from pathlib import Path
from typing import Annotated, Any, get_args

import yaml
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from autograder.device import Device
from autograder.player import GraderFault

Positive = Annotated[float, Field(gt=0)]


def _stage_name(name: str) -> str:
    # nbgrader_config.py keeps sources that are named so out of what students get.
    if not re.fullmatch(r"[0-9][0-9]_\w+", name):
        raise ValueError("the name of a stage is two digits, an underscore and a word, as in 05_vmap")
    return name


def _stub_name(name: str) -> str:
    if not name.isidentifier():
        raise ValueError("a stub is a function or class, so its name is one of Python's")
    return name


class _Loader(yaml.SafeLoader):
    """YAML in which a name that stands twice is an error: else the last would count, and nobody be told."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        names = set()
        for key, _ in node.value:
            name = self.construct_object(key, deep=True)
            if name in names:
                raise yaml.constructor.ConstructorError(None, None, f"{name!r} stands here twice", key.start_mark)
            names.add(name)
        return super().construct_mapping(node, deep)


class Strict(BaseModel):
    """A section in which a misspelt name is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Limits(Strict):
    """What a submission may use."""

    memory_mb: int = Field(default=4096, ge=2048, description="address space; JAX needs 2 GB of it")
    cpu_seconds: int = Field(default=120, gt=0, description="of one of its sandboxes")
    wall_seconds: Positive = Field(default=600, description="CPU time and sleep of the whole submission")
    call_seconds: Positive = Field(default=20, description="CPU time of one call; it may sleep for three times that")
    threads: int = Field(default=256, ge=128)
    tmp_mb: int = Field(default=64, gt=0)
    reply_mb: int = Field(default=64, gt=0, description="the largest value a call may return")


class Cluster(Strict):
    """Where grading finds workers: an address, or Slurm, or processes of this machine."""

    address: str | None = Field(default=None, description='"local", tcp:// on this machine, or tls://host:port')
    workers: int | None = Field(default=None, gt=0, description="how many to start, local or by Slurm")
    patience_seconds: Positive = Field(default=300, description="how long to wait for the first worker")
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    slurm: dict[str, Any] = Field(default_factory=dict, description="arguments of dask_jobqueue.SLURMCluster")


class StageSection(Strict):
    """One assignment: a title and the points of each stub, in the order of the notebook."""

    title: str
    due: AwareDatetime | None = Field(default=None, description="with an offset, as in 2026-12-01 23:59:00+01:00")
    exercises: dict[Annotated[str, AfterValidator(_stub_name)], Positive]
    speed: dict[Device, Positive] = Field(default_factory=dict, description="ratios that differ from the course's")


class Course(Strict):
    """The whole of `course.yml`."""

    name: str
    limits: Limits = Limits()
    device: Device = Field(default="cpu", description="where speed checks race; all else runs on the CPU")
    speed: dict[Device, Positive] = Field(description="largest student/reference ratio of time, by device kind")
    stages: dict[Annotated[str, AfterValidator(_stage_name)], StageSection]
    cluster: Cluster | None = None
    root: Path

    @classmethod
    def load(cls, root: Path) -> "Course":
        """Read `root/course.yml`. Raises `GraderFault` that names the place and the fix."""
        path = root / "course.yml"
        try:
            return cls(**yaml.load(path.read_text(), _Loader), root=root)
        except FileNotFoundError:
            raise GraderFault(f"{path} is missing: run this from the course's folder, or say --course FOLDER") from None
        except (yaml.YAMLError, TypeError, UnicodeDecodeError) as error:
            raise GraderFault(f"{path} cannot be read as YAML: {error}") from error
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            raise GraderFault(f"{path}: {problems}") from error

    def on(self, device: str) -> "Course":
        """The same course, racing on this device. Raises `GraderFault` where that is no kind of device."""
        if device not in get_args(Device):
            raise GraderFault(f"{device!r} is no kind of device: {' or '.join(get_args(Device))}")
        return self.model_copy(update={"device": device})

    def stage(self, name: str) -> StageSection:
        """A stage by its name. Raises `GraderFault` where there is none."""
        if name not in self.stages:
            raise GraderFault(f"course.yml has no stage {name!r}; it has {', '.join(self.stages)}")
        return self.stages[name]

    def sources(self, stage: str) -> Path:
        """The folder of a stage's sources, which students do not get."""
        return self.root / "solutions" / stage

    def release(self, stage: str) -> Path:
        """The folder of a stage that students get, built from its sources."""
        return self.root / "assignments" / stage

    def bank(self, stage: str) -> Path:
        """The folder of a stage's right and wrong answers."""
        return self.root / "tests" / "bank" / stage

    def speed_limit(self, stage: str, kind: Device) -> float:
        """The ratio up to which speed checks of `stage` pass on a device of this kind."""
        return self.stage(stage).speed.get(kind) or self.usual_limit(kind)

    def usual_limit(self, kind: Device) -> float:
        """That of stages which have none of their own. Raises `GraderFault` where the course says none."""
        if kind not in self.speed:
            raise GraderFault(
                f"{self.root / 'course.yml'}: speed has no limit for {kind}, as in `speed: {{{kind}: 3.0}}`"
            )
        return self.speed[kind]
