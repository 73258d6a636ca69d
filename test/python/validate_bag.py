"""validate_bag.py URL: takes a bag by reference, fetches what its fetch.txt names, and has it validated by bagit."""

import io
import json
import os
import pathlib
import sys
import tarfile

import bagit
import requests

answer = requests.get(sys.argv[1], timeout=60)
answer.raise_for_status()
tarfile.open(fileobj=io.BytesIO(answer.content)).extractall("bags", filter="data")
[folder] = pathlib.Path("bags").iterdir()
bag = bagit.Bag(str(folder))
try:
    bag.validate()
    complete_before = True
except bagit.BagError:
    complete_before = False
fetched = 0
for url, size, path in bag.fetch_entries():
    part = requests.get(url, timeout=60)
    part.raise_for_status()
    assert len(part.content) == int(size), path
    target = folder / path
    os.makedirs(target.parent, exist_ok=True)
    target.write_bytes(part.content)
    fetched += 1
bag = bagit.Bag(str(folder))
bag.validate()
print(
    json.dumps(
        {
            "completeBefore": complete_before,
            "fetched": fetched,
            "payload": len(list(bag.payload_files())),
            "info": bag.info,
            "folder": folder.name,
            "files": sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()),
        }
    )
)
