"""Where envelopes lie that are too large for a block: a web server with TLS that takes PUT from who has the token and shows a
folder, and what a node of IPFS has, its RPC and its gateway, on loopback. Prints both ports as JSON."""

import argparse
import hashlib
import http.server
import json
import pathlib
import re
import ssl
import sys
import threading


class Quiet(http.server.BaseHTTPRequestHandler):
    folder = token = None

    def log_message(self, *_):
        pass

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def body(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def file(self, name):
        return self.folder / re.sub(r"[^\w.-]", "_", name)

    def show(self, name):
        path = self.file(name)
        return self.answer(200, path.read_bytes()) if path.exists() else self.answer(404)


class Web(Quiet):
    def do_GET(self):
        self.show(self.path.removeprefix("/cti/"))

    def do_PUT(self):
        if self.headers.get("Authorization") != f"Bearer {self.token}":
            self.body()
            return self.answer(401)
        self.file(self.path.removeprefix("/cti/")).write_bytes(self.body())
        return self.answer(201)


class Ipfs(Quiet):
    """As Kubo answers, but for the form of its CIDs."""

    def do_GET(self):
        self.show(self.path.removeprefix("/ipfs/"))

    def do_POST(self):
        if not self.path.startswith("/api/v0/add?"):
            return self.answer(404)
        boundary = self.headers["Content-Type"].split("boundary=")[1].encode()
        _, rest = self.body().split(b"--" + boundary + b"\r\n", 1)
        content = rest.split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n--" + boundary + b"--\r\n")
        cid = "bafy" + hashlib.sha256(content).hexdigest()
        self.file(cid).write_bytes(content)
        return self.answer(200, json.dumps({"Name": "file", "Hash": cid, "Size": str(len(content))}).encode())


def start(handler, context=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_port


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--certificate", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--token", required=True)
    options = parser.parse_args()
    Quiet.folder, Quiet.token = options.folder, options.token
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(options.certificate, options.key)
    print(json.dumps({"web": start(Web, context), "ipfs": start(Ipfs)}), flush=True)
    # Whoever started this ends it by closing the pipe.
    sys.stdin.read()


main()
