"""What a user chooses at a start: the form, and what arrives by form or REST."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ._exceptions import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .values import Environment

FIELD = "image"


def image_from(options: object) -> str:
    """Return the image that ``user_options`` ask for, "" for none.

    They may come by REST past any form: missing, empty, of any type, or (from clients that speak to
    JupyterHub 6 while the hub is a 5) one level deeper.
    """
    if options is None:
        return ""
    if not isinstance(options, dict):
        raise _refused("user_options", options, f'an object such as {{"{FIELD}": "name:tag"}}')
    if FIELD not in options and "user_options" in options:
        return image_from(options["user_options"])
    image = options.get(FIELD)
    if image is None:
        return ""
    if not isinstance(image, str) or not image.strip():
        raise _refused(f"user_options.{FIELD}", image, "the name of an environment's image")
    return image.strip()


def options_from_form(form: dict[str, list[str]]) -> dict[str, object]:
    """Turn form fields into ``user_options``; fields of the site's own keep their lists."""
    return {name: values[0] if name == FIELD else values for name, values in form.items()}


def environments_form(environments: Sequence[Environment], preferred: str) -> str:
    """Render the choice as radio buttons: arrow keys choose, Enter starts."""
    names = [environment.image for environment in environments]
    checked = names.index(preferred) if preferred in names else 0
    choices = "\n".join(
        _choice(number, environment, checked=number == checked)
        for number, environment in enumerate(environments)
    )
    return f"""<fieldset class="mb-3" id="homeport-environments">
<legend class="fs-5">Environment</legend>
{choices}
</fieldset>"""


def _choice(number: int, environment: Environment, *, checked: bool) -> str:
    image = escape(environment.image)
    return f"""<div class="form-check">
<input class="form-check-input" type="radio" name="{FIELD}" id="homeport-{number}" \
value="{image}" required{" checked" if checked else ""}>
<label class="form-check-label" for="homeport-{number}">{image} \
<small class="text-body-secondary">{_presence(environment)}</small></label>
</div>"""


def _presence(environment: Environment) -> str:
    if not environment.present:
        return "downloaded at its first start, which takes longer"
    if environment.size is None:
        return "ready to start"
    return f"ready to start, {_size(environment.size)}"


def _size(size: int) -> str:
    mebibytes = size / 2**20
    gibibytes = mebibytes / 1024
    return f"{gibibytes:.1f} GiB" if gibibytes >= 1 else f"{max(mebibytes, 1):.0f} MiB"


def _refused(field: str, value: object, wanted: str) -> RequestRefused:
    return RequestRefused(
        "bad-request", f"{field} is {value!r:.100}.", f"Send {wanted}, or leave it out."
    )
