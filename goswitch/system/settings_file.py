"""config.toml: read with the standard library, written with tomlkit, which keeps the user's comments and order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.errors import DiskError, SettingError
from goswitch.system.files import writing

if TYPE_CHECKING:
    from pathlib import Path


def read_settings(path: Path) -> dict[str, str]:
    """Return the settings in a file as text by name; none where there is no file. SettingError if it is no TOML."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise DiskError(f"{path}: cannot be read: {error.strerror}", help=f"ls -l {path}") from None
    import tomllib  # noqa: PLC0415 - 4 ms, and most users have no such file

    try:
        data = tomllib.loads(text.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingError(f"{path}: not TOML: {error}", help=f"mend or remove the file: {path}") from None
    return {name: _text(path, name, value) for name, value in data.items()}


def _text(path: Path, name: str, value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case list() if all(isinstance(item, str) for item in value):
            return ",".join(value)
        case _:
            raise SettingError(
                f"{path}: {name} is neither text, a list of texts nor true or false",
                help=f"goswitch config set {name} …",
            )


def write_setting(path: Path, name: str, value: str | bool | list[str] | None) -> None:  # noqa: FBT001 - a TOML value
    """Write one setting and leave the rest of the file as it is; None removes it."""
    import tomlkit  # noqa: PLC0415 - only `config set` needs it

    try:
        document = tomlkit.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        document = tomlkit.document()
    if value is None:
        document.pop(name, None)
    else:
        document[name] = value
    with writing(path) as file:
        file.write(tomlkit.dumps(document).encode("utf-8"))
