"""Files: written whole or not at all, synced once, removed even where folders are read-only.

Every OSError on the way becomes a DiskError that says what was being done and where.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from goswitch.errors import DiskError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_HELP = {
    errno.ENOSPC: "free some space: goswitch cache --clear",
    errno.EDQUOT: "free some space: goswitch cache --clear",
    errno.EACCES: "check who owns it: ls -ld",
    errno.EROFS: "choose another place with GOSWITCH_SDK_ROOT",
}


def disk_error(action: str, path: Path | str, error: OSError) -> DiskError:
    """Return a DiskError for `error`: `can't write /x: No space left on device`."""
    reason = error.strerror or str(error)
    if isinstance(error.filename, str) and error.filename != str(path):
        reason = f"{reason}: {error.filename}"
    return DiskError(f"can't {action} {path}: {reason}", help=_HELP.get(error.errno or 0, ()))


@contextmanager
def doing(action: str, path: Path | str) -> Iterator[None]:
    """Turn an OSError inside into a DiskError that says `can't ACTION PATH: reason`."""
    try:
        yield
    except OSError as error:
        raise disk_error(action, path, error) from error


@contextmanager
def writing(path: Path, *, durable: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of `path` at the end, whole; at an error `path` stays as it was.

    `durable` also survives a power cut. Missing parents are made. Raise DiskError.
    """
    with doing("write", path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
        # Not mkstemp: to widen its mode one must know the umask, which only changing it tells, for all threads.
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        with doing("write", path):
            with os.fdopen(descriptor, "wb") as file:
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            temporary.replace(path)
            if durable:
                sync_directory(path.parent)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def sync_directory(path: Path) -> None:
    """Make the names in a directory survive a power cut; OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file_system(path: Path) -> None:
    """Make everything written on the file system of `path` survive a power cut: one call, not one for each file.

    syncfs(2) where the C library has it (Linux), else sync(2). Raise DiskError.
    """
    import ctypes  # noqa: PLC0415 - 4 ms, for what only installing and repairing needs

    with doing("sync", path):
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
            return
        descriptor = os.open(path, os.O_RDONLY)
        try:
            if syncfs(descriptor) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number))
        finally:
            os.close(descriptor)


def require_programs_run(path: Path) -> None:
    """Raise DiskError where the file system of `path` is mounted noexec: no program could run there."""
    with doing("look at", path):
        flags = os.statvfs(path).f_flag
    if flags & getattr(os, "ST_NOEXEC", 0):
        raise DiskError(
            f"{path} is on a file system that is mounted noexec: no go could run there",
            help="choose another place with GOSWITCH_SDK_ROOT",
        )


def publish(staged: Path, target: Path) -> None:
    """Give a staged directory its name in one step, over an empty directory too; both lie on one file system.

    Raise DiskError if anything else stands there. The new name survives a power cut.
    """
    with doing("create", target):
        staged.rename(target)
        sync_directory(target.parent)


def remove_aside(path: Path) -> None:
    """Delete a file, if it is there, and let another thread give its space back: of a long one that takes a while.

    OSError.
    """
    try:
        # Not waiting for the other end, should it be a pipe.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        path.unlink(missing_ok=True)
        return
    try:
        path.unlink(missing_ok=True)
    finally:
        threading.Thread(target=os.close, args=(descriptor,), name="remove", daemon=True).start()


def remove_tree(path: Path) -> None:
    """Delete a directory, read-only folders in it too, or a file or link; what is not there is no error.

    Raise DiskError.
    """
    with doing("remove", path):
        try:
            mode = path.lstat().st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            path.unlink()
            return
        if sys.version_info >= (3, 12):
            shutil.rmtree(path, onexc=_make_writable)
        else:
            shutil.rmtree(path, onerror=lambda function, name, info: _make_writable(function, name, info[1]))


def empty_directory(path: Path) -> None:
    """Delete everything in a directory, which stays. Raise DiskError."""
    with doing("empty", path):
        for child in list(path.iterdir()):
            remove_tree(child)


def _make_writable(function: Callable[..., object], name: str, error: BaseException) -> None:
    """Let rmtree go on where it was a read-only folder that stopped it (the module cache has such)."""
    if isinstance(error, FileNotFoundError):
        return
    if not isinstance(error, PermissionError):
        raise error
    for folder in (Path(name).parent, Path(name)):
        if folder.is_dir() and not folder.is_symlink():
            folder.chmod(stat.S_IRWXU)
    if function in {os.unlink, os.rmdir}:
        function(name)
    else:
        shutil.rmtree(name)
