"""A plan in the words of the spawners that start servers themselves.

Each function is pure: it takes the plan, what the administrator configured, and ``expand``, which
fills in that spawner's templates; it returns the traits to assign. Where the administrator mounts
something at the same place as the plan, the plan wins; everything else of theirs stays.
"""

from .docker import docker, swarm, system_user
from .kube import kube

__all__ = ["docker", "kube", "swarm", "system_user"]
