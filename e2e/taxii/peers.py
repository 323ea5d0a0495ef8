"""Measures a TAXII 2.1 server with a client that costs next to nothing, and prints rows of a Markdown table.

    peers.py medallion|opentaxii --objects FILE --count N --folder FOLDER
    peers.py testudo --url ROOT --collection ID --user U --password P [--pid PID]

The first form fills the named server with the first N objects of FILE (one a line, each with `modified`), starts it as
its manual says, and ends it; FOLDER is made. The second asks a gateway that runs already; ROOT is the address of its
API root, PID the process whose memory to tell. Times are those of requests, from the first byte sent to the last byte
read; what the client does with a page is not among them. A measurement asks nothing more after --limit-seconds.
"""

import argparse
import base64
import http.client
import itertools
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import collection

MEDIA_TYPE = "application/taxii+json;version=2.1"
PASSWORD = "measured"
PAGE = 1000
BATCH = 10_000
MOST_POSTED = 64 << 20
POSTING_SECONDS = 20
STARTING_SECONDS = 60
ENDING_SECONDS = 5


class Refused(Exception):
    """The server answered with something else than what was asked for."""


@dataclass
class Page:
    """A page of objects: what it took, what it holds, and how to go on."""

    seconds: float
    objects: int
    more: bool
    next: str | None
    last_added: str | None


class Client:
    """One connection to one collection, kept open as long as the server does so."""

    def __init__(self, root, collection_id, user=None, password=None, patience=None):
        address = urllib.parse.urlsplit(root)
        self.connection = http.client.HTTPConnection(address.hostname, address.port, timeout=patience)
        self.path = f"{address.path.rstrip('/')}/collections/{collection_id}/objects/"
        self.headers = {"Accept": MEDIA_TYPE}
        if user:
            credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
            self.headers["Authorization"] = f"Basic {credentials}"

    def ask(self, method, query=None, body=None):
        """Seconds, status, headers and bytes of an answer."""
        path = f"{self.path}?{urllib.parse.urlencode(query)}" if query else self.path
        headers = self.headers | {"Content-Type": MEDIA_TYPE} if body else self.headers
        start = time.perf_counter()
        try:
            self.connection.request(method, path, body, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except TimeoutError:
            self.connection.close()
            raise
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise Refused(f"broke off: {error!r}") from error
        return time.perf_counter() - start, answer.status, answer.headers, text

    def page(self, **query):
        seconds, status, headers, text = self.ask("GET", {"limit": PAGE, **query})
        if status != 200:
            raise Refused(f"refused: {status} {' '.join(text[:200].decode(errors='replace').split())}")
        document = json.loads(text)
        return Page(
            seconds=seconds,
            objects=len(document.get("objects", [])),
            more=document.get("more", False),
            next=document.get("next"),
            last_added=headers["X-TAXII-Date-Added-Last"],
        )

    def post(self, objects):
        """Seconds, status, and how many of the objects the server says it took."""
        seconds, status, _, text = self.ask("POST", body=json.dumps({"objects": objects}).encode())
        return seconds, status, json.loads(text)["success_count"] if status == 202 else 0


def duration(seconds):
    return f"{seconds:,.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def resident(pid):
    """Bytes of memory of a process and what it started. What several share is divided among them."""
    pids, found = [pid], 0
    for one in pids:
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
        found += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) << 10
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            pids += map(int, children.read_text().split())
    return found


