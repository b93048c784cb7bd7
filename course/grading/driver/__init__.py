"""What has the gradebook and the files: it opens a course, sends submissions, records what comes back."""
