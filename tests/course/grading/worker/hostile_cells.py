"""Cells that attack what grades them. Each stands in front of the right answer to `total`, in the same cell.

ROOT in a cell stands for the course's folder.
"""

from __future__ import annotations

from tests.course.grading.worker.endings import FULL_MARKS, LOSES_THE_CELL, SOMEHOW, Ends, Graded, look

DIED = look("ended", "died", "exit", "killed", "signal", "crash")
STOPPED = look("time", "stop", "interrupt", "killed", "long")
TOO_MUCH_OUTPUT: Ends = (*LOSES_THE_CELL, *look("output"))
OUT_OF_MEMORY: Ends = (*LOSES_THE_CELL, *look("memory"))
AS_IN_A_KERNEL: Ends = (Graded(2),)
"""No cell runs after this one, in nbgrader's kernel neither: the points for what came before it are left."""

NO_LIMIT = "NO LIMIT"
"""What a cell prints that took more than any limit should let it."""

CONFINED = "import os\nassert os.getpid() == 1, 'only where this can hit nobody else'\n"

ENDLESS = {
    "infinite-loop": ("while True:\n    pass", LOSES_THE_CELL),
    "sleeps-forever": ("import time\ntime.sleep(10**6)", LOSES_THE_CELL),
    "waits-for-a-lock": ("import threading\nl = threading.Lock()\nl.acquire()\nl.acquire()", LOSES_THE_CELL),
    "awaits-forever": ("import asyncio\nawait asyncio.sleep(10**6)", LOSES_THE_CELL),
    "asks-for-input": ("input('Who are you?')", LOSES_THE_CELL),
    "swallowed-interrupts": (
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        (*LOSES_THE_CELL, *STOPPED),
    ),
    "ignores-sigint": ("import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", STOPPED),
    "blocks-signals": (
        "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass",
        STOPPED,
    ),
    "loops-in-c": ("import itertools\nany(itertools.repeat(0))", STOPPED),
    "takes-its-time-everywhere": (
        "import time\nfor _ in range(40):\n    await get_ipython().run_cell_async('time.sleep(1)')",
        (*LOSES_THE_CELL, *STOPPED),
    ),
    "error-text-never-ends": (
        "class Endless(Exception):\n    def __str__(self):\n        while True: pass\nraise Endless",
        (*LOSES_THE_CELL, *STOPPED),
    ),
    "sleeps-at-exit": ("import atexit, time\natexit.register(time.sleep, 10**6)", FULL_MARKS),
    "threads-that-stay": (
        "import threading, time\nthreading.Thread(target=time.sleep, args=(10**6,)).start()",
        FULL_MARKS,
    ),
    "prints-from-a-thread": (
        "import threading\ndef chatter():\n    while True: print('chatter')\nthreading.Thread(target=chatter).start()",
        (*FULL_MARKS, *LOSES_THE_CELL, *look("output")),
    ),
}

