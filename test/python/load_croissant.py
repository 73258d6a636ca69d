"""load_croissant.py URL: every record of every record set of a Croissant document, as stock mlcroissant reads them."""

import hashlib
import json
import sys

import mlcroissant as mlc
from PIL import Image


def told(value):
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, Image.Image):
        return {"mode": value.mode, "size": list(value.size), "pixels": hashlib.sha256(value.tobytes()).hexdigest()}
    if isinstance(value, dict):
        return {told(key): told(member) for key, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [told(member) for member in value]
    if hasattr(value, "tolist"):
        return told(value.tolist())
    return None if value != value else value


url = sys.argv[1]
dataset = mlc.Dataset(jsonld=url)
records = {}
for record_set in dataset.metadata.record_sets:
    # A fresh document for each: a join after a full pass on the same one gives nothing.
    loaded = mlc.Dataset(jsonld=url).records(record_set.uuid)
    records[record_set.uuid] = [{name: told(value) for name, value in record.items()} for record in loaded]
answer = {
    "errors": list(dataset.metadata.ctx.issues.errors),
    "warnings": list(dataset.metadata.ctx.issues.warnings),
    "version": dataset.metadata.version,
    "name": dataset.metadata.name,
    "biases": dataset.metadata.data_biases,
    "annotationsPerItem": dataset.metadata.annotations_per_item,
    "records": records,
}
if len(sys.argv) > 2:
    filters = dict([sys.argv[2].split("=")])
    found = mlc.Dataset(jsonld=url).records("images", filters=filters)
    answer["filtered"] = [told(record["images/image_id"]) for record in found]
print(json.dumps(answer))
