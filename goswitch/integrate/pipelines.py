"""GitLab CI and CircleCI: which Go their images bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.integrate.dockerfile import expand
from goswitch.integrate.images import go_image
from goswitch.system.yaml_marks import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from goswitch.integrate.mention import Mention
    from goswitch.model.marked import Marked


def gitlab_mentions(text: str) -> list[Mention]:
    """Return what a .gitlab-ci.yml says about Go; raise Unreadable. Its own `variables` are put into image names."""
    found: list[Mention] = []
    for document in read_yaml(text):
        top = _variables(document)
        found += _image(document.at("image"), top)
        for name, job in document.items.items():
            if name not in {"image", "variables", "include", "stages", "workflow"}:
                found += _image(job.at("image"), {**top, **_variables(job)})
    return found


def circleci_mentions(text: str) -> list[Mention]:
    """Return what a CircleCI config.yml says about Go; raise Unreadable."""
    found: list[Mention] = []
    for document in read_yaml(text):
        for part in ("jobs", "executors"):
            for job in document.at(part).items.values():
                # The first image is the one that steps run in.
                for container in job.at("docker").each[:1]:
                    if "<<" not in container.at("image").text:
                        found += _image(container.at("image"), {})
    return found


def _image(node: Marked, variables: dict[str, str]) -> Iterator[Mention]:
    image = node if node.text else node.at("name")
    reference = expand(image.text, variables)
    if reference and (mention := go_image(reference, image.line)):
        yield mention


def _variables(node: Marked) -> dict[str, str]:
    return {name: value.text or value.at("value").text for name, value in node.at("variables").items.items()}
