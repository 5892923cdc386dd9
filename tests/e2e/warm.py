"""Loading this loads what every command of the program would load; forks of the process then start at once."""

from __future__ import annotations

import apprise  # noqa: F401 - loaded for the forks

import monitor.cli.app
import monitor.daemon
import monitor.wiring  # noqa: F401 - likewise
from monitor.config.lexicons import load_library

load_library()
