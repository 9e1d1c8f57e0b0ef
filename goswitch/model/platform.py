"""Operating systems and architectures as Go names them, and the two spellings that downloads use."""

from __future__ import annotations

from typing import NamedTuple

_SYSTEMS = {"linux": "linux", "darwin": "darwin", "freebsd": "freebsd", "openbsd": "openbsd", "netbsd": "netbsd"}
_MACHINES = {
    "x86_64": "amd64",
    "amd64": "amd64",
    "i386": "386",
    "i486": "386",
    "i586": "386",
    "i686": "386",
    "aarch64": "arm64",
    "arm64": "arm64",
    "armv6l": "arm",
    "armv7l": "arm",
    "armv8l": "arm",
    "ppc64le": "ppc64le",
    "ppc64": "ppc64",
    "s390x": "s390x",
    "riscv64": "riscv64",
    "loongarch64": "loong64",
    "mips64": "mips64",
}


class Platform(NamedTuple):
    """A GOOS and a GOARCH."""

    goos: str
    goarch: str

    @property
    def archive_arch(self) -> str:
        """The architecture in names of official archives, and in go.dev's list: linux/arm is `armv6l` there alone."""
        return "armv6l" if (self.goos, self.goarch) == ("linux", "arm") else self.goarch

    @property
    def archive(self) -> str:
        """`linux-armv6l`, as archive names end."""
        return f"{self.goos}-{self.archive_arch}"

    @property
    def module(self) -> str:
        """`linux-arm`, as versions of the module golang.org/toolchain end."""
        return f"{self.goos}-{self.goarch}"

    @property
    def tool_directory(self) -> str:
        """`linux_arm`, the folder under `pkg/tool`."""
        return f"{self.goos}_{self.goarch}"

    def __str__(self) -> str:
        return f"{self.goos}/{self.goarch}"


def host_platform(system: str, machine: str) -> Platform:
    """Return the platform of a machine by what `uname -s` and `uname -m` print; ValueError where Go has no SDK."""
    goos = _SYSTEMS.get(system.lower())
    goarch = _MACHINES.get(machine.lower())
    if goos is None or goarch is None:
        raise ValueError(f"no Go SDK is published for {system} {machine}")
    return Platform(goos, goarch)
