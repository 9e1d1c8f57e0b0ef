from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from goswitch.doctor.checks.environment.goflags import goflags
from goswitch.model.finding import Severity

if TYPE_CHECKING:
    from sighted import Looker


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("foo", ["goflags-refused"]),
        ("-ldflags=-s w", ["goflags-refused"]),
        ("'-ldflags=-s w'", []),
        ("-C=/x", ["goflags-refused"]),
        ("-toolexec=/x/tool -mod=mod", ["goflags-toolexec", "goflags-mod"]),
        ("--modfile=alt.mod", ["goflags-modfile"]),
        ("-mod=", []),
        ("-buildvcs=false -trimpath -v", []),
    ],
)
def test_flags(looker: Looker, value: str, ids: list[str]) -> None:
    looker.env["GOFLAGS"] = value
    assert [found.id for found in looker.find(goflags)] == ids


def test_the_origin_is_named(looker: Looker) -> None:
    file = looker.write(".config/go/env", "\nGOFLAGS=-mod=mod\n")
    (found,) = looker.find(goflags)
    assert found.fact == "GOFLAGS=-mod=mod (in the user's go/env file) holds in every project"
    assert (str(found.place), found.cure) == (f"{file}:2", ("go env -u GOFLAGS",))
    looker.env["GOFLAGS"] = "-mod=readonly"
    bashrc = looker.write(".profile", "GOFLAGS=-mod=readonly\nexport GOFLAGS\n")
    (found,) = looker.find(goflags)
    assert found.cure == ("unset GOFLAGS", f"take line 1 out of {bashrc}")


def test_the_sdks_own_file_counts(looker: Looker) -> None:
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    file = looker.box.root / "go1.22.4/go.env"
    file.write_text("# x\nGOFLAGS=-toolexec=/t\n")
    (found,) = looker.find(goflags)
    assert (str(found.place), found.cure) == (f"{file}:2", (f"take line 2 out of {file}",))


def test_vendor_without_a_vendor_folder_is_worse(looker: Looker) -> None:
    looker.env["GOFLAGS"] = "-mod=vendor"
    looker.box.sdk("go1.22.4")
    looker.box.pin("1.22.4\n")
    (looker.box.project / "go.mod").write_text("module m\n\ngo 1.22\n")
    (found,) = looker.find(goflags)
    assert found.severity is Severity.WARNING
    (looker.box.project / "vendor").mkdir()
    (found,) = looker.find(goflags)
    assert found.severity is Severity.NOTE
