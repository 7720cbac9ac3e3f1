"""Homeport for JupyterHub: a persistent home for every user.

``c.JupyterHub.spawner_class = "homeport"`` is all that a hub needs to say. The package translates
between the hub and Homeport's bridge, and decides nothing.
"""

from importlib.metadata import version

__version__ = version("jupyterhub-homeport")