OUTPUT = {
    "prints-forever": ("while True:\n    print('x' * 100)", TOO_MUCH_OUTPUT),
    "complains-forever": ("import sys\nwhile True:\n    print('x' * 100, file=sys.stderr)", TOO_MUCH_OUTPUT),
    "displays-forever": ("from IPython.display import display\nwhile True:\n    display(1)", TOO_MUCH_OUTPUT),
    "updates-forever": (
        "from IPython.display import display\nh = display(1, display_id=True)\nwhile True:\n    h.update(2)",
        TOO_MUCH_OUTPUT,
    ),
    "clears-forever": (
        "from IPython.display import clear_output\nwhile True:\n    print(1)\n    clear_output()",
        TOO_MUCH_OUTPUT,
    ),
    "writes-to-descriptor-1": ("import os\nwhile True:\n    os.write(1, b'x' * 65536)", (*TOO_MUCH_OUTPUT, *STOPPED)),
    "a-shell-that-shouts": ("!yes", (*FULL_MARKS, *TOO_MUCH_OUTPUT)),
    "a-million-displays": (
        "from IPython.display import display\nfor i in range(10**6):\n    display(i)",
        (*FULL_MARKS, *TOO_MUCH_OUTPUT),
    ),
    "one-huge-line": ("print('x' * (3 * 10**8))", (*FULL_MARKS, *TOO_MUCH_OUTPUT, *OUT_OF_MEMORY, *STOPPED)),
    "a-huge-error": ("raise ValueError('x' * 10**8)", TOO_MUCH_OUTPUT),
    "a-huge-picture": (
        "from IPython.display import display\ndisplay({'image/png': 'A' * (3 * 10**8)}, raw=True)",
        (*FULL_MARKS, *TOO_MUCH_OUTPUT),
    ),
    "lone-surrogates-printed": ("print('\\ud800')", (*FULL_MARKS, *LOSES_THE_CELL)),
    "lone-surrogates-displayed": (
        "from IPython.display import display\ndisplay({'text/plain': '\\udfff', 'text/html': '\\ud800'}, raw=True)",
        (*FULL_MARKS, *LOSES_THE_CELL, *look()),
    ),
    "lone-surrogates-raised": ("raise ValueError('\\ud800')", (*LOSES_THE_CELL, *look())),
    "a-nested-display": (
        "from IPython.display import display\ndeep = []\nfor _ in range(900): deep = [deep]\n"
        "display({'application/json': deep}, raw=True)",
        SOMEHOW,
    ),
    "a-display-of-the-wrong-shape": (
        "from IPython.display import display\ndisplay({'text/plain': 5, 'x' * 10**6: None, 'image/png': {}, raw=True)",
        SOMEHOW,
    ),
    "control-characters": ("print(''.join(map(chr, range(32))))", FULL_MARKS),
}

MEMORY = {
    "memory-bomb": ("hoard = [b'x' * 10**8 for _ in range(80)]\nprint('NO LIMIT')", OUT_OF_MEMORY),
    "memory-bomb-of-many": (
        "import os, time\n"
        "for _ in range(6):\n"
        "    if os.fork() == 0:\n"
        "        hoard = [b'x' * 10**8 for _ in range(12)]\n"
        "        time.sleep(10**6)\n"
        "time.sleep(10**6)",
        OUT_OF_MEMORY,
    ),
    "memory-that-was-let-go": (
        "import mmap\nkept = []\nfor _ in range(80):\n    kept.append(mmap.mmap(-1, 10**8))\n"
        "    kept[-1][:] = bytes(10**8)\n    kept[-1].madvise(mmap.MADV_DONTNEED)\nprint('NO LIMIT')",
        LOSES_THE_CELL,
    ),
    "memory-shared-with-a-child": (
        "import mmap, os\nshared = mmap.mmap(-1, 100)\nchild = os.fork()\nif child == 0:\n    shared[:1] = b'x'\n"
        "    os._exit(0)\nos.waitpid(child, 0)\nassert shared[:2] == b'x\\0' and type(shared) is mmap.mmap",
        FULL_MARKS,
    ),
    "sockets-without-end": (
        CONFINED + "import socket, time\nkept = []\nfor _ in range(3): os.fork()\n"
        "try:\n    while True:\n        kept.append(socket.socketpair())\n        kept[-1][0].setblocking(False)\n"
        "        kept[-1][0].send(bytes(10**6))\nexcept OSError: time.sleep(10**6)",
        look("sockets"),
    ),
    "a-number-too-big": ("10 ** 10 ** 10", (*OUT_OF_MEMORY, *STOPPED)),
}

