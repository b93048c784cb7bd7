"""Where nbgrader finds this course. Plain `nbgrader` commands read this file too, as does the copy in `demo/`."""

import os

c = get_config()  # noqa: F821  (traitlets puts it here)

c.CourseDirectory.course_id = "backprop"
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))

# The .py sources must not lie in nbgrader's source directory: nbgrader copies stray files verbatim into the release.
c.CourseDirectory.source_directory = os.path.join(".nbgrader", "source")
c.CourseDirectory.release_directory = "exercises"
c.CourseDirectory.solution_directory = "solutions"
c.CourseDirectory.submitted_directory = "submitted"
c.CourseDirectory.autograded_directory = "autograded"
c.CourseDirectory.feedback_directory = "feedback"

c.Execute.shutdown_kernel = "immediate"  # a graded notebook's kernel has nothing left to say goodbye for
c.Execute.timeout = 120  # seconds per cell; training takes longer than nbgrader's 30 on a slow machine

# A cell with the tag "solution-only" stands in solutions/ alone, such as what a student should have seen.
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_cell_tags = {"solution-only"}
c.GenerateAssignment.preprocessors.append("nbconvert.preprocessors.TagRemovePreprocessor")

# `nbgrader autograde` and Formgrader's button grade as `course autograde` does: in a sandbox, judged outside of it.
c.Autograde.exporter_class = "course.grading.doors.CourseAutograde"
