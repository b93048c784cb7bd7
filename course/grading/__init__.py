"""`course autograde`: grade a whole class, fast, isolated, and so that nothing is lost.

A submission's road: `submissions` reads it, `cluster` takes it to a worker, where `judge` sanitises it and `execution`
has its cells run by a process that the `zygote` forks and the `guardian` keeps within its `borders`; `recording` writes
its grades down. `driver` sees to it all, `run` to the submissions one by one.
"""
