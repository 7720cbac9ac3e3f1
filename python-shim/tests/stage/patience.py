"""The one place that says how long anything here waits."""

from __future__ import annotations

# For whatever is expected to happen. It is far longer than anything takes on a busy machine, since
# it only decides how late a failure is noticed: no test states how fast something is.
SECONDS = 300.0
# For a whole test, which may wait several times.
TEST_SECONDS = 1200.0
