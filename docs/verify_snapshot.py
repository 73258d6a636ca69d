"""Recompute the digest of a pulled snapshot (docs/snapshot-format.md): python3 verify_snapshot.py DIR sha256:HEX"""
import hashlib, json, os, sys; KINDS = "manifest", "annotations", "metadata"
def sha(data): return hashlib.sha256(data).digest()
def read(*path): return open(os.path.join(*path), "rb").read()
def need(holds, fault):
    if not holds: sys.exit(f"NOT VERIFIED: {fault}")
def canonical(line, where):  # RFC 8785 for what the format allows: ASCII names, integers, no fractions
    value = json.loads(line, parse_float=lambda text: need(False, f"{where} holds the fraction {text}"))
    form = dict(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    need(json.dumps(value, **form).encode() == line, f"{where} is not canonical")
    return value
def lines(folder, kind, size):
    for name in (f"{kind}-{shard:05}.jsonl" for shard in range(-(-size // 65536))):
        for number, line in enumerate(open(os.path.join(folder, name), "rb"), 1):
            need(line.endswith(b"\n") and number <= 65536, f"{name}:{number} is cut, or one too many")
            yield f"{name}:{number}", line[:-1], canonical(line[:-1], f"{name}:{number}")
    yield f"the end of {kind}", b"", None
def main(folder, digest):
    head, pull = read(folder, "snapshot.json"), os.path.join(folder, "pull.json")  # which says what parts were pulled
    need("sha256:" + sha(head).hex() == digest, f"snapshot.json is sha256:{sha(head).hex()}, not {digest}")
    header, parts = canonical(head, "snapshot.json"), json.loads(read(pull))["parts"] if os.path.exists(pull) else None
    size, last, peaks, fates = header["size"], "", [], {"right": 0, "by reference": 0, "withdrawn": 0, "not pulled": 0}
    for count, ((where, line, entry), *documents) in enumerate(zip(*(lines(folder, kind, size) for kind in KINDS))):
        if entry is None: need(count == size and not any(step[1] for step in documents), f"not {size} lines a shard"); break
        gone = set(entry) == {"leaf", "withdrawn"}  # the line is gone, its leaf stays, all three shards say the same
        leaf = bytes.fromhex(entry["leaf"]) if gone else sha(b"\0" + line)
        for (place, text, _), member in zip(documents, ("ann", "meta")):
            need(text == line if gone else sha(text).hex() == entry[member], f"{place} is not what the manifest names")
        while count & 1: leaf, count = sha(b"\1" + peaks.pop() + leaf), count >> 1  # RFC 9162 section 2.1.1
        peaks += [leaf]
        fate = "withdrawn" if gone else "right" if entry["pixels"] == "bytes" else "by reference"
        if not gone and parts is not None and not {f"{s}:{p}" for s, p in entry["parts"].items()} & set(parts): fate = "not pulled"
        if fate == "right": need(sha(read(folder, entry["path"])).hex() == entry["sha256"], f"{entry['path']} differs")
        if not gone: last = need(entry["id"] > last, f"{where} is out of order") or entry["id"]
        fates[fate] += 1
    while len(peaks) > 1: peaks[-2:] = [sha(b"\1" + peaks[-2] + peaks[-1])]
    need((peaks or [sha(b"")])[0].hex() == header["root"], "the manifest's root is not the header's")
    print(f"VERIFIED {digest}: {', '.join(f'{n} {fate}' for fate, n in fates.items())}")
try: need(len(sys.argv) == 3, __doc__) or main(*sys.argv[1:])
except (OSError, ValueError, KeyError) as error: need(False, error)
