"""Check an exported audit log (docs/audit.md): python3 verify_audit.py FILE.jsonl
Every hash and every checkpoint is recomputed. A checkpoint's signature is proved by openssl, with the server's public key:
  python3 verify_audit.py FILE.jsonl SEQUENCE signed.bin signature.bin
  openssl pkeyutl -verify -pubin -inkey KEY.pem -rawin -in signed.bin -sigfile signature.bin"""
import base64, hashlib, json, sys
def canonical(value): return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def sha(text): return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()
def need(holds, fault):
    if not holds: sys.exit(f"NOT VERIFIED: {fault}")
def main(file, wanted=None, signed=None, signature=None):
    lines = (json.loads(line) for line in open(file, encoding="utf-8"))
    head, hashes, told, there = next(lines), {}, {}, set()
    need(head["format"] == "urn:holotype:audit-export:1", "the file is no exported audit log")
    sequence, previous = head["from"] - 1, head["previousHash"]
    before = head["previousCheckpoint"] or {"sequence": 0, "digest": None}
    for line in lines:
        if "checkpoint" not in line:
            event = {name: value for name, value in line.items() if name != "hash"}
            at = f"event {event['sequence']}"
            need(event["sequence"] > sequence, f"{at} was inserted or moved")
            need(event["sequence"] == sequence + 1, f"event {sequence + 1} is missing")
            need(event["previousHash"] == previous, f"{at} does not follow the event before it")
            need(sha(canonical(event)) == line["hash"], f"{at} was altered")
            sequence, previous = event["sequence"], line["hash"]
            hashes[sequence] = previous
            if event["action"] == "audit.checkpoint": told[json.loads(event["detail"])["digest"]] = event
            continue
        envelope = line["checkpoint"]
        body = base64.b64decode(envelope["payload"])
        point = json.loads(body)
        at = f"the checkpoint at event {point['sequence']}"
        need(point["previous"] == before["digest"], f"a checkpoint before {at} was removed")
        need(point["sequence"] in hashes, f"{at} is of an event that is gone")
        need(hashes[point["sequence"]] == point["hash"],
             f"events {before['sequence'] + 1} to {point['sequence']} were rewritten after {at} was signed")
        before = {"sequence": point["sequence"], "digest": sha(body)}
        there.add(sha(body))
        if wanted and point["sequence"] == int(wanted):
            kind = envelope["payloadType"].encode()
            with open(signed, "wb") as out: out.write(b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(body), body))
            with open(signature, "wb") as out: out.write(base64.b64decode(envelope["signatures"][0]["sig"]))
    need(sequence == head["to"], f"the file ends at event {sequence}, before event {head['to']}")
    for digest, event in told.items():
        lost = digest not in there and json.loads(event["detail"])["sequence"] >= head["from"]
        need(not lost, f"the checkpoint that event {event['sequence']} tells of was removed")
    print(f"VERIFIED events {head['from']} to {head['to']}, {len(there)} checkpoints; head {previous}")
try: need(len(sys.argv) in (2, 5), __doc__) or main(*sys.argv[1:])
except (OSError, ValueError, KeyError, TypeError) as error: need(False, error)
