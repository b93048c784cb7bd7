"""What a check lends to a student's code in place of what was to be written before, by parts of the notebook."""
