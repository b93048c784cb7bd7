"""What a check lends to a student's code in the place of what was to be written earlier."""
