"""`goswitch install`: fetch, prove and unpack SDKs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import click

from goswitch.cli.app import App, json_events_option, pass_app
from goswitch.cli.completing import obtainable
from goswitch.cli.engine import Chosen, open_sources, side_by_side, source_options, telling
from goswitch.cli.telling import as_row
from goswitch.errors import GoswitchError, UsageError
from goswitch.model.request import Exact, Remote, parse_request
from goswitch.sdk.inventory import State, find
from goswitch.system.loading import needed_later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from goswitch.cli.telling import Telling
    from goswitch.model.version import Version
    from goswitch.sdk.install import Installed
    from goswitch.sdk.sources.base import Source


@click.command()
@click.argument("requests", nargs=-1, shell_complete=obtainable)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--ask", "fact", hidden=True, metavar="FACT", help="What a shim has to say: ask first, once for all calls."
)
@source_options
@json_events_option
@pass_app
def verb(
    app: App,
    requests: tuple[str, ...],
    *,
    quiet: bool,
    fact: str | None,
    names: tuple[str, ...],
    offline: bool,
    as_json: bool,
) -> int:
    """Install the SDKs that REQUESTS name, or the one that this folder asks for.

    Each is proven before it counts: by Go's checksum database or by the official list's sha256. An SDK that is there
    already costs no network. Several are installed side by side; one that fails does not keep the others from it.

    The events of --json are start, progress, note, done and error, each with the name of its SDK, and at the end result
    with all that is there and all that failed.

    \b
    Examples:
      goswitch install 1.22.4
      goswitch install 1.21               the newest 1.21.x
      goswitch install 1.19.13 stable     several at once
      goswitch install                    what .go-version, go.work or go.mod here ask for
      goswitch install --offline --source directory:/mnt/go 1.22.4
      goswitch install --json stable | jq 'select(.event == "done")'
    """
    if fact is not None and requests:
        from goswitch.cli.auto_install import at_terminal  # noqa: PLC0415 - which needs this module

        return at_terminal(app, fact, requests[0])
    wanted = [_remote(text) for text in requests] or [_wanted_here(app)]
    needed_later("goswitch.shell.completions", "goswitch.shell.hooks", "goswitch.shell.shims")
    run = _Run(app, telling(app, "install", quiet=quiet, as_json=as_json, several=len(wanted) > 1))
    if any(not isinstance(request, Exact) or not run.is_there(request.version) for request in wanted):
        with open_sources(app, Chosen(names, offline), unpacks=len(wanted)) as sources:
            run.install_all(wanted, sources)
    else:
        run.install_all(wanted, ())
    rows = list(run.rows.values())
    if not all((app.layout.shims / row["name"]).exists() for row in rows):
        # Who installed it was killed just then.
        from goswitch.sdk.leftovers import clear_dead  # noqa: PLC0415 - only here

        app.rehash()
        clear_dead(app.layout)
    run.tell.result(rows, run.status)
    if not quiet and not as_json and rows and not app.has_shims_on_path():
        app.console.talk("help: the shims are not on PATH yet: goswitch setup")
    return run.status


def _wanted_here(app: App) -> Remote:
    from goswitch.resolve.wanted import wanted_here  # noqa: PLC0415 - the whole rule, which a named version does without

    return wanted_here(app.world.cwd, app.world.env)


def _remote(text: str) -> Remote:
    request = parse_request(text)
    if not isinstance(request, Remote):
        raise UsageError(f"{text} is no release that could be installed", help="goswitch available")
    return request


class _Run:
    """One run of the command: what is there by now (`rows`), and what failed, in the order of the requests."""

    def __init__(self, app: App, tell: Telling) -> None:
        self.app, self.tell = app, tell
        self._rows: dict[Version, dict[str, Any] | None] = {}
        self._failed: dict[int, int] = {}
        self._writing_shims = threading.Lock()

    @property
    def rows(self) -> dict[Version, dict[str, Any]]:
        """Return what is there, as programs read it."""
        return {version: row for version, row in self._rows.items() if row is not None}

    @property
    def status(self) -> int:
        """Return the exit code: that of the first request that failed."""
        return self._failed[min(self._failed)] if self._failed else 0

    def install_all(self, requests: Sequence[Remote], sources: Sequence[Source]) -> None:
        """Find out which versions are meant, each once, then install them side by side; failures are said and kept."""
        numbers: dict[Version, int] = {}
        for number, request in enumerate(requests):
            try:
                version = meant(request, sources, self.tell)
            except GoswitchError as error:
                self._fail(number, str(request), request, error)
                continue
            numbers.setdefault(version, number)
            self._rows.setdefault(version, None)
        missing = []
        for version in numbers:
            if self.is_there(version):
                self._there(version)
            else:
                missing.append(version)
        side_by_side(self.app, [self._work(numbers[version], version, sources) for version in missing])

    def is_there(self, version: Version) -> bool:
        """Tell whether there is a complete SDK."""
        sdk = find(self.app.layout.sdk_root, version.released.name)
        return sdk is not None and sdk.state is State.COMPLETE

    def _work(self, number: int, version: Version, sources: Sequence[Source]) -> Callable[[], None]:
        def work() -> None:
            try:
                done = bring(self.app, version, sources, self.tell, published=lambda _: self._rehash())
            except GoswitchError as error:
                self._fail(number, version.name, Exact(version), error)
            else:
                if done.already:
                    self._there(version)
                else:
                    self._installed(done)

        return work

    def _rehash(self) -> None:
        with self._writing_shims:
            self.app.rehash()

    def _there(self, version: Version) -> None:
        path = self.app.layout.sdk(version)
        row = {"name": version.name, "version": version.text, "path": str(path), "already": True}
        self._rows[version] = row
        self.tell.done(row, f"{version.name} is already installed in {self.app.shown(path)}")

    def _installed(self, done: Installed) -> None:
        row = as_row(done) | {"already": False}
        self._rows[done.version] = row
        self.tell.done(row, said_of(self.app, done))

    def _fail(self, number: int, name: str, request: Remote, error: GoswitchError) -> None:
        self._failed[number] = error.exit_code
        self.tell.failed(name, error, [*error.help, *_near(self.app, error, request)])


def said_of(app: App, done: Installed) -> str:
    """Return the sentence about an SDK that was installed, or was there already."""
    place = f"{done.version.name} is {'already ' * done.already}installed in {app.shown(done.path)}"
    return place if done.already else f"{place}; {done.proof} ({done.source})"


def meant(request: Remote, sources: Sequence[Source], tell: Telling) -> Version:
    """Return the version that a request means, of several the newest; raise what `newest` raises."""
    if isinstance(request, Exact):
        return request.version.released
    from goswitch.sdk.available import newest  # noqa: PLC0415 - brings httpx with it

    return newest(request, sources, tell.task(""))


def bring(
    app: App, version: Version, sources: Sequence[Source], tell: Telling, *, published: Callable[[Version], object]
) -> Installed:
    """Install one version, and tell how it comes along; raise what `install` raises."""
    from goswitch.sdk.install import install  # noqa: PLC0415 - brings httpx with it

    reporter = tell.task(version.name)
    try:
        return install(
            version,
            layout=app.layout,
            platform=app.world.platform,
            sources=sources,
            reporter=reporter,
            published=published,
            clock=app.world.clock,
        )
    finally:
        reporter.finish()


def _near(app: App, error: GoswitchError, request: Remote) -> list[str]:
    from goswitch.errors import NoSuchVersion  # noqa: PLC0415
    from goswitch.sdk.available import near  # noqa: PLC0415

    if not isinstance(error, NoSuchVersion):
        return []
    names = near(app.layout, request)
    return [f"goswitch install {names[0]}" + "".join(f", or {name}" for name in names[1:])] if names else []
