"""The system calls a student's process has no use for, refused from inside it for good.

What each closes: `clone` without CLONE_THREAD, `fork`, `vfork`, `execve`: one process is all there is, so its CPU
clock sees all work and nothing outlives it. `socket`: AF_VSOCK belongs to no network namespace. `ptrace`,
`process_vm_*`, `userfaultfd`, `bpf`, `perf_event_open`, `io_uring_*`, keyrings, mounts and namespaces: kernel surface.
`setrlimit`, SIGKILL by any way: so that nobody has itself killed and blames the machine. System V and POSIX queues: the
next child of the same parent must find nothing. `sched_setaffinity`: a race is run on one core.
"""

import ctypes
import errno
import platform
import struct

# System call numbers: x86_64, aarch64 (None: the call does not exist there).
DENIED = {
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "socket": (41, 198),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "userfaultfd": (323, 282),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "unshare": (272, 97),
    "setns": (308, 268),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "pidfd_getfd": (438, 438),
    "kexec_load": (246, 104),
    "setrlimit": (160, 164),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "pidfd_send_signal": (424, 424),
    "timer_create": (222, 107),
    "shmget": (29, 194),
    "semget": (64, 190),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "sched_setaffinity": (203, 122),
}
# (call, argument, value): refused with this value only. F_SETSIG is 10, SIGKILL 9.
DENIED_VALUES = {
    "kill": ((62, 129), 1, 9),
    "tkill": ((200, 130), 1, 9),
    "tgkill": ((234, 131), 2, 9),
    "fcntl": ((72, 25), 1, 10),
}
CLONE = (56, 220)
CLONE3 = (435, 435)
PRLIMIT64 = (302, 261)
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

CLONE_THREAD = 0x00010000
LD, JEQ, JGE, JSET, RET = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL = 0x7FFF0000, 0x80000000
NUMBER, ARCH, ARGUMENTS = 0, 4, 16


def program(machine: str) -> bytes:
    """The BPF program for a machine of this name; raises `KeyError` for one without a table."""
    column, arch = ARCHITECTURES[machine]
    deny, nosys = 0x00050000 | errno.EPERM, 0x00050000 | errno.ENOSYS
    code: list[tuple[int, int, int, int]] = [
        (LD, 0, 0, ARCH),
        (JEQ, 1, 0, arch),
        (RET, 0, 0, KILL),
        (LD, 0, 0, NUMBER),
    ]
    if machine == "x86_64":
        code += [(JGE, 0, 1, 0x40000000), (RET, 0, 0, KILL)]  # the x32 twin of every call
    for numbers in DENIED.values():
        number = numbers[column]
        if number is not None:
            code += [(JEQ, 0, 1, number), (RET, 0, 0, deny)]
    for call, argument, value in DENIED_VALUES.values():
        code += [
            (JEQ, 0, 4, call[column]),
            (LD, 0, 0, ARGUMENTS + 8 * argument),
            (JEQ, 0, 1, value),
            (RET, 0, 0, deny),
            (RET, 0, 0, ALLOW),
        ]
    # glibc makes threads by clone3 and falls back to clone, whose flags a filter can read.
    code += [(JEQ, 0, 1, CLONE3[column]), (RET, 0, 0, nosys)]
    code += [
        (JEQ, 0, 4, CLONE[column]),
        (LD, 0, 0, ARGUMENTS),
        (JSET, 0, 1, CLONE_THREAD),
        (RET, 0, 0, ALLOW),
        (RET, 0, 0, deny),
    ]
    # prlimit64 may read limits (no new limit, a null pointer) and not set them.
    code += [
        (JEQ, 0, 5, PRLIMIT64[column]),
        (LD, 0, 0, ARGUMENTS + 16),
        (JEQ, 0, 2, 0),
        (LD, 0, 0, ARGUMENTS + 20),
        (JEQ, 1, 0, 0),
        (RET, 0, 0, deny),
        (RET, 0, 0, ALLOW),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code)


def install() -> None:
    """Refuse the denied calls to this process and its threads from now on.

    Raises `OSError` where the kernel refuses the filter, `KeyError` on a processor without a table.
    """
    code = program(platform.machine())
    buffer = ctypes.create_string_buffer(code)

    class FilterProgram(ctypes.Structure):
        _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]

    libc = ctypes.CDLL(None, use_errno=True)
    filters = FilterProgram(len(code) // 8, ctypes.addressof(buffer))
    no_new_privileges, set_seccomp, filter_mode = 38, 22, 2
    if libc.prctl(no_new_privileges, 1, 0, 0, 0) or libc.prctl(set_seccomp, filter_mode, ctypes.byref(filters), 0, 0):
        raise OSError(ctypes.get_errno(), "seccomp filter refused")
