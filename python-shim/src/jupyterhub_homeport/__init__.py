"""Homeport for JupyterHub: a persistent home for every user.

``setup_homeport(c)`` is all that a hub's configuration needs to say; a hub that keeps its spawner
says ``c.Spawner.pre_spawn_hook = homeport_hook``. The package translates between the hub and
Homeport's bridge, and decides nothing.
"""

from importlib.metadata import version

from .hook import homeport_hook
from .setup import setup_homeport

__all__ = ["homeport_hook", "setup_homeport"]
__version__ = version("jupyterhub-homeport")
