"""`course autograde`: grade a whole class, fast, isolated, and so that nothing is lost.

A submission's road: `driver.submissions` reads it, `driver.cluster` takes it to a worker, where `worker.pipeline`
sanitises it and `worker.execution` has its cells run by a process that `sandbox.zygote` forks and `sandbox.guardian`
keeps within its `sandbox.borders`; `judging.sealed` asks its checks, `driver.recording` writes its grades down.
`driver.autograding` sees to it all, `driver.run` to the submissions one by one.
"""
