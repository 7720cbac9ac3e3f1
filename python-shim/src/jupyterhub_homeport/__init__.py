"""Homeport for JupyterHub: a persistent home for every user.

``setup_homeport(c)`` is all that a hub's configuration needs to say; a hub that keeps its spawner
says ``c.Spawner.pre_spawn_hook = homeport_hook``. The package translates between the hub and
Homeport's bridge, and decides nothing.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .hook import homeport_hook
    from .setup import setup_homeport

__all__ = ["homeport_hook", "setup_homeport"]

__version__ = version("jupyterhub-homeport")

_MODULES = {"homeport_hook": ".hook", "setup_homeport": ".setup"}


def __getattr__(name: str) -> Any:
    """Import late: TLJH's installer and the command ``homeport`` have no JupyterHub at hand."""
    if name in _MODULES:
        return getattr(import_module(_MODULES[name], __name__), name)
    raise AttributeError(name)
