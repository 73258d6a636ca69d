"""Trains two small models on a pinned snapshot with soft labels, grouped folds and several seeds; reports the runs, prints the report.

    python train.py [--lock holotype.lock] [--seeds 1 2] [--epochs 15]

Needs torch, pyarrow, pillow and requests, the lock file of a pull with one k-fold split, and a line of ~/.netrc with a token.
"""

import argparse
import hashlib
import io
import json
import os
import platform
import time
from datetime import datetime, timezone
from pathlib import Path

import PIL
import pyarrow
import pyarrow.parquet
import requests
import torch
from PIL import Image, ImageOps
from torch import nn

SIDE, BATCH, RATE = 32, 32, 2e-3
MODELS = {
    "linear": lambda classes: nn.Sequential(nn.Flatten(), nn.Linear(3 * SIDE * SIDE, classes)),
    "convolutional": lambda classes: nn.Sequential(
        *[nn.Conv2d(3, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)],
        *[nn.Flatten(), nn.Linear(32 * (SIDE // 4) ** 2, classes)],
    ),
}
HELD = """query ($digest: String!) { snapshot(digest: $digest) { trainingRuns(first: 500) {
  nodes { id key metrics { part name value } } } } }"""
REPORT = """query ($digest: String!, $models: [String!]) { runReport(snapshots: [$digest], metric: "accuracy", models: $models) {
  card { colour sentence caveats wouldChange } models { sentence } pairs { sentence } } }"""


def call(method, address, **more):
    """requests finds the token in ~/.netrc. What the server refuses ends the script with the server's own words."""
    answer = requests.request(method, address, timeout=60, **more)
    if not answer.ok:
        raise SystemExit(f"{method} {address}: {answer.status_code} {answer.text}")
    return answer


def ask(server, query, **variables):
    answer = call("POST", f"{server}/graphql", json={"query": query, "variables": variables}).json()
    if "errors" in answer:
        raise SystemExit(answer["errors"][0]["message"])
    return answer["data"]


def load(server, pin):
    """The header, the split's name and the rows of each fold, every byte held to the lock file, whatever the server says."""
    [form] = [one for one in pin["renderings"] if one["format"] == "parquet"]
    address = f"{server}/snapshots/{pin['digest']}"
    header = call("GET", address).content
    if "sha256:" + hashlib.sha256(header).hexdigest() != pin["digest"]:
        raise SystemExit(f"{address} is not the snapshot that the lock file pins.")
    [(split, dealt)] = json.loads(header)["splits"].items()
    names = [f"{count['part']}.parquet" for count in dealt["counts"]]
    files = {name: call("GET", f"{address}/{name}", params={"consensus": form["consensus"]}).content for name in names}
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(names)]
    if hashlib.sha256("".join(lines).encode()).hexdigest() != form["digest"]:
        raise SystemExit(f"The tables of {address} are not those that the lock file pins.")
    tables = {name: pyarrow.parquet.read_table(io.BytesIO(file)).to_pylist() for name, file in files.items()}
    # An image that nobody labelled, or a tie, has no class to be measured against.
    rows = {name.removesuffix(".parquet"): [row for row in table if row["label"] is not None] for name, table in tables.items()}
    return json.loads(header), split, rows


def tensors(rows):
    """Pixels [n, 3, SIDE, SIDE] from -0.5 to 0.5, soft labels [n, classes], and the likeliest class of each [n]."""
    pixels = []
    for row in rows:
        image = ImageOps.exif_transpose(Image.open(io.BytesIO(row["image"]["bytes"]))).convert("RGB").resize((SIDE, SIDE))
        pixels.append(torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8).reshape(SIDE, SIDE, 3))
    soft, label = torch.tensor([row["soft"] for row in rows]), torch.tensor([row["label"] for row in rows])
    return torch.stack(pixels).permute(0, 3, 1, 2) / 255 - 0.5, soft, label


def train(make, seed, epochs, pixels, soft):
    torch.manual_seed(seed)
    model = make(soft.shape[1])
    optimiser = torch.optim.Adam(model.parameters(), RATE)
    for _ in range(epochs):
        for batch in torch.randperm(len(pixels)).split(BATCH):
            optimiser.zero_grad()
            nn.functional.cross_entropy(model(pixels[batch]), soft[batch]).backward()
            optimiser.step()
    return model


@torch.no_grad()
def measure(model, part, pixels, soft, label):
    """The metrics of a part, and the class that each image was taken for."""
    scores = model(pixels)
    accuracy, loss = (scores.argmax(1) == label).double().mean(), nn.functional.cross_entropy(scores, soft)
    named = {"accuracy": accuracy.item(), "cross-entropy": loss.item()}
    return [{"part": part, "name": name, "value": value, "images": len(label)} for name, value in named.items()], scores.argmax(1)


def figures(run):
    return {(metric["part"], metric["name"]): metric["value"] for metric in run["metrics"]}


def report(server, run, outcomes, held):
    """Reports a run once; one that was reported before must have come out the same."""
    before = held.get(run["key"])
    if before and figures(before) != figures(run):
        raise SystemExit(f"{run['key']} came out otherwise than it was reported: this is not deterministic.")
    identity = before["id"] if before else call("POST", f"{server}/runs", json=run).json()["id"]
    lines = "".join(json.dumps(outcome) + "\n" for outcome in outcomes)
    call("PUT", f"{server}/runs/{identity}/outcomes", data=lines, headers={"Content-Type": "application/jsonl"})
    told = ", ".join(f"{part} {name} {value:.4f}" for (part, name), value in figures(run).items())
    print(f"{run['model']}, fold {run['fold']}, seed {run['seed']}: {told}{' (reported before)' if before else ''}", flush=True)


def main(lock, seeds, epochs):
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    [pin] = json.loads(Path(lock).read_text())["pulls"]
    server, digest = os.environ.get("HOLOTYPE_SERVER", pin["server"]), pin["digest"]
    header, split, folds = load(server, pin)
    print(f"{digest}: {sum(map(len, folds.values()))} of {header['size']} images in {len(folds)} folds")
    groups = {part: {row["acquisition"][header["unit"]] or row["image_id"] for row in rows} for part, rows in folds.items()}
    if sum(map(len, groups.values())) != len(set().union(*groups.values())):
        raise SystemExit(f"A {header['unit']} stands in two folds: what is learnt of it in one would be known in the other.")
    data, classes = {part: tensors(rows) for part, rows in folds.items()}, [one["name"] for one in header["classes"]]
    versions = {"torch": torch.__version__, "pyarrow": pyarrow.__version__, "pillow": PIL.__version__}
    setting = {
        "codeVersion": "sha256:" + hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
        "libraries": {"python": platform.python_version(), **versions},
        "hardware": {"device": "cpu", "machine": platform.machine(), "threads": torch.get_num_threads()},
        "hyperparameters": {"epochs": epochs, "batch": BATCH, "learningRate": RATE, "side": SIDE, "optimiser": "Adam"},
    }
    # The same data, code, versions, machine and settings are one experiment: run again, nothing is there twice. Another
    # experiment has models of other names, for the report would take the same seed twice for two independent runs.
    experiment = hashlib.sha256(json.dumps([pin["renderings"], digest, setting]).encode()).hexdigest()[:8]
    names = {model: f"{model}-{experiment}" for model in MODELS}
    held = {run["key"]: run for run in ask(server, HELD, digest=digest)["snapshot"]["trainingRuns"]["nodes"]}
    for model, part, seed in ((model, part, seed) for model in MODELS for part in folds for seed in seeds):
        started, clock = datetime.now(timezone.utc).isoformat(), time.monotonic()
        training = [torch.cat(tensor) for tensor in zip(*(data[other] for other in folds if other != part))]
        trained = train(MODELS[model], seed, epochs, *training[:2])
        known, _ = measure(trained, "train", *training)
        unseen, guesses = measure(trained, "test", *data[part])
        place = {"snapshot": digest, "split": split, "fold": int(part.removeprefix("fold-")), "seed": seed, "model": names[model]}
        sizes = {"trainImages": len(training[0]), "testImages": len(guesses)}
        times = {"startedAt": started, "durationSeconds": time.monotonic() - clock}
        run = {"key": f"{names[model]}-{part}-seed-{seed}", **place, **sizes, **times, **setting, "metrics": known + unseen}
        outcomes = [
            {"image": row["image_id"], "part": "test", "correct": int(guess == row["label"]), "predicted": classes[guess]}
            for row, guess in zip(folds[part], guesses.tolist())
        ]
        report(server, run, outcomes, held)
    said = ask(server, REPORT, digest=digest, models=list(names.values()))["runReport"]
    print(f"\n{said['card']['colour']}: {said['card']['sentence']}\nWhat would change this: {said['card']['wouldChange']}")
    print(*(f"- {one['sentence']}" for one in said["models"] + said["pairs"]), sep="\n")
    print(*(f"- {caveat}" for caveat in said["card"]["caveats"]), sep="\n")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--lock", default="holotype.lock")
    options.add_argument("--seeds", type=int, nargs="+", default=[1, 2])
    options.add_argument("--epochs", type=int, default=15)
    main(**vars(options.parse_args()))
