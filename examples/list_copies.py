"""Prints every photograph that is in a dataset twice, as the table that `holotype exclude` reads. Standard library alone.

Both of a pair are listed: where one view is filed under two plants, nobody can say which of them it shows.
"""

import csv
import json
import os
import sys
import urllib.request

QUERY = """query ($slug: String!) { dataset(slug: $slug) { duplicates {
  exact { images { name } } near { firstName secondName } } } }"""

request = urllib.request.Request(
    os.environ["HOLOTYPE_SERVER"] + "/graphql",
    json.dumps({"query": QUERY, "variables": {"slug": sys.argv[1]}}).encode(),
    {"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["HOLOTYPE_TOKEN"]},
)
found = json.load(urllib.request.urlopen(request))["data"]["dataset"]["duplicates"]
names = {image["name"] for same in found["exact"] for image in same["images"]}
names |= {pair[side] for pair in found["near"] for side in ("firstName", "secondName")}
table = csv.writer(sys.stdout)
table.writerow(["image", "stage", "reason"])
table.writerows([name, "ELIGIBLE", "same-view-under-two-plants"] for name in sorted(names))
