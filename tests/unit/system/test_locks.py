"""Locks between processes: who waits is told for whom, and a holder that dies lets go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from goswitch.errors import DiskError, LockError
from goswitch.system.locks import held

if TYPE_CHECKING:
    from collections.abc import Iterator

HOLDER = """
import sys
from pathlib import Path
from goswitch.system.locks import held
with held(Path(sys.argv[1]), "go1.22.4", timeout=None, does="installs go1.22.4"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lock until its input ends."""
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    repository = Path(__file__).resolve().parents[3]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=repository) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_who_waits_is_told_for_whom_and_gives_up_in_time(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    told: list[str] = []
    with (
        pytest.raises(
            LockError, match=f"process {holder.pid}, which installs go1.22.4, still holds .*go1\\.22\\.4\\.lock after"
        ),
        held(tmp_path, "go1.22.4", timeout=0.2, waiting=told.append),
    ):
        pass
    assert told == [f"waiting for process {holder.pid}, which installs go1.22.4"]


def test_a_note_that_says_nothing_useful_is_another_process(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    (tmp_path / "go1.22.4.holder").write_text("half a")
    with pytest.raises(LockError, match=r"another process still holds"), held(tmp_path, "go1.22.4", timeout=0):
        pass


STOPPED = """
import sys, threading
from pathlib import Path
from goswitch.system import interrupts
from goswitch.system.locks import held
def wait():
    with held(Path(sys.argv[1]), "go1.22.4", timeout=None, waiting=lambda text: interrupts.stop()):
        print("held")
ended = []
threading.excepthook = lambda args: ended.append(args.exc_type)
waiter = threading.Thread(target=wait)
waiter.start()
waiter.join(30)
print(*(kind.__name__ for kind in ended))
"""


def test_who_waits_in_a_thread_stops_at_ctrl_c(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    repository = Path(__file__).resolve().parents[3]
    command = [sys.executable, "-c", STOPPED, str(tmp_path)]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False, timeout=60)
    assert done.stdout == "KeyboardInterrupt\n", done.stderr


def test_another_name_is_another_lock(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    with held(tmp_path, "go1.22.5", timeout=0):
        assert (tmp_path / "go1.22.5.holder").exists()
    assert not (tmp_path / "go1.22.5.holder").exists()


def test_a_holder_that_is_killed_lets_go(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    holder.kill()
    holder.wait()
    with held(tmp_path, "go1.22.4", timeout=30):
        pass


def test_a_holder_that_ends_lets_go_of_who_waits(holder: subprocess.Popen[str], tmp_path: Path) -> None:
    assert holder.stdin is not None
    stdin = holder.stdin
    with held(tmp_path, "go1.22.4", timeout=30, waiting=lambda _: stdin.close()):
        assert holder.wait() == 0


def test_a_lock_is_let_go_of_after_an_error_and_its_file_stays(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), held(tmp_path, "x", timeout=0):
        raise KeyboardInterrupt
    with held(tmp_path, "x", timeout=0):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["x.lock"]


def test_a_folder_that_cannot_be_made_is_a_disk_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DiskError, match="can't make the folder"), held(tmp_path / "file", "x", timeout=0):
        pass
