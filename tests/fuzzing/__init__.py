"""Any bytes that come from a student end in an answer or one clear refusal, and take bounded memory.

`python -m tests.fuzzing --minutes 30` looks for some that do not; the tests try the same few each time.
"""
