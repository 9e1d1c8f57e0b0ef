"""Every setting and every `GOSWITCH_*` variable, declared once; `docs/settings.md` is generated from here.

A setting's value comes from its variable (empty means unset), else from config.toml, else from the default below, and
carries that origin with it. Pure: reading the file is `system/settings_file.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from goswitch.errors import SettingError

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN = "default"


class Setting(NamedTuple):
    """A setting: its name in config.toml, its variable ("" if it has none), its default and what it means.

    A choice that ends in `:/path` stands for all that begin so.
    """

    name: str
    variable: str
    default: str
    meaning: str
    choices: tuple[str, ...] = ()
    is_list: bool = False


class Value(NamedTuple):
    """The value of a setting and where it comes from: `default`, a variable's name or the file's path."""

    setting: Setting
    text: str
    origin: str

    @property
    def items(self) -> tuple[str, ...]:
        """The value as a list: comma-separated, blanks dropped."""
        return tuple(item.strip() for item in self.text.split(",") if item.strip())

    @property
    def is_true(self) -> bool:
        """The value as a yes or no."""
        return self.text == "true"


_YES_NO = ("true", "false")

TOOLCHAIN = Setting(
    "toolchain",
    "",
    "local",
    "The GOTOOLCHAIN that a pin sets where you have set none: local keeps to the pinned SDK; path and auto let cmd/go"
    " switch upwards. It is rendered into the shims; GOTOOLCHAIN itself overrides it for one command.",
    choices=("local", "path", "auto"),
)
SOURCES = Setting(
    "sources",
    "GOSWITCH_SOURCES",
    "official,proxy",
    "Where SDKs come from, in the order in which they are asked: official, proxy, or directory:/path for a folder of"
    " archives with a releases.json beside them, in the form of go.dev's list.",
    choices=("official", "proxy", "directory:/path"),
    is_list=True,
)
OFFICIAL_URL = Setting(
    "official_url",
    "GOSWITCH_OFFICIAL_URL",
    "https://go.dev/dl/",
    "The site of the official list, for networks where another of Go's own is nearer: https://golang.google.cn/dl/.",
)
MIRROR = Setting(
    "mirror",
    "GOSWITCH_MIRROR",
    "",
    "File mirrors that serve the official archives, tried in this order before the official site. They serve bytes"
    " only: what proves them is the official list.",
    is_list=True,
)
OFFLINE = Setting(
    "offline",
    "GOSWITCH_OFFLINE",
    "false",
    "Never use the network: what would need it is an error.",
    choices=_YES_NO,
)
AUTO_INSTALL = Setting(
    "auto_install",
    "GOSWITCH_AUTO_INSTALL",
    "never",
    "Whether the shims and `goswitch exec` install the SDK that a pin, a floor or the default asks for and that is not"
    " there: ask does so at a terminal, where the answer is yes. Hooks, `root`, `which` and `current` never do.",
    choices=("never", "ask", "always"),
)

SETTINGS = (TOOLCHAIN, SOURCES, OFFICIAL_URL, MIRROR, OFFLINE, AUTO_INSTALL)
"""All of them."""

RENDERED = frozenset({TOOLCHAIN, AUTO_INSTALL})
"""Those that are rendered into the shims: a change of one makes them be written anew."""

VARIABLES = {
    "GOSWITCH_VERSION": "The request that binds this shell or this command; it beats every file.",
    "GOSWITCH_SDK_ROOT": "The absolute path of the SDK root; ~/sdk without it. Never a setting, so that sh and Python"
    " can't disagree.",
    "GOSWITCH_DEBUG": "If not empty, a bug in goswitch shows its traceback.",
    "GOSWITCH_HOOK_BIN": "Set by the hook: the folder that it put into PATH. Not for you to set.",
    "GOSWITCH_DEPTH": "Set by the shims: how often `system` has led on to another go. Not for you to set.",
}
"""Variables that are no settings, and what they mean."""


def named(name: str) -> Setting:
    """Return the setting of this name; SettingError lists those there are."""
    for setting in SETTINGS:
        if setting.name == name:
            return setting
    known = ", ".join(setting.name for setting in SETTINGS)
    raise SettingError(f"no setting is named {name!r}; there are {known}", help="goswitch config list")


def checked(setting: Setting, text: str, origin: str) -> str:
    """Return `text` as the setting's value; SettingError names the origin where it is none."""
    text = text.strip()
    words = [word.strip() for word in text.split(",")] if setting.is_list else [text]
    if setting.choices and not all(_is_choice(setting, word) for word in words):
        allowed = ", ".join(setting.choices)
        raise SettingError(
            f"{setting.name} is {text!r}, but can be {allowed} (set by {origin})",
            help=f"goswitch config set {setting.name} {setting.default}",
        )
    return ",".join(words) if setting.is_list else text


def _is_choice(setting: Setting, word: str) -> bool:
    kind, colon, path = word.partition(":/")
    return (f"{kind}{colon}path" if path else word) in setting.choices


def resolve(setting: Setting, env: Mapping[str, str], file_values: Mapping[str, str], file_name: str) -> Value:
    """Return a setting's value: its variable, else the file's, else the default."""
    if setting.variable and env.get(setting.variable):
        return Value(
            setting, checked(setting, _truth(setting, env[setting.variable]), setting.variable), setting.variable
        )
    if setting.name in file_values:
        return Value(setting, checked(setting, file_values[setting.name], file_name), file_name)
    return Value(setting, setting.default, BUILT_IN)


def _truth(setting: Setting, text: str) -> str:
    """Return the usual spellings of yes and no in a variable as the setting's own."""
    if setting.choices != _YES_NO:
        return text
    return {"1": "true", "yes": "true", "on": "true", "0": "false", "no": "false", "off": "false"}.get(
        text.lower(), text.lower()
    )
