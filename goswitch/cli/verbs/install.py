"""`goswitch install`: fetch, prove and unpack SDKs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.engine import Chosen, open_sources, reporter, source_options
from goswitch.errors import GoswitchError, UsageError
from goswitch.model.request import Exact, Remote, parse_request
from goswitch.resolve.wanted import wanted_here
from goswitch.sdk.inventory import State, find

if TYPE_CHECKING:
    from collections.abc import Sequence

    from goswitch.cli.progress import TerminalReporter
    from goswitch.model.version import Version
    from goswitch.sdk.sources.base import Source


@click.command()
@click.argument("requests", nargs=-1)
@click.option("--quiet", "-q", is_flag=True, help="Say nothing but errors.")
@source_options
@json_option
@pass_app
def verb(
    app: App, requests: tuple[str, ...], *, quiet: bool, names: tuple[str, ...], offline: bool, as_json: bool
) -> int:
    """Install the SDKs that REQUESTS name, or the one that this folder asks for.

    Each is proven before it counts: by Go's checksum database or by the official list's sha256. An SDK that is there
    already costs no network.

    \b
    Examples:
      goswitch install 1.22.4
      goswitch install 1.21               the newest 1.21.x
      goswitch install 1.19.13 stable     several at once
      goswitch install                    what .go-version, go.work or go.mod here ask for
      goswitch install --offline --source directory:/mnt/go 1.22.4
    """
    wanted = [_remote(text) for text in requests] or [wanted_here(app.world.cwd, app.world.env)]
    talk = reporter(app, quiet=quiet)
    rows: list[dict[str, Any]] = []
    missing: list[Remote] = []
    status = 0
    for request in wanted:
        if isinstance(request, Exact) and _is_complete(app, request):
            rows.append(_there(app, request, talk))
        else:
            missing.append(request)
    if missing:
        with open_sources(app, Chosen(names, offline)) as sources:
            status = _install_all(app, missing, sources, talk, rows)
    if not all((app.layout.shims / row["name"]).exists() for row in rows):
        app.rehash()
    if as_json:
        app.console.json("install", {"sdks": rows})
    elif not quiet and not app.has_shims_on_path():
        talk.note("help: the shims are not on PATH yet: goswitch setup")
    return status


def _remote(text: str) -> Remote:
    request = parse_request(text)
    if not isinstance(request, Remote):
        raise UsageError(f"{text} is no release that could be installed", help="goswitch available")
    return request


def _is_complete(app: App, request: Exact) -> bool:
    sdk = find(app.layout.sdk_root, request.version.released.name)
    return sdk is not None and sdk.state is State.COMPLETE


def _there(app: App, request: Exact, talk: TerminalReporter) -> dict[str, Any]:
    version = request.version.released
    path = app.layout.sdk(version)
    talk.note(f"{version.name} is already installed in {app.shown(path)}")
    return {"name": version.name, "version": version.text, "path": str(path), "already": True}


def _install_all(
    app: App, requests: Sequence[Remote], sources: Sequence[Source], talk: TerminalReporter, rows: list[dict[str, Any]]
) -> int:
    """Install one after the other; what fails is said and does not keep the others from it. Return the first status."""
    status = 0
    for request in requests:
        try:
            rows.append(install_request(app, request, sources, talk))
        except GoswitchError as error:
            talk.finish()
            app.console.error(error.message, [*error.help, *_near(app, error, request)])
            status = status or error.exit_code
    return status


def install_request(app: App, request: Remote, sources: Sequence[Source], talk: TerminalReporter) -> dict[str, Any]:
    """Install what one request names, of several releases the newest; return it as JSON has it."""
    from goswitch.sdk.install import install  # noqa: PLC0415 - brings httpx with it

    version = request.version if isinstance(request, Exact) else _newest(request, sources, talk)
    if _is_complete(app, Exact(version)):
        return _there(app, Exact(version), talk)
    done = install(
        version,
        layout=app.layout,
        platform=app.world.platform,
        sources=sources,
        reporter=talk,
        published=lambda _: app.rehash(),
        clock=app.world.clock,
    )
    if done.already:
        return _there(app, Exact(version), talk)
    talk.note(f"{version.name} is installed in {app.shown(done.path)}; {done.proof} ({done.source})")
    return {
        "name": version.name,
        "version": version.text,
        "path": str(done.path),
        "already": False,
        "source": done.source,
        "proof": str(done.proof),
        "bytes": done.size,
    }


def _newest(request: Remote, sources: Sequence[Source], talk: TerminalReporter) -> Version:
    from goswitch.sdk.available import newest  # noqa: PLC0415 - brings httpx with it

    return newest(request, sources, talk)


def _near(app: App, error: GoswitchError, request: Remote) -> list[str]:
    from goswitch.errors import NoSuchVersion  # noqa: PLC0415
    from goswitch.sdk.available import near  # noqa: PLC0415

    if not isinstance(error, NoSuchVersion):
        return []
    names = near(app.layout, request)
    return [f"goswitch install {names[0]}" + "".join(f", or {name}" for name in names[1:])] if names else []