PROCESSES = {
    "fork-bomb": (CONFINED + "while True:\n    os.fork()", SOMEHOW),
    "forks-once": ("import os\nos.fork()", SOMEHOW),
    "thread-bomb": (
        "import threading, time\nwhile True:\n    threading.Thread(target=time.sleep, args=(10**6,)).start()",
        LOSES_THE_CELL,
    ),
    "a-daemon": (
        "import os, subprocess, sys, time\n"
        "if os.fork() == 0:\n"
        "    os.setsid()\n"
        "    if os.fork() == 0:\n"
        "        while True:\n"
        "            try: open('ROOT/left-behind', 'w')\n"
        "            except OSError: time.sleep(0.1)\n"
        "    os._exit(0)",
        FULL_MARKS,
    ),
    "a-daemon-program": (
        "import subprocess\nsubprocess.Popen(['/bin/sh', '-c', "
        "'while :; do echo > ROOT/left-behind; sleep 1; done 2> /dev/null'], start_new_session=True, close_fds=False)",
        FULL_MARKS,
    ),
    "dies-and-leaves-a-child": ("import os, time\nif os.fork() == 0:\n    time.sleep(10**6)\nos._exit(0)", DIED),
}

DISK = {
    f"fills-{where}": (
        "import os\n"
        f"file = os.open({path!r}, os.O_CREAT | os.O_WRONLY)\n"
        "for _ in range(2048):\n"
        "    os.write(file, b'x' * 2**20)\n"
        "print('NO LIMIT')",
        LOSES_THE_CELL,
    )
    for where, path in {"its-folder": "big", "tmp": "/tmp/hostile-big", "shm": "/dev/shm/hostile-big"}.items()
} | {
    "many-files": (
        "import os\nos.mkdir('many')\nfor number in range(2**17):\n    open(f'many/{number}', 'w').close()\n"
        "print('NO LIMIT')",
        LOSES_THE_CELL,
    ),
    "a-sparse-file": ("open('sparse', 'wb').truncate(2**40)", (*FULL_MARKS, *LOSES_THE_CELL)),
    "deep-folders-made": (
        "import os\nfor _ in range(500):\n    os.mkdir('deeper' * 10)\n    os.chdir('deeper' * 10)",
        (*FULL_MARKS, *LOSES_THE_CELL),
    ),
    "links-made": (
        "import os\nos.symlink('/etc', 'etc')\nos.symlink('ROOT/gradebook.db', 'grades')\n"
        "os.symlink('loop', 'loop')\nos.mkfifo('pipe')",
        FULL_MARKS,
    ),
    "its-folder-removed": ("import os, shutil\nshutil.rmtree(os.getcwd(), ignore_errors=True)", FULL_MARKS),
    "files-nobody-may-read": (
        "import os\nopen('closed', 'w').close()\nos.chmod('closed', 0)\nos.mkdir('shut')\nos.chmod('shut', 0)\n"
        "os.chmod('.', 0)",
        (*FULL_MARKS, *look()),
    ),
}

ENDINGS = {
    "os-exit": ("import os\nos._exit(0)", DIED),
    "sys-exit": ("import sys\nsys.exit()", LOSES_THE_CELL),
    "raises-system-exit": ("raise SystemExit(3)", LOSES_THE_CELL),
    "raises-keyboard-interrupt": ("raise KeyboardInterrupt", LOSES_THE_CELL),
    "exit": ("exit()", (*FULL_MARKS, *LOSES_THE_CELL, *DIED)),
    "segfault": ("import ctypes\nctypes.string_at(0)", DIED),
    "abort": ("import os\nos.abort()", DIED),
    "runs-another-program": ("import os\nos.execv('/bin/sh', ['sh', '-c', 'exit 0'])", DIED),
    "becomes-a-sleeper": ("import os\nos.execv('/bin/sh', ['sh', '-c', 'sleep 1000000'])", (*STOPPED, *DIED)),
    "overflows-the-stack": (
        "import sys\nsys.setrecursionlimit(10**8)\nclass A:\n    def __getattr__(self, name):\n"
        "        return getattr(self, name + 'x')\nA().x",
        (*LOSES_THE_CELL, *DIED),
    ),
    "kills-itself": (CONFINED + "os.kill(os.getpid(), 9)", (*FULL_MARKS, *LOSES_THE_CELL, *DIED)),
    "kills-its-group": (CONFINED + "os.kill(0, 9)", (*FULL_MARKS, *LOSES_THE_CELL, *DIED)),
    "kills-its-parent": (CONFINED + "os.kill(os.getppid(), 9)", (*FULL_MARKS, *LOSES_THE_CELL, *DIED)),
    "kills-everyone": (CONFINED + "os.kill(-1, 9)", (*FULL_MARKS, *LOSES_THE_CELL, *DIED)),
    "stops-itself": ("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", (*FULL_MARKS, *STOPPED)),
}

