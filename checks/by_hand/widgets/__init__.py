"""The interactive picture of exercise 01, which `checks.widgets` hands to the notebook."""