class Measurement:
    """Asks one server for everything there is to know, and tells each row when it is known."""

    def __init__(self, name, arguments, client=None):
        self.name = name
        self.client = client
        self.pages = arguments.pages
        self.limit = arguments.limit_seconds
        self.late = False
        # Of each page: how many objects there are up to its end, and when the last of them was added. Known before, or
        # by reading.
        self.ends = []
        self.complete = False

    def tell(self, what, measured):
        print(f"| {self.name} | {what} | {measured} |", flush=True)

    def step(self, what, measure, **query):
        """Tells what was measured, or why it was not. A server that is still busy with a request is not asked again."""
        if self.late:
            return
        try:
            self.tell(what, measure(**query))
        except Refused as refusal:
            self.tell(what, str(refusal).replace("|", "\\|"))
        except TimeoutError:
            self.tell(what, f"one request not within {self.limit} s: the rest is left out")
            self.late = True

    def whole(self):
        """Reads the collection page by page, following `next`."""
        seconds, objects, page, ends = 0, 0, None, []
        while (page is None or page.more) and seconds < self.limit:
            page = self.client.page(**{"next": page.next} if page else {})
            seconds, objects = seconds + page.seconds, objects + page.objects
            ends.append((objects, page.last_added))
        if not self.complete:
            self.ends, self.complete = ends, not page.more
        rate = f"{objects / seconds:,.0f} objects/s"
        if page.more:
            return f"not within {self.limit} s: {objects:,} objects, {rate}"
        return f"{duration(seconds)} for {objects:,} objects: {rate}"

    def repeated(self, **query):
        """The same page again and again."""
        pages = []
        while len(pages) < self.pages and sum(page.seconds for page in pages) < self.limit:
            pages.append(self.client.page(**query))
        seconds = [page.seconds for page in pages]
        asked = f"{len(pages)} requests, {pages[0].objects:,} objects"
        return f"{duration(statistics.median(seconds))}, worst {duration(max(seconds))} ({asked})"

    def read(self):
        self.step("whole collection, page by page", self.whole)
        self.step("page at the beginning", self.repeated)
        last = "last page" if self.complete else "last page that was reached"
        places = [("page in the middle", len(self.ends) // 2 - 1), (last, -2)] if len(self.ends) >= 3 else []
        for what, place in places:
            objects, moment = self.ends[place]
            self.step(f"{what}, after {objects:,} objects", self.repeated, added_after=moment)
        if self.complete:
            self.step("what came after the last object: nothing", self.repeated, added_after=self.ends[-1][1])

    def memory(self, pid):
        self.tell("resident memory after that", f"{resident(pid) / (1 << 20):,.0f} MiB")

    def write(self, objects, stored):
        """Posts objects that the server does not have yet: the given ones, under new ids each time.

        `stored`, if there is one, knows better than the answers how many the server holds.
        """

        def posted():
            before = stored() if stored else 0
            seconds, taken, answers = 0, 0, set()
            while seconds < min(POSTING_SECONDS, self.limit):
                fresh = [{**one, "id": f"{one['type']}--{uuid.uuid4()}"} for one in objects]
                spent, status, successes = self.client.post(fresh)
                seconds, taken = seconds + spent, taken + successes
                answers.add(status)
            taken = stored() - before if stored else taken
            rate = f"{taken / seconds:,.0f} objects/s: {taken:,} in {duration(seconds)}"
            return rate if answers == {202} else f"{rate}, answered with {', '.join(map(str, sorted(answers)))}"

        self.step(f"posted, {len(objects):,} objects an envelope", posted)


@dataclass
class Prepared:
    """How to start a server, and where it has what it was filled with."""

    command: list
    root: str
    collection: str
    user: str | None = None
    password: str | None = None
    environment: dict | None = None
    stored: Callable[[], int] | None = None


def medallion(folder, lines, port, _):
    """Its collection is a file that it reads into memory when it starts."""
    config = collection.prepare(folder, [json.loads(line) for line in lines], PASSWORD, page=PAGE, can_write=True)
    command = [beside("medallion"), "--port", str(port), config.absolute()]
    return Prepared(command, "/trustgroup1/", collection.COLLECTION, "admin", PASSWORD)


def opentaxii(folder, lines, port, tell):
    """One API root with one collection, both public, in SQLite. Only insertion is timed."""
    from opentaxii.auth.sqldb import SQLDatabaseAPI as Accounts
    from opentaxii.persistence.sqldb.api import Taxii2SQLDatabaseAPI as Objects
    from opentaxii.persistence.sqldb.taxii2models import STIXObject
    from sqlalchemy import func, insert, select

    accounts = {"db_connection": f"sqlite:///{folder.absolute()}/accounts.db", "secret": PASSWORD}
    Accounts(**accounts, create_tables=True)
    stored = {"db_connection": f"sqlite:///{folder.absolute()}/objects.db"}
    objects = Objects(**stored, create_tables=True)
    root = objects.add_api_root(title="Measured", default=True, is_public=True)
    held = objects.add_collection(root.id, title="Measured", is_public=True, is_public_write=True)
    seconds = 0
    for begin in range(0, len(lines), BATCH):
        rows = [row(json.loads(line), held.id, n) for n, line in enumerate(lines[begin : begin + BATCH], begin)]
        start = time.perf_counter()
        objects.db.session.execute(insert(STIXObject), rows)
        objects.db.session.commit()
        seconds += time.perf_counter() - start
    tell("filled past the protocol, by its SQLAlchemy models", f"{len(lines) / seconds:,.0f} objects/s")
    config = folder / "config.yml"
    # Every JSON document is a YAML document.
    config.write_text(
        json.dumps(
            {
                "auth_api": {"class": "opentaxii.auth.sqldb.SQLDatabaseAPI", "parameters": accounts},
                "taxii1": None,
                "taxii2": {
                    "title": "Measured",
                    "public_discovery": True,
                    "max_content_length": MOST_POSTED,
                    "persistence_api": {
                        "class": "opentaxii.persistence.sqldb.Taxii2SQLDatabaseAPI",
                        "parameters": stored,
                    },
                },
            }
        )
    )
    # As its manual and its container image start it.
    options = ["--workers=2", "--timeout=300", "--config=python:opentaxii.http", "--no-control-socket"]
    command = [beside("gunicorn"), "opentaxii.http:app", f"--bind=127.0.0.1:{port}", *options]
    environment = {"OPENTAXII_CONFIG": str(config.absolute())}

    def count():
        # What is posted is stored, but the answer fails: this release cannot write its own ids as JSON.
        with objects.db.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(STIXObject))

    return Prepared(command, f"/taxii2/{root.id}/", str(held.id), environment=environment, stored=count)


def row(thing, held, number):
    """What OpenTAXII stores of an object."""
    return {
        "id": thing["id"],
        "collection_id": held,
        "type": thing["type"],
        "spec_version": thing["spec_version"],
        "date_added": collection.date_added(number),
        "version": datetime.fromisoformat(thing["modified"]),
        "serialized_data": {name: value for name, value in thing.items() if name not in ("id", "type", "spec_version")},
    }


def beside(name):
    """A program of the Python environment that runs this."""
    return Path(sys.executable).with_name(name)


class Server:
    """A program and what it starts, until the end of a `with`."""

    def __init__(self, prepared, folder):
        self.log = folder / "server.log"
        environment = os.environ | (prepared.environment or {})
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                prepared.command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

    def __enter__(self):
        return self

    def wait_for(self, port):
        deadline = time.monotonic() + STARTING_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        sys.exit(f"the server did not start; the end of its log:\n{self.log.read_text(errors='replace')[-2000:]}")

    def __exit__(self, *_):
        # Nothing interrupts this.
        for interruption in (signal.SIGTERM, signal.SIGINT):
            signal.signal(interruption, signal.SIG_IGN)
        for order in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.process.pid, order)
                self.process.wait(ENDING_SECONDS)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                pass


