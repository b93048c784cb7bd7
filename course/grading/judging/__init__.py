"""Which checks a notebook ends in, and what is asked of and said about them: outside the student's process."""
