"""Makes the stock nbgrader commands work from here, with marks from the judge."""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = "jaxercise"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
# Releases hold what stands in a source folder, so what must stay here is named: the sources with the solutions.
c.CourseDirectory.ignore = [".ipynb_checkpoints", "*.pyc", "__pycache__", "[0-9][0-9]_*.py", "*.new"]

c.ClearSolutions.code_stub = {"python": "raise NotImplementedError()  # your code here"}

c.Autograde.exporter_class = "autograder.gradebook.exporter.SubmissionExporter"
# The exporter has put the answers into the release's own cells: nothing is left to sanitize.
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.gradebook.judge.JudgeSubmission",
    "autograder.gradebook.save.SaveVerdicts",
    "nbgrader.preprocessors.AssignLatePenalties",
]
