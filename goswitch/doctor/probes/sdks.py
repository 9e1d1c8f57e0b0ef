"""The SDKs of the SDK root, each looked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goswitch.sdk.examination import Examined, examine_all

if TYPE_CHECKING:
    from goswitch.doctor.facts import Facts


def sdks(facts: Facts) -> list[Examined]:
    """Look at every SDK; what is unchanged since its receipt is read again only if the look is to be deep."""
    return examine_all(facts.layout.sdk_root, facts.world.platform, deep=facts.deep)
