"""Recomputes a split from its exported JSON document (docs/splits.md): python3 recompute_split.py < export.json"""
import datetime, fractions, hashlib, json, sys
export = json.load(sys.stdin)
split, images = export["split"], sorted(export["images"], key=lambda image: image["id"])
strategy, folds, size = split["strategy"], split["folds"], len(images)
sha256 = lambda data: hashlib.sha256(data).digest()
canonical = lambda value: json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
share = ({f"fold-{n}": fractions.Fraction(1, folds) for n in range(1, folds + 1)} if folds
         else {part["name"]: fractions.Fraction(part["share"]) for part in split["parts"]})
part_of, units = {}, {}                                # image id -> part; unit -> images
if strategy in ("LEAVE_ONE_GROUP_OUT", "IMPORTED"):    # the part is a value of the image itself
    part_of = {i["id"]: i["group"] if strategy == "LEAVE_ONE_GROUP_OUT" else i["part"] for i in images}
elif strategy == "BY_TIME":                            # runs of one instant, the earliest first
    for i in images:
        units.setdefault(datetime.datetime.fromisoformat(i["time"].replace("Z", "+00:00")), []).append(i)
    reached = {p: size * sum(list(share.values())[:n + 1]) for n, p in enumerate(share)}
    for instant in sorted(units):
        middle = len(part_of) + fractions.Fraction(len(units[instant]), 2)
        part = next(p for p in share if middle <= reached[p])
        part_of.update({i["id"]: part for i in units[instant]})
else:                                                  # units in the order of their hash, the rarest label first
    for i in images:
        units.setdefault(i["id"] if i["group"] is None else i["group"], []).append(i)
    order = sorted(units, key=lambda u: sha256(f"holotype-split/1\0{split['seed']}\0{u}".encode()))
    count = lambda u, label: sum(label is None or label in i["labels"] for i in units[u])
    labels, largest = sorted({label for i in images for label in i["labels"]}), max(map(len, units.values()))
    lacks = {(p, k): share[p] * sum(count(u, k) for u in order) for p in share for k in [None, *labels]}
    while order:
        left = {k: sum(count(u, k) for u in order) for k in labels}
        label = min((k for k in labels if left[k]), key=left.get, default=None)
        for unit in [u for u in order if count(u, label)]:
            after = size - len(part_of) - len(units[unit])
            whole = sum(max(lacks[p, None], 0) // largest * largest for p in share)
            opened = [p for p in share if lacks[p, None] >= largest or lacks[p, None] > 0 and whole <= after]
            part = max(opened, key=lambda p: (lacks[p, label], lacks[p, None]))
            for k in [None, *labels]:
                lacks[part, k] -= count(unit, k)
            part_of.update({i["id"]: part for i in units[unit]})
            order.remove(unit)
def root(nodes):                                       # RFC 9162 section 2.1.1
    if len(nodes) == 1: return nodes[0]
    k = 1 << (len(nodes) - 1).bit_length() - 1
    return sha256(b"\1" + root(nodes[:k]) + root(nodes[k:]))
leaves = [sha256(b"\0" + canonical({"id": i["id"], "part": part_of[i["id"]]})) for i in images]
counts = [{"part": p, "images": list(part_of.values()).count(p)} for p in share or sorted(set(part_of.values()))]
header = {**split, "size": size, "counts": counts, "root": root(leaves).hex()}
digest = "sha256:" + hashlib.sha256(canonical(header)).hexdigest()
same = digest == export["digest"] and all(part_of[i["id"]] == i["part"] for i in images)
print(json.dumps({"digest": digest, "same": same, "parts": part_of}))
sys.exit(0 if same else 1)
