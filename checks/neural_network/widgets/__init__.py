"""The interactive pictures of exercise 05, which `checks.widgets` hands to the notebook."""
