"""read_tables.py ADDRESS FOLDER PART…: what is below a snapshot's address as stock pyarrow, pandas, webdataset and datasets
read it, and a loader of class folders with the rules of torchvision's ImageFolder."""

import hashlib
import io
import json
import pathlib
import sys
import tarfile

import datasets
import pandas
import pyarrow.parquet
import requests
import webdataset
from PIL import Image

datasets.disable_progress_bars()
address, folder, parts = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def fetched(path):
    answer = requests.get(f"{address}/{path}")  # requests reads .netrc
    answer.raise_for_status()
    return io.BytesIO(answer.content)


def image_folder(root):
    """torchvision.datasets.ImageFolder: folders are classes in the order of their names, files beside them are none."""
    classes = sorted(entry.name for entry in root.iterdir() if entry.is_dir())
    samples = []
    for number, name in enumerate(classes):
        for file in sorted((root / name).rglob("*")):
            if file.suffix.lower() in (".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp"):
                samples.append([file.name, number, Image.open(file).mode])
    return classes, samples


answer = {"arrow": {}, "pandas": {}, "webdataset": {}, "imagefolder": {}, "torchvision": {}, "tar": {}}
for part in parts:
    table = pyarrow.parquet.read_table(fetched(f"{part}.parquet"))
    answer["arrow"][part] = {
        row["image_id"]: {
            "sha256": sha256(row["image"]["bytes"]),
            "mode": Image.open(io.BytesIO(row["image"]["bytes"])).mode,
            "label": row["label"],
            "soft": row["soft"],
            "site": row["acquisition"]["site"],
        }
        for row in table.to_pylist()
    }
    shards = f"pipe:curl --silent --fail --netrc {address}/webdataset/{part}-000000.tar"
    samples = list(webdataset.WebDataset(shards, shardshuffle=False))
    answer["webdataset"][part] = [
        {
            "key": sample["__key__"],
            "extensions": sorted(name for name in sample if not name.startswith("__")),
            "sha256": sha256(sample.get("png") or sample.get("tif")),
            "json": json.loads(sample["json"]),
        }
        for sample in samples
    ]
    with tarfile.open(fileobj=fetched(f"imagefolder/{part}.tar")) as tar:
        tar.extractall(folder, filter="data")
    classes, samples = image_folder(folder / part)
    answer["torchvision"][part] = {"classes": classes, "samples": samples}
    loaded = datasets.load_dataset("imagefolder", data_dir=str(folder / part), split="train")
    raw = loaded.cast_column("image", datasets.Image(decode=False))
    answer["imagefolder"][part] = [
        {
            "image_id": row["image_id"],
            "label": row["label"],
            "category": row["objects"]["category"],
            "bbox": row["objects"]["bbox"],
            "mode": row["image"].mode,
            "sha256": sha256(pathlib.Path(held["image"]["path"]).read_bytes()),
        }
        for row, held in zip(loaded, raw)
    ]

with tarfile.open(fileobj=fetched("images.tar")) as tar:
    for member in tar:
        answer["tar"][member.name] = sha256(tar.extractfile(member).read())
for name in ("images", "annotations"):
    table = pandas.read_csv(fetched(f"{name}.csv"), dtype=str, keep_default_na=False)
    answer["pandas"][name] = table.to_dict("records")
print(json.dumps(answer))
