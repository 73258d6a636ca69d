"""load_parquet.py ADDRESS PART…: the Parquet files below a snapshot's address as stock `datasets` loads and streams them."""

import hashlib
import json
import sys

import datasets

datasets.disable_progress_bars()
address, parts = sys.argv[1], sys.argv[2:]
# `all` is a word of its own to datasets.
keys = {part: "whole" if part == "all" else part for part in parts}
files = {keys[part]: f"{address}/{part}.parquet" for part in parts}


def told(row):
    image = row["image"]
    return {
        "image_id": row["image_id"],
        "label": row["label"],
        "annotators": [said["annotator"] for said in row["labels"]],
        "bbox": row["objects"]["bbox"],
        "image": None if image is None else [image.mode, list(image.size)],
    }


loaded = datasets.load_dataset("parquet", data_files=files)
answer = {"rows": {}, "hashes": {}, "streamed": {}}
for part in parts:
    answer["rows"][part] = [told(row) for row in loaded[keys[part]]]
    raw = loaded[keys[part]].cast_column("image", datasets.Image(decode=False))
    answer["hashes"][part] = {
        row["image_id"]: hashlib.sha256(row["image"]["bytes"]).hexdigest() if row["image"]["bytes"] else None for row in raw
    }
    stream = datasets.load_dataset("parquet", data_files=files, split=keys[part], streaming=True)
    answer["streamed"][part] = [row["image_id"] for row in stream]
answer["names"] = getattr(loaded[keys[parts[0]]].features["label"], "names", None)
print(json.dumps(answer))
