"""A loopback server that sends what a static host sends (compressed) and counts the bytes."""

import functools
import gzip
import http.server
import pathlib
import threading
import urllib.parse

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
COMPRESSED = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
              ".json": "application/json", ".svg": "image/svg+xml", ".wasm": "application/wasm",
              ".py": "text/x-python", ".txt": "text/plain", ".ipynb": "application/json", ".map": "application/json"}
AS_IT_IS = {".woff2": "font/woff2", ".png": "image/png", ".ico": "image/x-icon", ".zip": "application/zip",
            ".whl": "application/zip", ".webmanifest": "application/manifest+json"}


@functools.cache
def body_of(path):
    """The bytes of a file as they are sent: compressed once, so that no measured time contains it."""
    raw = path.read_bytes()
    return gzip.compress(raw, 9, mtime=0) if path.suffix in COMPRESSED else raw


class Site:
    """The built book at /, the same book on Pyodide at /pyodide/, and the bench's own files."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder).resolve()
        self.requested = []  # (path, bytes sent)
        handler = type("Handler", (Handler,), {"site": self})
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}/"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def file_of(self, path):
        """The file an address stands for, or None."""
        if path.startswith("bench/"):
            return inside(HERE, path[len("bench/"):])
        if path.startswith("npm/"):
            return inside(ROOT / "node_modules", path[len("npm/"):])
        if path.startswith("pyodide/"):
            path = path[len("pyodide/"):]
            if path == "_static/page/worker.js":
                return HERE / "pyodide_worker.js"
        return inside(self.folder, path)


def inside(folder, path):
    file = (folder / path).resolve()
    return file if file.is_file() and file.is_relative_to(folder) else None


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self):
        address = urllib.parse.urlsplit(self.path)
        path = urllib.parse.unquote(address.path).lstrip("/")
        if path == "bench/worker.js":
            real = urllib.parse.parse_qs(address.query)["real"][0]
            script = f'import "/bench/worker_probe.js";\nimport "{real}";\n'
            return self.answer(200, script.encode(), "text/javascript")
        file = self.site.file_of(path)
        if not file:
            return self.answer(404, b"not found", "text/plain")
        body = body_of(file)
        self.site.requested.append((path, len(body)))
        self.answer(200, body, {**COMPRESSED, **AS_IT_IS}.get(file.suffix, "application/octet-stream"),
                    compressed=file.suffix in COMPRESSED)

    def answer(self, status, body, kind, compressed=False):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if compressed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *_):
        pass
