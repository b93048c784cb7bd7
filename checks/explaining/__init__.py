"""The explaining side: one Verdict, rendered as plain text, as HTML and as hints."""
