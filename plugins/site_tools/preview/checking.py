"""The checks beside the server: they take longer than a build and must never keep the next one waiting."""

from __future__ import annotations

import ctypes
import threading
import traceback
from typing import TYPE_CHECKING

from local_seo import checks

if TYPE_CHECKING:
    from local_seo.errors import Finding
    from local_seo.model.built import Built


class Checking(threading.Thread):
    """Runs the checks over one build.

    Attributes:
        built: what is checked.
        found: the findings, when the thread has ended well.
        fault: the traceback of a check that failed, or "".
    """

    def __init__(self, built: Built) -> None:
        """Run as soon as ``start`` is called, and no longer than the process."""
        super().__init__(name="checks", daemon=True)
        self.built = built
        self.found: tuple[Finding, ...] | None = None
        self.fault = ""

    def run(self) -> None:
        """Check."""
        try:
            self.found = checks.run(self.built)
        except SystemExit:
            return  # stopped
        except Exception:  # noqa: BLE001 - a fault of a check stops nothing
            self.fault = traceback.format_exc()

    def stop(self) -> None:
        """End the thread, wherever it is; checks only read, so nothing is left half done.

        Source: https://docs.python.org/3/c-api/init.html#c.PyThreadState_SetAsyncExc
        """
        while self.is_alive():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(self.ident or 0), ctypes.py_object(SystemExit))
            self.join(0.1)