def free_port():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


def measure_peer(name, prepare, arguments):
    arguments.folder.mkdir(parents=True)
    with arguments.objects.open() as file:
        lines = list(itertools.islice(file, arguments.count))
    port = arguments.port or free_port()
    measured = Measurement(name, arguments)
    prepared = prepare(arguments.folder, lines, port, measured.tell)
    with Server(prepared, arguments.folder) as server:
        server.wait_for(port)
        root = f"http://127.0.0.1:{port}{prepared.root}"
        measured.client = Client(root, prepared.collection, prepared.user, prepared.password, arguments.limit_seconds)
        ends = [*range(PAGE, len(lines), PAGE), len(lines)]
        measured.ends = [(end, collection.date_added(end - 1).strftime(collection.TIME)) for end in ends]
        measured.complete = True
        measured.read()
        measured.memory(server.process.pid)
        measured.write([json.loads(line) for line in lines[:PAGE]], prepared.stored)


def measure_testudo(arguments):
    client = Client(arguments.url, arguments.collection, arguments.user, arguments.password, arguments.limit_seconds)
    measured = Measurement(arguments.name, arguments, client)
    measured.read()
    if arguments.pid:
        measured.memory(arguments.pid)


def main():
    # An end by `kill` goes through every `with`.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    servers = parser.add_subparsers(dest="server", required=True)
    ours, *peers = [servers.add_parser(name) for name in ("testudo", "medallion", "opentaxii")]
    for name in ("url", "collection", "user", "password"):
        ours.add_argument(f"--{name}", required=True)
    ours.add_argument("--pid", type=int)
    ours.add_argument("--name", default="Testudo", help="as the table calls it")
    for peer in peers:
        peer.add_argument("--objects", type=Path, required=True)
        peer.add_argument("--count", type=int, required=True)
        peer.add_argument("--folder", type=Path, required=True)
        peer.add_argument("--port", type=int)
    for one in (ours, *peers):
        one.add_argument("--pages", type=int, default=20)
        one.add_argument("--limit-seconds", type=int, default=120)
    arguments = parser.parse_args()
    if arguments.server == "testudo":
        measure_testudo(arguments)
    elif arguments.server == "medallion":
        measure_peer(f"medallion {version('medallion')}, in memory", medallion, arguments)
    else:
        measure_peer(f"OpenTAXII {version('opentaxii')}, SQLite", opentaxii, arguments)


if __name__ == "__main__":
    main()
