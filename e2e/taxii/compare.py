"""Compares what a member holds with what a TAXII 2.1 server serves, byte for byte.

    compare.py --root URL --collection ID --database FOLDER

Reads the collection page by page as any client would (admin, password from FEED0_PASSWORD), and the objects from the member's
local store. Every object's bytes must stand in the server's answers, and no object may be missing, or there twice, on either
side.
"""

import argparse
import base64
import json
import os
import sqlite3
import sys
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path


def pages(root, collection):
    credentials = base64.b64encode(f"admin:{os.environ['FEED0_PASSWORD']}".encode()).decode()
    headers = {"Accept": "application/taxii+json;version=2.1", "Authorization": f"Basic {credentials}"}
    query = {"limit": "100"}
    while True:
        url = f"{root}collections/{collection}/objects/?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            body = answer.read()
        yield body
        page = json.loads(body)
        if not page.get("more"):
            return
        query["next"] = page["next"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", required=True)
    parser.add_argument("--collection", required=True)
    parser.add_argument("--database", required=True, type=Path)
    arguments = parser.parse_args()
    bodies = list(pages(arguments.root, arguments.collection))
    served = Counter(thing["id"] for body in bodies for thing in json.loads(body)["objects"])
    database = sqlite3.connect(f"file:{arguments.database / 'store.sqlite'}?mode=ro", uri=True)
    held = database.execute("SELECT objects.id, contents.raw FROM objects JOIN contents USING (content)").fetchall()
    counted = Counter(key for key, _ in held)
    changed = Counter(key for key, raw in held if not any(bytes(raw) in body for body in bodies))
    problems = (("missing", served - counted), ("too many", counted - served), ("changed", changed))
    for name, ids in problems:
        for key in sorted(ids):
            print(f"{name}: {key}", file=sys.stderr)
    if any(ids for _, ids in problems):
        sys.exit(1)
    total = sum(len(raw) for _, raw in held)
    print(f"  {len(held)} objects, {total:,} bytes: identical to the source's, none lost, none added")


if __name__ == "__main__":
    main()
