from __future__ import annotations

import pytest

from goswitch.integrate.goland import NotXml, ProjectSdk, read_workspace, sdk_folder

WORKSPACE = """<?xml version="1.0" encoding="UTF-8"?>
<project version="4">
  <component name="ChangeListManager">
    <list default="true" />
  </component>
  <!-- <component name="GOROOT" url="file:///not/this" /> -->
  <component
      name="GOROOT" {attribute} />
  <component name="VgoProject"><integration-enabled>true</integration-enabled></component>
</project>
"""


@pytest.mark.parametrize(
    ("attribute", "text", "folder"),
    [
        ('url="file:///usr/local/go"', "file:///usr/local/go", "/usr/local/go"),
        ('url="file://$USER_HOME$/sdk/go1.22.4"', "file://$USER_HOME$/sdk/go1.22.4", "/h/sdk/go1.22.4"),
        ('url="file://$PROJECT_DIR$/.go%20sdk"', "file://$PROJECT_DIR$/.go%20sdk", "/p/.go sdk"),
        ('path="/opt/go&amp;co"', "/opt/go&co", "/opt/go&co"),
        ('url="&lt;invalid&gt;"', "<invalid>", None),
        ('url=""', "", None),
        ("", "", None),
        ('url="temp:///x"', "temp:///x", None),
    ],
)
def test_the_sdk_and_its_line(attribute: str, text: str, folder: str | None) -> None:
    assert read_workspace(WORKSPACE.replace("{attribute}", attribute)) == ProjectSdk(text, 7)
    assert sdk_folder(text, "/h", "/p") == folder


def test_none() -> None:
    assert read_workspace('<project version="4"><component name="GoLibraries" /></project>') is None


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("<project>\n<component", 2), ('<!DOCTYPE x [<!ENTITY a "b">]>\n<x>&a;</x>', 1)]
)
def test_what_is_no_xml(text: str, line: int) -> None:
    with pytest.raises(NotXml) as error:
        read_workspace(text)
    assert error.value.line == line
