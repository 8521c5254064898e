"""Judging: marks from what the judge computes itself, with student code behind a wall."""
