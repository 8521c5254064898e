"""Recordings: what the reference replied, so that it need not be there.

While a check runs, the reference's calls come in a fixed order. A recording holds, for each check, one
(fingerprint of the inputs, reply frame) a call. The students' copy (`expected.bin`) is made on the public seed and
holds the replies of known wrong variants too, so that a wrong answer can be met with its lesson.
"""

import base64
import hashlib
import json
import secrets
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel, Field

from autograder import wire
from autograder.device import Device
from autograder.player import GraderFault, Player

# Of what is recorded: another number has every release built anew.
FORMAT = 7


class Call(BaseModel):
    """One call of the reference: a fingerprint of its inputs, and the reply frame in base64."""

    inputs: str
    reply: str

    def frame(self) -> bytes:
        """The reply."""
        return base64.b64decode(self.reply)


class Variant(BaseModel):
    """What a known wrong submission replied to each comparison of a check (base64 frames)."""

    misconception: str
    replies: list[str]

    def frames(self) -> list[bytes]:
        """The replies."""
        return [base64.b64decode(reply) for reply in self.replies]


class CheckRecording(BaseModel):
    """One check on one seed."""

    calls: list[Call] = Field(default_factory=list)
    variants: list[Variant] = Field(default_factory=list)
    reference_speedups: dict[Device, float] = Field(
        default_factory=dict, description="over the plain loop, by device kind"
    )


class Recording(BaseModel):
    """All checks of a stage on one seed."""

    stage: str
    seed: str
    sources: str = Field(default="", description="digest of the files it was made from")
    speed: dict[Device, float] = Field(default_factory=dict, description="the stage's limits of speed, by device kind")
    device: Device = Field(default="cpu", description="where the course races")
    checks: dict[str, CheckRecording]

    def save(self, path: Path) -> None:
        """Write the file, whole or not at all, whoever else writes it."""
        text = json.dumps(self.model_dump(), sort_keys=True, separators=(",", ":"))
        new = path.with_suffix(f".{secrets.token_hex(4)}.new")
        new.write_bytes(zlib.compress(text.encode(), 9))
        new.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Recording":
        """Read the file; raise `GraderFault` with the fix where it is missing or damaged."""
        try:
            return cls.model_validate_json(zlib.decompress(path.read_bytes()))
        except FileNotFoundError:
            raise GraderFault(f"{path} is missing: copy it next to the notebook again") from None
        except (ValueError, zlib.error) as error:
            raise GraderFault(f"{path} is damaged: copy it next to the notebook again") from error


class Recorder:
    """A player that passes calls on to the reference and writes them down."""

    def __init__(self, player: Player):
        self.player = player
        self.calls: list[Call] = []

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """Pass the call on."""
        frame = self.player.reply(program, args, kwargs)
        inputs = fingerprint((program, args, kwargs))
        self.calls.append(Call(inputs=inputs, reply=base64.b64encode(frame).decode()))
        return frame

    def cpu_seconds(self) -> float:
        """The reference's CPU time."""
        return self.player.cpu_seconds()


class Replay:
    """A player that replies what was recorded, and refuses calls that were not."""

    def __init__(self, calls: list[Call]):
        self.calls = iter(calls)

    def reply(self, program: Callable | wire.Handle, args: tuple, kwargs: dict) -> bytes:
        """The next recorded reply."""
        call = next(self.calls, None)
        if call is None or call.inputs != fingerprint((program, args, kwargs)):
            raise GraderFault(
                "the recorded expected values do not belong to these checks: put the assignment's released files here "
                "again, or, as its author, run `jaxercise build`"
            )
        return call.frame()

    def cpu_seconds(self) -> float:
        """A recording has no clock."""
        raise GraderFault("a recording cannot be timed")


def fingerprint(item: Any) -> str:
    """A digest of a call's inputs that is the same on every machine."""
    digest = hashlib.sha256()

    def feed(x: Any) -> None:
        if isinstance(x, np.ndarray | np.generic):
            digest.update(f"{x.dtype}{x.shape}".encode() + np.ascontiguousarray(x).tobytes())
        elif isinstance(x, wire.Key):
            feed(x.data)
        elif isinstance(x, dict):
            for key in sorted(x, key=str):
                digest.update(str(key).encode())
                feed(x[key])
        elif isinstance(x, tuple | list):
            digest.update(f"{type(x).__name__}{len(x)}".encode())
            for y in x:
                feed(y)
        elif isinstance(x, int | float | str | bool | None):
            digest.update(repr(x).encode())
        elif hasattr(x, "value"):
            feed(x.value)
        else:
            digest.update(getattr(x, "__qualname__", type(x).__name__).encode())

    feed(item)
    return digest.hexdigest()[:32]
