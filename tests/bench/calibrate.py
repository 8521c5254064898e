"""Where the right and slow answers of the whole bank fall on this machine: `jaxercise calibrate`, as a page."""

from pathlib import Path

from autograder.authoring.calibrate import Sample, plot, proposals, samples, table, unlimited
from autograder.course import Course
from autograder.judge.judge import Judge
from tests.bench.page import FOLDER, Page, machine

ROOT = Path(__file__).parents[2]


def main(page: Page) -> None:
    """Measure, and write docs/benchmarks/calibrate.md with its plot."""
    course = Course.load(ROOT)
    limits = {name: course.speed_limit(name, course.device) for name in course.stages}
    with Judge(unlimited(course), keep=False) as judge:
        raced = [sample for name in limits for sample in samples(judge, name, limits[name])]
    found = [sample for sample in raced if isinstance(sample, Sample)]
    for untimed in set(raced) - set(found):
        page.say(f"untimed: {untimed.check}, {untimed.answer}: {untimed.why}")
    page.line(
        f"Measured on {machine()}: {len(found)} races, each of one answer of the bank against the reference, without a "
        "limit. The limit, in times the reference's time, is that of `course.yml`; the proposed one lies midway, in "
        "ratios, between the slowest right and the fastest slow answer. Slow answers that fail before the first pair, "
        "as they compile in every call or take too many steps, have no ratio."
    )
    shown = table(proposals(found))
    rows = zip(*(map(str, column.cells) for column in shown.columns), strict=True)
    page.table([str(column.header) for column in shown.columns], list(map(list, rows)))
    plot(found, FOLDER / "calibrate.svg")
    page.line("![Every answer as a dot](calibrate.svg)")
