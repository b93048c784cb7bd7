"""The observing side: runs a student's code on a case and returns plain data.

Nothing here imports the judging side, so it also works where references do not exist.
"""
