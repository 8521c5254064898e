"""Downloads from a server on loopback that breaks off, lies, ignores ranges or is not there."""

import gzip
import hashlib
import struct
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from autograder.datasets import DatasetUnavailable, download, image_data, mnist
from autograder.datasets.download import cache_folder, fetch
from autograder.datasets.manifest import Entry, File, manifest

BODY = np.random.default_rng(0).bytes(300_000)
NAME = "body.bin"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        server.ranges.append(self.headers.get("Range"))
        body = server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        start = 0
        if server.honours_range and (asked := self.headers.get("Range")):
            start = int(asked.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        else:
            self.send_response(200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        end = server.cuts.pop(0) if server.cuts else len(body)
        self.wfile.write(body[start:end])
        self.close_connection = True

    def log_message(self, *args):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path / "cache"))
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.files, httpd.cuts, httpd.ranges, httpd.honours_range = {f"/{NAME}": BODY}, [], [], True
    thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
    thread.start()
    yield httpd
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def address(server):
    return f"http://127.0.0.1:{server.server_port}/"


def entry(server, body=BODY, *mirrors):
    file = File(NAME, len(body), hashlib.sha256(body).hexdigest())
    return Entry("thing", "", "", "", files=(file,), mirrors=mirrors or (address(server),))


def part():
    return cache_folder() / "thing" / f"{NAME}.part"


def test_a_file_is_fetched_once(server):
    path = fetch(entry(server), NAME, "")
    assert path.read_bytes() == BODY
    assert fetch(entry(server), NAME, "") == path
    assert server.ranges == [None]
    assert not part().exists()


def test_a_broken_connection_goes_on_where_it_broke(server):
    server.cuts = [100_000, 200_000]
    assert fetch(entry(server), NAME, "").read_bytes() == BODY
    assert server.ranges == [None, "bytes=100000-", "bytes=200000-"]


def test_a_later_run_goes_on_too(server):
    server.cuts = [50_000, 50_000, 50_000]
    with pytest.raises(DatasetUnavailable, match="after 50000 of 300000 bytes"):
        fetch(entry(server), NAME, "")
    assert part().read_bytes() == BODY[:50_000]
    assert not (cache_folder() / "thing" / NAME).exists()
    server.cuts, server.ranges = [], []
    assert fetch(entry(server), NAME, "").read_bytes() == BODY
    assert server.ranges == ["bytes=50000-"]


def test_a_server_without_ranges(server):
    server.honours_range, server.cuts = False, [100_000]
    assert fetch(entry(server), NAME, "").read_bytes() == BODY


def test_a_spoilt_part_is_thrown_away(server):
    part().parent.mkdir(parents=True)
    part().write_bytes(bytes(1000))
    assert fetch(entry(server), NAME, "").read_bytes() == BODY
    assert server.ranges == ["bytes=1000-", None]


@pytest.mark.parametrize("size", [300_000, 300_001])
def test_a_part_that_is_whole_or_too_long(server, size):
    part().parent.mkdir(parents=True)
    part().write_bytes((BODY + b"x")[:size])
    assert fetch(entry(server), NAME, "").read_bytes() == BODY
    assert server.ranges == ([] if size == 300_000 else [None])


def test_a_spoilt_file_is_fetched_again(server):
    path = fetch(entry(server), NAME, "")
    path.write_bytes(BODY[:-1] + b"?")
    assert fetch(entry(server), NAME, "").read_bytes() == BODY


@pytest.mark.parametrize("body", [BODY[:-1] + b"?", BODY + b"more"])
def test_a_wrong_checksum_is_refused(server, body):
    server.files[f"/{NAME}"] = body
    with pytest.raises(DatasetUnavailable, match="another SHA-256"):
        fetch(entry(server), NAME, "")
    assert not part().exists()
    assert not (cache_folder() / "thing" / NAME).exists()


def test_the_next_mirror_is_tried(server):
    mirrors = (f"{address(server)}gone/", "http://127.0.0.1:9/", address(server))
    assert fetch(entry(server, BODY, *mirrors), NAME, "").read_bytes() == BODY


def test_no_network_names_the_offline_default(tmp_path, monkeypatch):
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path))
    monkeypatch.setattr("urllib.request.urlopen", no_network)
    with pytest.raises(DatasetUnavailable, match=r"bundled digits(?s:.*)no route to host") as caught:
        mnist()
    assert str(tmp_path / "mnist" / "train-images-idx3-ubyte.gz") in str(caught.value)


def no_network(*args, **kwargs):
    raise OSError("no route to host")


def test_a_cache_that_cannot_be_written(server, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path / "file"))
    with pytest.raises(DatasetUnavailable, match="Use this"):
        fetch(entry(server), NAME, "Use this.")


def test_where_the_cache_is(monkeypatch, tmp_path):
    monkeypatch.delenv("JAXERCISE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_folder() == tmp_path / "jaxercise"
    monkeypatch.setenv("JAXERCISE_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"


def test_two_notebooks_at_once(server):
    server.cuts = [100_000]
    paths = []
    threads = [threading.Thread(target=lambda: paths.append(fetch(entry(server), NAME, ""))) for _ in range(4)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(paths) == 4
    assert paths[0].read_bytes() == BODY
    assert len(server.ranges) == 2


def idx_gz(values):
    header = struct.pack(f">HBB{values.ndim}I", 0, 8, values.ndim, *values.shape)
    return gzip.compress(header + values.tobytes(), mtime=0)


def test_mnist_end_to_end(server, monkeypatch):
    rng = np.random.default_rng(0)
    arrays = [rng.integers(0, 256, (n, 28, 28)).astype(np.uint8) if k == "i" else np.arange(n, dtype=np.uint8) % 10
              for n, k in ((20, "i"), (20, "l"), (5, "i"), (5, "l"))]  # fmt: skip
    files = []
    for file, values in zip(manifest()["mnist"].files, arrays, strict=True):
        server.files[f"/{file.name}"] = body = idx_gz(values)
        files.append(File(file.name, len(body), hashlib.sha256(body).hexdigest()))
    small = replace(manifest()["mnist"], files=tuple(files), mirrors=(address(server),))
    monkeypatch.setattr(image_data, "manifest", lambda: {"mnist": small})
    x_train, y_train, x_test, y_test = mnist()
    assert x_train.shape == (20, 784)
    assert x_test.shape == (5, 784)
    assert np.allclose(x_train * 255, arrays[0].reshape(20, 784))
    assert y_train.dtype == np.int32
    assert list(y_test) == [0, 1, 2, 3, 4]
    assert download.cache_folder().joinpath("mnist").is_dir()
