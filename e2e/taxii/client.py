"""Reads a collection as an integrator's program does: with taxii2-client, the STIX validator and MISP's converter.

    client.py ROOT COLLECTION [--user U --password P | --token T] [--limit N] [--added-after TIME] [--misp]

Prints one JSON document: the ids and bytes that came page by page, what the manifest lists, what the validator complains of, and
what MISP makes of it.
"""

import argparse
import json

from stix2validator import ValidationOptions, validate_instance
from taxii2client.common import TokenAuth
from taxii2client.v21 import ApiRoot, as_pages


def misp(objects):
    """The events that MISP's converter makes of a bundle with these objects."""
    from misp_stix_converter import ExternalSTIX2toMISPParser
    from stix2 import parse

    bundle = {"type": "bundle", "id": "bundle--6f1b3b5e-7a53-4f0c-9b0c-0a5f6b5e3a11", "objects": objects}
    parser = ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(parse(bundle, allow_custom=True))
    parser.parse_stix_bundle()
    events = parser.misp_events if isinstance(parser.misp_events, list) else [parser.misp_events]
    errors = [str(error) for listed in parser.errors.values() for error in listed]
    return {
        "events": len(events),
        "attributes": sum(len(event.attributes) + sum(len(o.attributes) for o in event.objects) for event in events),
        "galaxies": sum(len(event.galaxies) for event in events),
        "errors": errors,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("root")
    parser.add_argument("collection")
    parser.add_argument("--user")
    parser.add_argument("--password")
    parser.add_argument("--token")
    parser.add_argument("--limit", type=int, default=50)
    parser.add_argument("--added-after")
    parser.add_argument("--misp", action="store_true")
    arguments = parser.parse_args()
    auth = TokenAuth(arguments.token) if arguments.token else None
    root = ApiRoot(arguments.root, user=arguments.user, password=arguments.password, auth=auth)
    (collection,) = [one for one in root.collections if arguments.collection in (one.id, one.title)]
    query = {"added_after": arguments.added_after} if arguments.added_after else {}
    pages = list(as_pages(collection.get_objects, per_request=arguments.limit, **query))
    objects = [thing for page in pages for thing in page.get("objects", [])]
    manifest = [
        record
        for page in as_pages(collection.get_manifest, per_request=arguments.limit, **query)
        for record in page.get("objects", [])
    ]
    complaints = []
    for thing in objects:
        found = validate_instance(thing, ValidationOptions(version="2.1"))
        complaints += [f"{thing['id']}: {error}" for error in found.errors]
    document = {
        "pages": len(pages),
        "ids": [thing["id"] for thing in objects],
        "manifest": manifest,
        "complaints": complaints,
        "collections": [one.title for one in root.collections],
    }
    if arguments.misp:
        document["misp"] = misp(objects)
    print(json.dumps(document))


if __name__ == "__main__":
    main()
