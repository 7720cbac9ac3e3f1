"""A Homeport error in the form that JupyterHub shows to the user."""

from __future__ import annotations

from contextlib import contextmanager
from html import escape
from typing import TYPE_CHECKING, Any, cast

from tornado import web

from ._exceptions import BridgeUnavailable, HomeportError, RequestRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

try:
    from jupyterhub.spawner import SpawnException
except ImportError:  # JupyterHub 5
    SpawnException = None


@contextmanager
def shown_by_hub() -> Iterator[None]:
    """Raise a Homeport error as JupyterHub 6's ``SpawnException``, as an ``HTTPError`` in 5.

    The pages of both read ``jupyterhub_message`` and ``jupyterhub_html_message``.
    """
    try:
        yield
    except HomeportError as error:
        raise _hub_error(error) from error


def _hub_error(error: HomeportError) -> web.HTTPError:
    html = _html(error)
    raised: Any
    if SpawnException is None:
        raised = web.HTTPError(_status(error), str(error))
    else:
        raised = SpawnException(
            str(error), reason=error.code, message_html=html, status_code=_status(error)
        )
    raised.jupyterhub_message = str(error)
    raised.jupyterhub_html_message = html
    return cast("web.HTTPError", raised)


def _status(error: HomeportError) -> int:
    if isinstance(error, BridgeUnavailable):
        return 503
    # 401 is about the hub's own token for the bridge: nothing that signing in again would mend.
    if isinstance(error, RequestRefused) and error.status != 401:
        return error.status
    return 500


def _html(error: HomeportError) -> str:
    parts = [escape(error.message), escape(error.remedy)]
    if error.reference:
        parts.append(f"<small>Reference: <code>{escape(error.reference)}</code></small>")
    return "<br>".join(part for part in parts if part)
