"""Verdicts as plain text, for pytest and `nbgrader validate`."""

from autograder.verdict import Verdict


def verdict_text(verdict: Verdict) -> str:
    """The verdict with all that it has to say."""
    parts = [f"{verdict.title}"]
    if verdict.idea:
        parts.append(f"Idea: {verdict.idea}.")
    parts.append(verdict.message)
    if verdict.evidence:
        e = verdict.evidence
        parts.append(f"Call:     {e.call}\nExpected: {e.expected}\nGot:      {e.got}\n{e.where}")
    if verdict.experiment:
        parts.append("Try:\n" + "\n".join("    " + line for line in verdict.experiment.split("\n")))
    return "\n".join(part for part in parts if part)
