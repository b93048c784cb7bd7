"""The judging side: references, misconceptions and the comparison; arrays in, a Verdict out, no display."""
