"""A real bridge and a real hub on this machine, for the tests, the demo and the benchmarks.

Everything made on it carries the stage's name, lives in its folder and ends with it.
"""

from stage.bridge import ROOT, Bridge, docker
from stage.drive import Drive
from stage.engine import Engine
from stage.folder import stage_folder
from stage.hub import Hub
from stage.patience import SECONDS
from stage.postgres import Postgres
from stage.service import Service, free_port, wait_until

__all__ = [
    "ROOT",
    "SECONDS",
    "Bridge",
    "Drive",
    "Engine",
    "Hub",
    "Postgres",
    "Service",
    "docker",
    "free_port",
    "stage_folder",
    "wait_until",
]
