"""`goswitch config`: the settings, each with where its value comes from."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.completing import setting_names, setting_values
from goswitch.cli.console import table
from goswitch.model.settings import BUILT_IN, RENDERED, SETTINGS, Setting, checked, named
from goswitch.system.settings_file import write_setting


@click.group()
def verb() -> None:
    """Show and change settings. They lie in config.toml; a variable beats the file.

    \b
    Examples:
      goswitch config list
      goswitch config set sources proxy,official
    """


@verb.command("list")
@json_option
@pass_app
def list_settings(app: App, *, as_json: bool) -> None:
    """List every setting, its value and its origin.

    \b
    Example:
      goswitch config list --json
    """
    values = [app.setting(setting) for setting in SETTINGS]
    for name in app.file_settings:
        named(name)
    if as_json:
        answer = {value.setting.name: {"value": value.text, "origin": value.origin} for value in values}
        app.console.json("config", {"file": str(app.layout.config_file), "settings": answer})
        return
    for line in table([(value.setting.name, value.text or '""', f"({value.origin})") for value in values]):
        app.console.data(line)


@verb.command("get")
@click.argument("name", shell_complete=setting_names)
@pass_app
def get_setting(app: App, name: str) -> None:
    """Print a setting's value.

    \b
    Example:
      goswitch config get sources
    """
    app.console.data(app.setting(named(name)).text)


@verb.command("set")
@click.argument("name", shell_complete=setting_names)
@click.argument("value", shell_complete=setting_values)
@pass_app
def set_setting(app: App, name: str, value: str) -> None:
    """Write a setting into config.toml.

    \b
    Examples:
      goswitch config set toolchain path
      goswitch config set mirror https://mirrors.aliyun.com/golang/
    """
    setting = named(name)
    _write(app, setting, checked(setting, value, "this command"))


@verb.command("unset")
@click.argument("name", shell_complete=setting_names)
@pass_app
def unset_setting(app: App, name: str) -> None:
    """Take a setting out of config.toml, so that its default holds.

    \b
    Example:
      goswitch config unset mirror
    """
    _write(app, named(name), None)


def _write(app: App, setting: Setting, text: str | None) -> None:
    file_value: str | bool | list[str] | None = text
    if text is not None and setting.is_list:
        file_value = [item for item in text.split(",") if item]
    elif text in {"true", "false"}:
        file_value = text == "true"
    write_setting(app.layout.config_file, setting.name, file_value)
    app.forget_settings()
    value = app.setting(setting)
    shown = value.text or '""'
    app.console.talk(f"{setting.name} is {shown} ({value.origin})")
    if value.origin not in {BUILT_IN, str(app.layout.config_file)}:
        app.console.warn(f"{value.origin} in your environment beats the file", [f"unset {value.origin}"])
    if setting in RENDERED:
        app.rehash()
