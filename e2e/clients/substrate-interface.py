"""A Testudo chain by substrate-interface (PyPI): what is known of a technique, what is new, and a sighting.

    python substrate-interface.py URL records T1059.001    lists the records that name the technique
    python substrate-interface.py URL follow [COUNT]       prints records as they are finalised, and ends after COUNT of them
    SIGNER=//Bob//analyst python substrate-interface.py URL sight 0/4 PROOF
                                                           reports that what record 0/4 describes was seen

PROOF is what `testudo reader-proof 0/4` prints behind `Sight`. The secret of who signs is in the environment and not on the
command line, where everybody on the machine could read it.
"""

import os
import re
import sys
import time

from substrateinterface import Keypair, SubstrateInterface
from substrateinterface.exceptions import SubstrateRequestException
from websocket import WebSocketException

# Why a node takes no sighting into its pool, by the numbers it gives.
REFUSALS = {
    "13": "the record is not there, your own, or not live",
    "201": "the member is suspended or departed",
    "202": "the member's bucket of bytes is empty: wait until it fills",
    "203": "the account's role does not allow it",
}

# The library reads metadata of version 14, which has events and calls, and no runtime APIs: their types are written here, in the
# order in which `pallets/threat-registry/src/types.rs` has the fields.
RUNTIME_APIS = {
    "types": {
        "RecordId": {"type": "struct", "type_mapping": [["author", "u32"], ["n", "u32"]]},
        "Tlp": {"type": "enum", "value_list": ["Clear", "Green", "Amber", "AmberStrict", "Red"]},
        "RecordStatus": {
            "type": "enum",
            "value_list": ["Open", "Confirmed", "Refuted", "Withdrawn", "Superseded", "Expired"],
        },
        "RecordInfo": {
            "type": "struct",
            "type_mapping": [
                ["record", "RecordId"],
                ["id", "H256"],
                ["reader_key", "H256"],
                ["objects_root", "H256"],
                ["leaves", "u32"],
                ["bytes", "u32"],
                ["tlp", "Tlp"],
                ["audience", "Vec<(u32, u32)>"],
                ["direct", "u8"],
                ["at", "(u32, u32)"],
                ["published", "u64"],
                ["valid_until", "Option<u64>"],
                ["revises", "Option<u32>"],
                ["status", "RecordStatus"],
                ["sightings", "u32"],
                ["false_positives", "u32"],
            ],
        },
    },
    "runtime_api": {
        "ThreatRegistryApi": {
            "methods": {
                "records_by_technique": {
                    "params": [
                        {"name": "technique", "type": "Text"},
                        {"name": "from", "type": "Option<[u8; 12]>"},
                        {"name": "limit", "type": "u32"},
                    ],
                    "type": "(Vec<RecordInfo>, Option<[u8; 12]>)",
                }
            }
        }
    },
}


def technique(text):
    """A node says of a text that is no technique only that it could not decode."""
    if not re.fullmatch(r"T\d{4}(\.\d{3})?", text):
        raise ValueError(f"{text} is no technique: write T1059 or T1059.001")
    return text


def record(text):
    found = re.fullmatch(r"(\d+)/(\d+)", text)
    if not found:
        raise ValueError(f"{text} is no record: write AUTHOR/N, such as 0/4")
    return {"author": int(found[1]), "n": int(found[2])}


def signature(text):
    if not re.fullmatch(r"0x[0-9a-f]{128}", text):
        raise ValueError("the proof is a signature: 0x and 128 digits")
    return text


def record_text(record):
    return f"{record['author']}/{record['n']}"


def author_name(chain, record):
    member = chain.query("Membership", "Members", [record["author"]]).value
    return member["name"] if member else f"author {record['author']}"


def records(chain, text, limit="256"):
    """`limit`: how many the chain gives at a time, 256 at most."""
    place = None
    while True:
        arguments = [technique(text), place, int(limit)]
        page, place = chain.runtime_call("ThreatRegistryApi", "records_by_technique", arguments).value
        for info in page:
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(info["published"]))
            seen, author = f"seen by {info['sightings']}", author_name(chain, info["record"])
            print(record_text(info["record"]), info["tlp"], info["status"], seen, moment, author)
        if place is None:
            return


def published(chain, block_hash):
    """The records that one block published."""
    events = (event.value for event in chain.get_events(block_hash))
    return [
        event["attributes"]
        for event in events
        if (event["module_id"], event["event_id"]) == ("ThreatRegistry", "RecordPublished")
    ]


def follow(chain, count="inf"):
    left, last = float(count), None

    def look(block, _update, _subscription):
        nonlocal left, last
        if last is None:
            print("following", file=sys.stderr)
        newest = block["header"]["number"]
        # Several blocks may be finalised at once, of which only the last is told.
        for number in range(newest if last is None else last + 1, newest + 1):
            for event in published(chain, chain.get_block_hash(number)):
                names = ",".join(event["techniques"])
                author = author_name(chain, event["record"])
                print(record_text(event["record"]), event["tlp"], names, event["id"], author, flush=True)
                left -= 1
                if left <= 0:
                    return "done"
        last = newest

    chain.subscribe_block_headers(look, finalized_only=True)


def sight(chain, text, proof):
    uri = os.environ.get("SIGNER")
    if not uri:
        raise ValueError("SIGNER is not set: name the secret of a controller or an analyst, such as //Bob//analyst")
    now = int(time.time())
    sighting = {"kind": "Seen", "count": 1, "first_seen": now, "last_seen": now}
    arguments = {"record": record(text), "sighting": sighting, "proof": signature(proof)}
    call = chain.compose_call("ThreatRegistry", "sight", arguments)
    extrinsic = chain.create_signed_extrinsic(call, Keypair.create_from_uri(uri))
    try:
        receipt = chain.submit_extrinsic(extrinsic, wait_for_finalization=True)
    except SubstrateRequestException as error:
        # Not from the block but from the pool: {'code': 1010, 'message': 'Invalid Transaction', 'data': 'Custom error: 13'}
        data = error.args[0].get("data", "")
        reason = REFUSALS.get(data.rpartition(" ")[2], "see the code in docs/integrations.md")
        raise ValueError(f"{error.args[0]['message']}: {data}, {reason}") from error
    if not receipt.is_success:
        error = receipt.error_message
        raise ValueError(f"{error['name']}: {' '.join(error['docs'])}")
    events = (event.value for event in receipt.triggered_events)
    seen = next(event["attributes"] for event in events if event["event_id"] == "RecordSighted")
    print("RecordSighted", record_text(seen["record"]), f"by {seen['by']}", seen["sighting"]["kind"])


USAGE = "usage: python substrate-interface.py URL records TECHNIQUE [LIMIT] | follow [COUNT] | sight RECORD PROOF"
COMMANDS = {"records": records, "follow": follow, "sight": sight}


def main(arguments):
    if len(arguments) < 2 or arguments[1] not in COMMANDS:
        print(USAGE, file=sys.stderr)
        sys.exit(2)
    url, command, *options = arguments
    try:
        with SubstrateInterface(url, type_registry=RUNTIME_APIS) as chain:
            COMMANDS[command](chain, *options)
    except (ValueError, OSError, SubstrateRequestException, WebSocketException) as error:
        sys.exit(f"substrate-interface.py: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
