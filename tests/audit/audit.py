"""Looks the pinned libraries up in the advisory service and says plainly where it could not: `audit.py PIP_AUDIT FILE`.

Where the service cannot be reached, pip-audit itself either fails or, behind some package indexes, calls every library
unknown and reports success. Both are "not run" here, which is no success and no failure.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

NOT_RUN = "Audit not run: {why} Run `make audit` again where the advisory service of the package index can be reached."
PATIENCE = 600


def verdict(report: str, trouble: str) -> tuple[list[str], int]:
    """What to print and the exit code: 1 for a known vulnerability, else 0.

    Args:
        report: The JSON that pip-audit wrote; empty if it failed.
        trouble: What it wrote beside.
    """
    try:
        libraries: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = trouble.strip().splitlines()[-1:] or ["pip-audit said nothing."]
        return [NOT_RUN.format(why=last[0][:300])], 0
    audited = [library for library in libraries if "skip_reason" not in library]
    if not audited:
        return [NOT_RUN.format(why=f"none of {len(libraries)} libraries could be looked up.")], 0
    found = [
        f"{library['name']} {library['version']}: {known['id']}, repaired in {', '.join(known['fix_versions']) or 'no version yet'}"
        for library in audited
        for known in library["vulns"]
    ]
    skipped = len(libraries) - len(audited)
    lines = [*found, f"{len(audited)} libraries looked up, {len(found)} known vulnerabilities."]
    return [*lines, *([f"{skipped} libraries could not be looked up."] if skipped else [])], int(bool(found))


def main() -> None:
    """Runs pip-audit on exact versions: nothing is resolved and nothing installed."""
    program, pins = sys.argv[1:]
    command = [program, "-r", pins, "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603
        report, trouble = done.stdout, done.stderr
    except (OSError, subprocess.TimeoutExpired) as error:
        report, trouble = "", str(error)
    lines, code = verdict(report, trouble)
    print("\n".join(lines))
    sys.exit(code)


if __name__ == "__main__":
    main()
