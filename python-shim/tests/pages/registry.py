"""An image registry on loopback with one small image, whose layer it can hold back."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import secrets
import tarfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import TracebackType

    from typing_extensions import Self

DOCKER = "application/vnd.docker."
MANIFEST = DOCKER + "distribution.manifest.v2+json"
LAYER_SIZE = 300_000


class Registry:
    """Serves ``image``, whose content nobody else has, as soon as ``released`` is set."""

    def __init__(self) -> None:
        self.released = Event()
        layer = tar_with(secrets.token_bytes(LAYER_SIZE))
        self.layer = gzip.compress(layer)
        config = json.dumps(
            {
                "architecture": "amd64",
                "os": "linux",
                "config": {"Cmd": ["true"]},
                "rootfs": {"type": "layers", "diff_ids": [digest(layer)]},
            }
        ).encode()
        manifest = json.dumps(
            {
                "schemaVersion": 2,
                "mediaType": MANIFEST,
                "config": part(DOCKER + "container.image.v1+json", config),
                "layers": [part(DOCKER + "image.rootfs.diff.tar.gzip", self.layer)],
            }
        ).encode()
        self.answers = {
            "/v2/": b"{}",
            "/v2/course/manifests/1": manifest,
            **{f"/v2/course/manifests/{digest(manifest)}": manifest},
            **{f"/v2/course/blobs/{digest(blob)}": blob for blob in (config, self.layer)},
        }
        registry = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                registry.answer(self)

            def do_HEAD(self) -> None:
                registry.answer(self)

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        self.image = f"{self.host}/course:1"

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.released.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        body = self.answers.get(request.path)
        request.send_response(404 if body is None else 200)
        body = body or b"{}"
        request.send_header("Content-Type", MANIFEST)
        request.send_header("Content-Length", str(len(body)))
        request.send_header("Docker-Content-Digest", digest(body))
        request.end_headers()
        if request.command == "GET":
            half = len(body) // 2 if body is self.layer else 0
            request.wfile.write(body[:half])
            if half:
                self.released.wait()
            request.wfile.write(body[half:])


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def part(kind: str, content: bytes) -> dict[str, Any]:
    return {"mediaType": kind, "size": len(content), "digest": digest(content)}


def tar_with(content: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        entry = tarfile.TarInfo("content")
        entry.size = len(content)
        tar.addfile(entry, io.BytesIO(content))
    return packed.getvalue()