TRICKS = {
    "no-stdout": ("import sys\nsys.stdout = None\nsys.stderr = None", AS_IN_A_KERNEL),
    "broken-stdout": (
        "import sys\nclass Broken:\n    def __getattr__(self, name): raise OSError(name)\nsys.stdout = Broken()",
        SOMEHOW,
    ),
    "no-builtins": ("import builtins\nvars(builtins).clear()", SOMEHOW),
    "no-modules": ("import sys\nsys.modules.clear()", SOMEHOW),
    "broken-json": ("import json\njson.dumps = json.loads = lambda *a, **k: 'nonsense'", SOMEHOW),
    "shell-replaced": ("get_ipython().run_cell = get_ipython().run_cell_async = None", SOMEHOW),
    "shell-reset": ("get_ipython().reset()", SOMEHOW),
    "asks-to-exit": ("get_ipython().ask_exit()", SOMEHOW),
    "kernel-shut-down": ("get_ipython().kernel.do_shutdown(False)", SOMEHOW),
    "kernel-without-session": ("get_ipython().kernel.session = None", SOMEHOW),
    "execution-count": ("get_ipython().execution_count = -10**30", SOMEHOW),
    "a-tracer": ("import sys\ndef slow(*a):\n    sum(range(10**5))\n    return slow\nsys.settrace(slow)", SOMEHOW),
    "never-ending-repr": (
        "class Number(float):\n    def __truediv__(self, other): return self\n    __eq__ = lambda self, other: self\n"
        "    __rmul__ = lambda self, other: self\n    def __repr__(self):\n        while True: pass\n"
        "import builtins\nbuiltins.sum = lambda numbers: Number(2)",
        SOMEHOW,
    ),
    "more-points-than-there-are": (
        "class Number(float):\n    def __truediv__(self, other): return Number(99)\n"
        "    __eq__ = lambda self, other: self\n    __rmul__ = lambda self, other: self\n"
        "import builtins\nbuiltins.sum = lambda numbers: Number(6)",
        look("points", "score_mean", "more"),
    ),
    "infinitely-many-points": (
        "class Number(float):\n    def __truediv__(self, other): return Number('inf')\n"
        "    __eq__ = lambda self, other: self\n    __rmul__ = lambda self, other: self\n"
        "import builtins\nbuiltins.sum = lambda numbers: Number(6)",
        look("points", "score_mean", "more"),
    ),
}

EVERY_SOCKET = """\
import os, stat, struct, time
def to_every_socket(data):
    for descriptor in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode): os.write(descriptor, data)
        except OSError: pass
def frame(body):
    return struct.pack('>I', len(body)) + body
"""

