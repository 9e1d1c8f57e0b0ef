"""What every verb works with, built once by the composition root and handed down by click."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import click

from goswitch.cli.world import read_layout
from goswitch.model import settings as declared

if TYPE_CHECKING:
    from pathlib import Path

    from goswitch.cli.console import Console
    from goswitch.doctor.facts import Facts
    from goswitch.model.layout import Layout
    from goswitch.model.settings import Setting, Value
    from goswitch.shell.shims import Rehashed
    from goswitch.system.world import World


class App:
    """The world, the places, the settings and the console of one run."""

    def __init__(self, world: World, console: Console) -> None:
        self.world = world
        self.console = console

    @cached_property
    def layout(self) -> Layout:
        """Where everything lies; NotInstalled where neither HOME nor GOSWITCH_SDK_ROOT says it."""
        return read_layout(self.world)

    @cached_property
    def file_settings(self) -> dict[str, str]:
        """The settings in config.toml."""
        from goswitch.system.settings_file import read_settings  # noqa: PLC0415 - verbs without settings do without

        return read_settings(self.layout.config_file)

    def forget_settings(self) -> None:
        """Read config.toml again at the next question."""
        self.__dict__.pop("file_settings", None)

    def setting(self, setting: Setting) -> Value:
        """Return a setting's value with its origin."""
        return declared.resolve(setting, self.world.env, self.file_settings, str(self.layout.config_file))

    def rehash(self) -> Rehashed:
        """Write the shims, and the hooks that shells read, for what is installed now."""
        from goswitch.sdk.inventory import usable_releases  # noqa: PLC0415 - only verbs that change SDKs need it
        from goswitch.shell.completions import refresh_completions  # noqa: PLC0415 - as above
        from goswitch.shell.hooks import refresh_hooks  # noqa: PLC0415 - as above
        from goswitch.shell.shims import rehash  # noqa: PLC0415 - as above

        names = [version.name for version in usable_releases(self.layout.sdk_root)]
        toolchain = self.setting(declared.TOOLCHAIN).text
        refresh_hooks(self.layout, toolchain)
        refresh_completions(self.layout)
        return rehash(self.layout, toolchain, names, auto_install=self._shims_wish(), command=self.world.program)

    def _shims_wish(self) -> str:
        # The shims look at the variable themselves, at each call.
        return declared.resolve(declared.AUTO_INSTALL, {}, self.file_settings, str(self.layout.config_file)).text

    def facts(self, *, deep: bool = False) -> Facts:
        """Return what checks are given."""
        from goswitch.doctor.facts import Facts  # noqa: PLC0415 - only doctor, check and explanations need it

        toolchain = self.setting(declared.TOOLCHAIN).text
        return Facts(self.world, self.layout, toolchain=toolchain, auto_install=self._shims_wish(), deep=deep)

    def has_shims_on_path(self) -> bool:
        """Tell whether the folder of shims is in PATH."""
        return str(self.layout.shims) in self.world.env.get("PATH", "").split(":")

    def shown(self, path: Path) -> str:
        """Return a path as a person writes it: with ~ for home."""
        home = self.world.home
        if home is not None and path.is_relative_to(home) and home.parts != ("/",):
            rest = path.relative_to(home)
            return "~" if not rest.parts else f"~/{rest}"
        return str(path)

    def said(self, text: str) -> str:
        """Return a sentence with its paths as a person writes them."""
        home = self.world.home
        return text if home is None or home.parts == ("/",) else text.replace(f"{home}/", "~/")

    def near(self, path: Path) -> str:
        """Return a path as short as it can be read from here: relative below the working directory, else as `shown`."""
        cwd = self.world.cwd
        if path != cwd and path.is_relative_to(cwd) and cwd.parts != ("/",):
            return str(path.relative_to(cwd))
        return self.shown(path)


pass_app = click.make_pass_decorator(App)
"""Hands the App to a verb."""

json_events_option = click.option(
    "--json", "as_json", is_flag=True, help="Print events as JSON, one a line; the last is the result."
)
"""The option of verbs that take long: `docs/events.md` says which events there are."""

json_option = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")
"""The option of every verb whose answer another program could want."""
