"""Tools of Debian that a few tests need; `.ci/debian.sh` installs them where there is a root to do it."""

from __future__ import annotations

import os
import shutil

import pytest

PROMTOOL = shutil.which("promtool") or ""
SYSTEMD_ANALYZE = shutil.which("systemd-analyze") or ""


def needs(tool: str, package: str) -> pytest.MarkDecorator:
    """Skip where a tool is missing; but never in CI, where it has to be there."""
    is_missing = not tool and "CI" not in os.environ
    return pytest.mark.skipif(is_missing, reason=f"needs Debian's {package}; sh .ci/debian.sh as root installs it")


needs_promtool = needs(PROMTOOL, "prometheus")
needs_systemd = needs(SYSTEMD_ANALYZE, "systemd")
