"""Hostile submissions to the tiny stage. Each is the body of a module that defines `double`.

`foiled`: the attack works if `double` returns the right answer, so `double` must fail.
`harmless`: the answer is right and the attack hits nothing, so `double` passes.
Either way an honest `total` in the same file must keep its marks, and the judge must live.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    name: str
    code: str
    foiled: bool = True


def steal(action: str) -> str:
    """A `double` that is right if the action goes through."""
    lines = "\n    ".join(action.split("\n"))
    return (
        f"import os, sys, ctypes, socket, subprocess, threading, glob\ndef double(x):\n    {lines}\n    return 2 * x\n"
    )


SYSCALL = "libc = ctypes.CDLL(None, use_errno=True)\nif libc.syscall({}) < 0: raise OSError(ctypes.get_errno())"

ATTACKS = [
    # --- processes and resources
    Attack("fork", steal("if os.fork() == 0: os._exit(0)")),
    Attack("fork_bomb", steal("while True: os.fork()")),
    Attack("vfork_by_subprocess", steal("subprocess.run(['/bin/true'], check=True)")),
    Attack("exec", steal("os.execv('/bin/true', ['true'])")),
    Attack("clone3_process", steal(SYSCALL.format("435, ctypes.create_string_buffer(88), 88"))),
    Attack(
        "multiprocessing",
        steal("import multiprocessing as mp\np = mp.get_context('fork').Process(target=print)\np.start(); p.join()"),
    ),
    Attack(
        "thread_bomb",
        steal("for _ in range(100000): threading.Thread(target=__import__('time').sleep, args=(99,)).start()"),
    ),
    Attack("memory_bomb", steal("b = []\nwhile True: b.append(bytearray(1 << 28))")),
    Attack("memory_mapping", steal("import mmap\nm = [mmap.mmap(-1, 1 << 30) for _ in range(64)]")),
    Attack("endless_loop", steal("while True: pass")),
    Attack("endless_sleep", steal("import time\ntime.sleep(10 ** 6)")),
    Attack(
        "endless_drip",  # a reply that is always about to come
        steal(
            "import struct, time\nframe = sys._getframe()\n"
            "while 'connection' not in frame.f_locals: frame = frame.f_back\n"
            "wire = frame.f_locals['connection']\n"
            "wire.sendall(struct.pack('<QQ', 10 ** 6, frame.f_locals['number']))\n"
            "while True: wire.sendall(b'x'); time.sleep(0.02)"
        ),
    ),
    Attack(
        "ignored_signals",
        steal("import signal\n[signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]\nwhile True: pass"),
    ),
    Attack(
        "busy_threads",
        steal(
            "def spin():\n    while True: pass\n[threading.Thread(target=spin).start() for _ in range(8)]\nwhile True: pass"
        ),
    ),
    Attack("disk_bomb", steal("f = open('/tmp/x', 'wb')\nfor _ in range(4096): f.write(bytes(1 << 20))\nf.flush()")),
    Attack("many_files", steal("for i in range(10 ** 6): open(f'/tmp/{i}', 'wb').write(bytes(5000))")),
    Attack("leaves_its_core", steal("os.sched_setaffinity(0, range(os.cpu_count()))")),
    Attack("raise_own_limits", steal("import resource\nresource.setrlimit(resource.RLIMIT_AS, (-1, -1))")),
    Attack(
        "lower_cpu_limit_to_blame_the_machine",
        steal("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))"),
    ),
    Attack("exit", steal("os._exit(0)")),
    Attack(
        "locked_folders_to_blame_the_machine",
        steal(
            "import pathlib\npathlib.Path('/tmp/a/b/c').mkdir(parents=True)\n[os.chmod(f, 0) for f in ('/tmp/a/b', '/tmp/a')]\nos._exit(0)"
        ),
    ),
    Attack("exit_137", steal("os._exit(137)")),
    Attack("kill_itself", steal("os.kill(os.getpid(), 9)")),
    Attack("abort", steal("os.abort()")),
    Attack("segfault", steal("ctypes.string_at(0)")),
    Attack("recursion", steal("sys.setrecursionlimit(10 ** 9)\ndef f(): return f()\nf()")),
    # --- the network
    Attack("internet", steal("socket.create_connection(('1.1.1.1', 53), 2)")),
    Attack("loopback", steal("socket.create_server(('127.0.0.1', 0))")),
    Attack("unix_socket", steal("socket.socket(socket.AF_UNIX).bind('/tmp/s')")),
    Attack("vsock", steal("socket.socket(getattr(socket, 'AF_VSOCK', 40), socket.SOCK_STREAM)")),
    Attack("netlink", steal("socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)")),
    # --- reading what is not theirs
    Attack("shadow", steal("open('/etc/shadow').read()")),
    Attack("passwd", steal("open('/etc/passwd').read()")),
    Attack("home", steal("assert os.listdir('/root')[0] not in ('.pyenv',) or len(os.listdir('/root')) > 1")),
    Attack(
        "solutions",
        steal(
            "hits = glob.glob('/**/solutions', recursive=True) + glob.glob('/**/01_tiny.py', recursive=True)\nassert hits"
        ),
    ),
    Attack(
        "secret_seed",
        steal("assert glob.glob('/**/.jaxercise/*', recursive=True) or glob.glob('/**/seed', recursive=True)"),
    ),
    Attack("bank", steal("assert glob.glob('/**/bank/*', recursive=True)")),
    Attack(
        "judge_environment",
        steal(
            "assert set(os.environ) - {'PATH','HOME','LANG','PYTHONPATH','PYTHONDONTWRITEBYTECODE','JAX_PLATFORMS','MPLBACKEND','PWD','LC_CTYPE','TPU_SKIP_MDS_QUERY','KMP_INIT_AT_FORK','KMP_DUPLICATE_LIB_OK'} - {k for k in os.environ if k.startswith(('JAX_', 'XLA', 'TF_', 'GRPC'))}"
        ),
    ),
    Attack(
        "other_processes",
        steal("assert [p for p in os.listdir('/proc') if p.isdigit() and p not in ('1', str(os.getpid()))]"),
    ),
    Attack("environment_of_the_parent", steal("open(f'/proc/{os.getppid()}/environ').read()")),
    Attack("host_memory", steal("open('/dev/mem', 'rb').read(1)")),
    Attack("kernel_log", steal("open('/dev/kmsg').read(1)")),
    Attack("disk_device", steal("assert [d for d in os.listdir('/dev') if d.startswith(('vd', 'sd', 'nvme'))]")),
    # --- reaching for other processes
    Attack("ptrace", steal(SYSCALL.format("101, 16, 1, 0, 0"))),
    Attack("read_foreign_memory", steal(SYSCALL.format("310, os.getppid(), 0, 0, 0, 0, 0"))),
    Attack("signal_everyone", steal("os.kill(-1, 15)")),
    Attack(
        "signal_the_parent",
        steal("for number in {*range(1, 65)} - {9}: os.kill(os.getppid(), number)\n__import__('time').sleep(1)"),
        foiled=False,
    ),
    # --- changing the machine
    Attack("write_to_packages", steal("import numpy\nopen(os.path.dirname(numpy.__file__) + '/evil.py', 'w')")),
    Attack("write_to_the_kit", steal("open('/kit/autograder/evil.py', 'w')")),
    Attack("write_to_root", steal("open('/evil', 'w')")),
    Attack("write_to_shm", steal("open('/dev/shm/evil', 'w')")),
    Attack("become_root", steal("os.setuid(0)")),
    Attack("mount", steal(SYSCALL.format("165, b'none', b'/tmp', b'tmpfs', 0, 0"))),
    Attack("user_namespace", steal(SYSCALL.format("272, 0x10000000"))),
    Attack("bpf", steal(SYSCALL.format("321, 0, 0, 0"))),
    Attack("io_uring", steal(SYSCALL.format("425, 1, ctypes.create_string_buffer(200)"))),
    Attack("keyring", steal(SYSCALL.format("250, 0, -3, 1"))),
    Attack("x32_calls", steal(SYSCALL.format("0x40000000 + 39"))),
    # --- the pipe to the judge
    Attack("flood_stdout", steal("for _ in range(2000): print('x' * 10 ** 5)"), foiled=False),
    Attack("flood_stderr", steal("for _ in range(2000): sys.stderr.write('x' * 10 ** 5)"), foiled=False),
    Attack(
        "garbage_in_the_pipe",
        steal(
            "[os.write(fd, b'\\xff' * 64) for fd in range(3, 8) if os.path.exists(f'/proc/self/fd/{fd}') and 'socket' in os.readlink(f'/proc/self/fd/{fd}')]"
        ),
    ),
    Attack(
        "a_pickle_in_the_pipe",
        steal(
            "import pickle, struct\nclass P:\n    def __reduce__(self): return (os.system, ('touch /tmp/owned',))\nb = pickle.dumps(P())\nfor fd in range(3, 9):\n    try: os.write(fd, struct.pack('<Q', len(b)) + b)\n    except OSError: pass"
        ),
    ),
    Attack(
        "endless_frame",
        steal(
            "import struct\nfor fd in range(3, 9):\n    try: os.write(fd, struct.pack('<Q', 2 ** 60))\n    except OSError: pass"
        ),
    ),
    Attack("close_the_pipe", steal("os.closerange(3, 64)")),
    Attack("shape_bomb", "import jax.numpy as jnp\ndef double(x):\n    return jnp.zeros((0, 2**30))\n"),
    Attack("huge_result", "import jax.numpy as jnp\ndef double(x):\n    return jnp.zeros(2**24)\n"),
    Attack("deep_result", "def double(x):\n    y = []\n    for _ in range(5000): y = [y]\n    return y\n"),
    Attack("cyclic_result", "def double(x):\n    y = []\n    y.append(y)\n    return y\n"),
    Attack(
        "endless_list",
        "class L(list):\n    def __iter__(self):\n        while True: yield 1\ndef double(x):\n    return L([1])\n",
    ),
    Attack("object_array", "import numpy as np\ndef double(x):\n    return np.array([object()] * 3)\n"),
    Attack(
        "lying_array",
        "import numpy as np\nclass A(np.ndarray):\n    def __eq__(self, other): return True\ndef double(x):\n    return np.zeros(3).view(A)\n",
    ),
    Attack("nan_result", "import jax.numpy as jnp\ndef double(x):\n    return x * jnp.nan\n"),
    Attack(
        "raise_everything", "class E(BaseException):\n    def __str__(self): raise E()\ndef double(x):\n    raise E()\n"
    ),
    Attack("system_exit", "def double(x):\n    raise SystemExit(0)\n"),
    Attack("huge_message", "def double(x):\n    raise ValueError('x' * 10**8)\n"),
    # --- lying from within
    Attack(
        "patched_comparison",
        "import numpy, jax.numpy as jnp\nnumpy.isclose = jnp.allclose = numpy.array_equal = lambda *a, **k: True\ndef double(x):\n    return x\n",
    ),
    Attack(
        "patched_wire",
        "import autograder.wire as w\nreal = w.encode\nw.encode = lambda v, k=None: real(('ok', 0.0))\ndef double(x):\n    return x\n",
    ),
    Attack(
        "patched_host",
        "import autograder.program as p\np.Host.reply = lambda self, *a: b'passed'\ndef double(x):\n    return x\n",
    ),
    Attack(
        "an_exception_without_parts",
        "import autograder.program as p\ndef double(x):\n    p.outcome = lambda run: ('raised', {'cell': 'x'})\n    return x\n",
    ),
    Attack(
        "an_exception_of_odd_parts",
        "import autograder.program as p\ndef double(x):\n    p.outcome = lambda run: ('raised', {'type': 'E', 'message': '', 'bases': [[1]], 3: 4})\n    return x\n",
    ),
    Attack(
        "an_empty_array_with_endless_sides",
        "import json, struct\nimport autograder.wire as w\nheader = json.dumps({'t': 'array', 'dtype': 'float32', 'shape': [0] + 3 * [2**31 - 1]}).encode()\n"
        "def double(x):\n    w.encode = lambda *_: struct.pack('<I', len(header)) + header\n    return x\n",
    ),
    Attack(
        "expected_values_by_frames",
        steal(
            "f = sys._getframe()\nseen = []\nwhile f:\n    seen += [v for k, v in f.f_locals.items() if k in ('want', 'expected', 'reference', 'recording')]\n    f = f.f_back\nassert seen"
        ),
    ),
    Attack(
        "expected_values_by_gc",
        steal(
            "import gc\nassert [o for o in gc.get_objects() if type(o).__name__ in ('Recording', 'Replay', 'Judge')]"
        ),
    ),
    Attack("recorded_values_on_disk", steal("assert glob.glob('/**/expected.bin', recursive=True)")),
    Attack(
        "atexit_and_del",
        "import atexit, os\natexit.register(lambda: os.write(1, b'passed'))\ndef double(x):\n    return 2 * x\n",
        foiled=False,
    ),
    Attack("imports_sabotaged", "import builtins\nbuiltins.__import__ = None\ndef double(x):\n    return x\n"),
    Attack("exit_while_loading", "import os\nos._exit(0)\ndef double(x):\n    return 2 * x\n", foiled=False),
]
