"""GoLand's and IntelliJ's project settings: `.idea/workspace.xml`, where the project's SDK stands.

It is `<component name="GOROOT" url="file:///usr/local/go" />`; older IDEs write `path=` instead of `url=`, and folders
below the home or the project are written with macros. defusedxml reads it: a project's files are anybody's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.sax import parseString

if TYPE_CHECKING:
    from xml.sax.xmlreader import AttributesImpl, Locator


class NotXml(ValueError):
    """The text is no XML that is read: `line` says where, counted from 1."""

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class ProjectSdk(NamedTuple):
    """The SDK that a project names, as it stands there ("" if it is empty), and its line."""

    text: str
    line: int


def read_workspace(text: str) -> ProjectSdk | None:
    """Return the SDK that a workspace.xml names, None where it has no such component; NotXml."""
    handler = _Handler()
    try:
        parseString(text.encode("utf-8", "surrogateescape"), handler)
    except SAXParseException as error:
        raise NotXml(error.getMessage(), error.getLineNumber() or 1) from None
    except DefusedXmlException:
        raise NotXml("it declares entities", 1) from None
    return handler.found


def sdk_folder(text: str, home: str, project: str) -> str | None:
    """Return the folder that a component's text means, None for `<invalid>` and what is no local path."""
    path = text.removeprefix("file://")
    for macro, value in (("$USER_HOME$", home), ("$PROJECT_DIR$", project)):
        path = path.replace(macro, value)
    path = unquote(path) if text.startswith("file://") else path
    return path if path.startswith("/") else None


class _Handler(ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.found: ProjectSdk | None = None
        self._place: Locator | None = None

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802 - SAX's name
        self._place = locator

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - SAX's name
        if name == "component" and attrs.get("name") == "GOROOT" and self.found is None:
            line = self._place.getLineNumber() if self._place is not None else None
            self.found = ProjectSdk(attrs.get("url") or attrs.get("path") or "", line or 1)
