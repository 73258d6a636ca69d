"""Prove that one image is in a snapshot (docs/snapshot-format.md): python3 verify_proof.py PROOF.json sha256:HEX"""
import hashlib, json, sys
def sha(data): return hashlib.sha256(data).digest()
def need(holds, fault):
    if not holds: sys.exit(f"NOT VERIFIED: {fault}")
def main(file, digest):
    proof = json.load(open(file, encoding="utf-8"))
    found = "sha256:" + sha(proof["header"].encode()).hex()
    need(found == digest, f"the proof is of {found}, not of {digest}")
    header, line = json.loads(proof["header"]), json.loads(proof["line"])
    gone = set(line) == {"leaf", "withdrawn"}  # the line is gone, its leaf stays
    root = bytes.fromhex(line["leaf"]) if gone else sha(b"\0" + proof["line"].encode())
    node, last = proof["index"], header["size"] - 1  # RFC 9162 section 2.1.3.2
    need(0 <= node <= last, "the index is outside the tree")
    for sibling in map(bytes.fromhex, proof["path"]):
        need(last, "the path is too long")
        if node & 1 or node == last:
            root = sha(b"\1" + sibling + root)
            while node and not node & 1: node, last = node >> 1, last >> 1
        else: root = sha(b"\1" + root + sibling)
        node, last = node >> 1, last >> 1
    need(last == 0 and root.hex() == header["root"], "the line does not lead to the root")
    print(f"VERIFIED {'leaf ' + line['leaf'] + ', withdrawn' if gone else line['id']} in {digest}")
try: need(len(sys.argv) == 3, __doc__) or main(*sys.argv[1:])
except (OSError, ValueError, KeyError, TypeError) as error: need(False, error)
