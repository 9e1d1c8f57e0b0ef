"""`goswitch current`: which SDK runs here and what says so. The plain form is answered first by the front, in sh."""

from __future__ import annotations

import click

from goswitch.cli.app import App, json_option, pass_app
from goswitch.cli.explained import binding_data, explanation_data, explanation_lines
from goswitch.cli.findings import finding_data
from goswitch.model.settings import TOOLCHAIN
from goswitch.resolve.explain import explain
from goswitch.resolve.rule import resolve


@click.command()
@click.option(
    "--explain", "explained", is_flag=True, help="Show each file looked at, the rule, and what was passed over."
)
@json_option
@pass_app
def verb(app: App, *, explained: bool, as_json: bool) -> int:
    """Print the SDK that runs in this folder, and what says so.

    \b
    Examples:
      goswitch current
      goswitch current --explain
      goswitch current --json
    """
    if not explained:
        binding = resolve(app.world.cwd, app.world.env)
        if as_json:
            app.console.json("current", binding_data(binding))
        else:
            app.console.data(binding.describe())
        return 0
    return _explain(app, as_json=as_json)


def _explain(app: App, *, as_json: bool) -> int:
    from goswitch.doctor.check import run  # noqa: PLC0415 - the plain form does without
    from goswitch.doctor.checks.bindings.version_differs import version_differs  # noqa: PLC0415 - as above
    from goswitch.doctor.probes.here import real  # noqa: PLC0415 - as above

    result = explain(app.world, app.setting(TOOLCHAIN).text)
    facts = app.facts()
    findings = run([version_differs], facts).findings
    if as_json:
        data = explanation_data(result, facts.ask(real)) | {"findings": [finding_data(it) for it in findings]}
        app.console.json("current", data)
    else:
        for line in explanation_lines(result, facts.ask(real)):
            app.console.data(line)
    for warning in result.warnings:
        app.console.warn(warning, ["goswitch install && goswitch pin with a version that satisfies it"])
    for finding in findings:
        app.console.warn(f"{finding.fact}: {finding.why}", finding.cure)
    if result.error is None:
        return 0
    app.console.error(result.error.message, result.error.help)
    return result.error.exit_code