FORGERIES = {
    "descriptors-closed": ("import os\nos.closerange(0, 4096)", look()),
    "garbage-everywhere": (
        "import os\nfor descriptor in range(3, 256):\n    try: os.write(descriptor, b'garbage' * 1000)\n"
        "    except OSError: pass",
        SOMEHOW,
    ),
    "half-a-frame": (EVERY_SOCKET + "to_every_socket(struct.pack('>I', 1000))\ntime.sleep(10**6)", look()),
    "a-frame-too-long": (EVERY_SOCKET + "to_every_socket(b'\\xff' * 8)", look()),
    "a-frame-of-nonsense": (EVERY_SOCKET + "to_every_socket(frame(b'nonsense'))", look()),
    "a-nested-frame": (EVERY_SOCKET + "to_every_socket(frame(b'[' * 10**5))", look()),
    "a-frame-that-is-a-list": (EVERY_SOCKET + "to_every_socket(frame(b'[]'))", look()),
    "a-frame-of-another-kind": (EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": 5, "content": null}\'))', SOMEHOW),
    "a-stream-of-no-text": (
        EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": "stream", "content": {"name": 1, "text": []}}\'))',
        SOMEHOW,
    ),
    "an-error-of-nothing": (EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": "error", "content": {}}\'))', SOMEHOW),
    "an-early-reply": (
        EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": "reply", "content": {"status": "ok"}}\') * 50)',
        SOMEHOW,
    ),
    "a-reply-of-nothing": (EVERY_SOCKET + 'to_every_socket(frame(b\'{"type": "reply"}\'))', SOMEHOW),
    "a-flood-of-frames": (
        EVERY_SOCKET + "body = b'\"' + b'x' * 10**7 + b'\"'\n"
        'body = b\'{"type": "stream", "content": {"name": "stdout", "text": \' + body + b\'}}\'\n'
        "while True: to_every_socket(frame(body))",
        (*TOO_MUCH_OUTPUT, *STOPPED),
    ),
    "frames-of-every-kind": (
        EVERY_SOCKET + "import itertools, json\n"
        "kinds = ('stream error display_data execute_result update_display_data clear_output status execute_input '\n"
        "         'comm_open comm_msg comm_close ready modules').split()\n"
        "contents = [{}, {'data': None}, {'data': {'text/plain': 5}, 'metadata': 5}, {'name': {}, 'text': None},\n"
        "            {'data': {5: []}, 'transient': 5}, {'comm_id': {}, 'target_name': 5},\n"
        "            {'data': {}, 'execution_count': 'x', 'transient': {'display_id': []}},\n"
        "            {'comm_id': 'x', 'data': {'state': 5, 'buffer_paths': 5}}]\n"
        "for kind, content in itertools.product(kinds, contents):\n"
        "    to_every_socket(frame(json.dumps({'type': kind, 'content': content, 'buffers': ['?']}).encode()))",
        SOMEHOW,
    ),
    **{
        f"results-of-{what}": (
            EVERY_SOCKET + "import builtins, json\nadd_up = sum\ndef sum(numbers):\n"
            f"    content = {{'data': {data}, 'metadata': {{}}, 'execution_count': 1}}\n"
            "    to_every_socket(frame(json.dumps({'type': 'execute_result', 'content': content}).encode()))\n"
            "    return add_up(numbers)\nbuiltins.sum = sum",
            SOMEHOW,
        )
        for what, data in {
            "nothing": "{}",
            "lists": "{'text/plain': ['1', '2']}",
            "no-text": "{'text/plain': ''}",
            "numbers": "{'text/plain': 10**400}",
            "objects": "{'text/plain': {}}",
            "no-data": "None",
            "not-a-number": "{'text/plain': 'nan'}",
            "below-zero": "{'text/plain': '-5'}",
            "long-numbers": "{'text/plain': '1' * 10**6}",
        }.items()
    },
    "a-forged-ending": (
        EVERY_SOCKET + 'to_every_socket(b\'{"ended": "exit", "status": 0, "peak": 0, "cpu": 0, "why": ""}\\n\')',
        SOMEHOW,
    ),
}

CELLS: dict[str, tuple[str, Ends]] = {
    **ENDLESS,
    **OUTPUT,
    **MEMORY,
    **PROCESSES,
    **DISK,
    **ENDINGS,
    **TRICKS,
    **FORGERIES,
}
