"""A student's way in a real JupyterLab: open the notebook, run it, fill a stub, check it."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright_api = pytest.importorskip("playwright.sync_api")
ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
STUB = "pairwise_sq_dists"
RIGHT = "    return ((xs[:, None] - ys[None, :]) ** 2).sum(-1)"
WRONG = "    return jnp.abs(xs[:, None] - ys[None, :]).sum(-1)"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
PROMPTS = "[...document.querySelectorAll('.jp-Notebook .jp-InputPrompt')].map(prompt => prompt.textContent)"

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.filterwarnings("ignore"),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A JupyterLab server in a copy of the release; its address and the folder."""
    folder = tmp_path_factory.mktemp("lab") / "05_vmap"
    shutil.copytree(ROOT / "assignments" / "05_vmap", folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--port-retries=0"]
    command += ["--IdentityProvider.token=", "--ServerApp.password=", f"--ServerApp.root_dir={folder}"]
    environment = os.environ | {"JUPYTER_CONFIG_DIR": str(folder.parent / "config"), "HOME": str(folder.parent)}
    with (folder.parent / "lab.log").open("w") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, env=environment)
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(240):
                try:
                    urllib.request.urlopen(f"{address}/api/status", timeout=1)
                    break
                except OSError:
                    time.sleep(0.5)
            yield address, folder
        finally:
            server.terminate()
            server.wait()


@pytest.fixture
def page(lab: tuple[str, Path]) -> Iterator:
    """A browser page; its timeouts suit a busy machine."""
    with playwright_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(240_000)
        page.add_locator_handler(page.locator(".jp-Dialog"), accept)
        yield page
        browser.close()


def accept(dialog) -> None:
    """Answer a dialog as it proposes: while JupyterLab still connects, it asks for a kernel, at any moment."""
    dialog.locator(".jp-mod-accept").click()


def open_and_run(page, address: str, name: str) -> None:
    """Open a notebook and run every cell; returns when all checks have shown their verdicts."""
    page.goto(f"{address}/lab/tree/{name}?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.wait_for_selector(".jp-Notebook-ExecutionIndicator[data-status='idle']", state="attached")
    # Cells that are run while JupyterLab still connects are dropped: a student clicks again.
    for _ in range(5):
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        with contextlib.suppress(playwright_api.TimeoutError):
            page.wait_for_function(f"{PROMPTS}.some(prompt => /[*0-9]/.test(prompt))", timeout=10_000)
            break
    try:
        page.wait_for_function(
            "count => document.querySelectorAll('.jaxercise').length >= count", arg=check_cells(name), timeout=400_000
        )
    except playwright_api.TimeoutError:
        screenshot(page, "timeout")
        pytest.fail(f"only {len(states(page))} checks ran; the prompts are {page.evaluate(PROMPTS)}")


def check_cells(name: str) -> int:
    return 6 if name == "05_vmap.ipynb" else 1


def short_notebook(folder: Path, answer: str, name: str) -> None:
    """The notebook with one stub filled in, and its check; the other cells are left away to be quick."""
    notebook = json.loads((folder / "05_vmap.ipynb").read_text())
    keep = []
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["id"] == f"stub-{STUB}":
            cell["source"] = re.sub(r"    raise NotImplementedError\(\).*", answer, source)
        if cell["id"].endswith(f"-{STUB}") or "import jax" in source:
            keep.append(cell)
    notebook["cells"] = keep
    (folder / name).write_text(json.dumps(notebook))


def states(page) -> dict[str, str]:
    return dict(page.eval_on_selector_all(".jaxercise", "all => all.map(e => [e.dataset.exercise, e.dataset.state])"))


def screenshot(page, name: str) -> None:
    """Kept below .jaxercise/screenshots to be looked at."""
    folder = ROOT / ".jaxercise" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    if page.locator(".jaxercise").count():
        page.locator(".jaxercise").first.scroll_into_view_if_needed()
    page.screenshot(path=str(folder / f"{name}.png"))


def test_the_untouched_notebook_runs_and_says_not_attempted(lab, page):
    address, _ = lab
    open_and_run(page, address, "05_vmap.ipynb")
    assert set(states(page).values()) == {"not_attempted"}
    assert page.locator(".jp-RenderedText[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    screenshot(page, "untouched")


@pytest.mark.parametrize(("answer", "state"), [(RIGHT, "passed"), (WRONG, "failed")])
def test_a_filled_stub_is_checked(lab, page, answer, state):
    address, folder = lab
    short_notebook(folder, answer, f"{state}.ipynb")
    open_and_run(page, address, f"{state}.ipynb")
    assert states(page) == {STUB: state}
    screenshot(page, state)
    if state == "failed":
        assert "expected" in page.locator(".jaxercise").inner_text()
