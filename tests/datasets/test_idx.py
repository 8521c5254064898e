"""The IDX parser, on the genuine files where they are at hand and on hostile ones everywhere."""

import gzip
import struct
from pathlib import Path

import numpy as np
import pytest

from autograder.datasets.idx import BadIdx, parse_idx, read_idx

SHARED = Path(__file__).parents[3] / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="the genuine files are not here")


def idx(values, kind=8):
    return struct.pack(f">HBB{values.ndim}I", 0, kind, values.ndim, *values.shape) + values.tobytes()


IMAGES = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)


@needs_shared
def test_genuine_images():
    images = read_idx(SHARED / "t10k-images-idx3-ubyte.gz")
    assert images.shape == (10_000, 28, 28)
    assert images.dtype == np.uint8
    assert images.max() == 255
    assert 33 < images.mean() < 34


@needs_shared
def test_genuine_labels():
    test = read_idx(SHARED / "t10k-labels-idx1-ubyte.gz")
    train = read_idx(SHARED / "train-labels-idx1-ubyte.gz")
    assert list(test[:5]) == [7, 2, 1, 0, 4]
    assert list(train[:5]) == [5, 0, 4, 1, 9]
    assert np.bincount(train).tolist() == [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]


def test_round_trip_plain_and_zipped(tmp_path):
    for name, data in (("plain", idx(IMAGES)), ("zipped", gzip.compress(idx(IMAGES)))):
        (tmp_path / name).write_bytes(data)
        assert np.array_equal(read_idx(tmp_path / name), IMAGES)


@pytest.mark.parametrize(
    ("kind", "dtype"), [(8, ">u1"), (9, ">i1"), (0x0B, ">i2"), (0x0C, ">i4"), (0x0D, ">f4"), (0x0E, ">f8")]
)
def test_every_type_in_native_byte_order(kind, dtype):
    values = np.array([[1, 2, 3]], dtype)
    read = parse_idx(idx(values, kind))
    assert read.dtype.isnative
    assert np.array_equal(read, values)


def test_empty_is_an_array():
    assert parse_idx(idx(np.zeros((0, 28, 28), np.uint8))).shape == (0, 28, 28)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "truncated: 0 bytes"),
        (b"\0\0\x08", "truncated: 3 bytes"),
        (b"\0\0\x07\x01" + bytes(8), "magic number is 0x00000701"),
        (b"\0\1\x08\x01" + bytes(8), "magic number is 0x00010801"),
        (b"<htm" + bytes(8), "magic number"),
        (b"\0\0\x08\x03" + bytes(8), "inside its header of 3 sizes"),
        (idx(IMAGES)[:-1], "truncated: 39 bytes, and its header promises 40"),
        (idx(IMAGES) + b"\0", "1 bytes too many"),
        (struct.pack(">HBB3I", 0, 8, 3, 2**31, 2**31, 2**31), "truncated"),
    ],
)
def test_what_is_wrong_is_said(data, message):
    with pytest.raises(BadIdx, match=message):
        parse_idx(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda z: z[:-9], "gzip stream is truncated"),
        (lambda z: z + b"more", "4 bytes too many after its gzip"),
        (lambda z: z[:12] + bytes(20) + z[32:], "not readable as gzip|truncated"),
    ],
)
def test_spoilt_gzip(tmp_path, change, message):
    path = tmp_path / "spoilt.gz"
    path.write_bytes(change(gzip.compress(idx(np.random.default_rng(0).integers(0, 255, (9, 9)).astype(np.uint8)))))
    with pytest.raises(BadIdx, match=f"spoilt.gz: .*({message})"):
        read_idx(path)
