"""log_mlflow_runs.py FOLDER DIGEST ADDRESS: runs of several kinds in FOLDER/mlruns, the answer of runs/search in FOLDER/search.json, and their ids."""

import json
import os
import pathlib
import sys

folder, digest, address = pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3]
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_TRACKING_URI"] = (folder / "mlruns").absolute().as_uri()
import mlflow
from mlflow.data.http_dataset_source import HTTPDatasetSource
from mlflow.data.meta_dataset import MetaDataset
from mlflow.protos.service_pb2 import SearchRuns
from mlflow.utils.proto_json_utils import message_to_json

experiment = mlflow.set_experiment("leaves").experiment_id
source = HTTPDatasetSource(f"{address}/snapshots/{digest}/croissant.json")
ids = {}


def run(name, parameters, metrics, inputs=(), **more):
    with mlflow.start_run(run_name=name, tags={"mlflow.source.git.commit": "0a1b2c3d"}, **more) as started:
        for beginning, tags in inputs:
            dataset = MetaDataset(source, name="leaves", digest=beginning)
            mlflow.log_input(dataset, context="training", tags=tags)
        mlflow.log_params(parameters)
        for metric, values in metrics.items():
            for step, value in enumerate(values):
                mlflow.log_metric(metric, value, step=step)
        ids[name] = started.info.run_id
        return started


tagged = [(digest[7:39], {"snapshot.digest": digest})]
for fold in range(2):
    for seed in range(2):
        run(
            f"net-{fold}-{seed}",
            {"model": "net", "seed": seed, "k": fold, "lr": 0.01},
            {"test_accuracy": [0.5, 0.9, 0.75 + fold / 100 + seed / 1000], "val_loss": [0.25], "system/cpu": [3]},
            tagged,
        )
run("beginning", {"model": "net"}, {"train/accuracy": [1]}, [(digest[7:43], None)])
run("nowhere", {"model": "net"}, {"test_accuracy": [0.5]})
run("odd", {"model": "net", "note": "a\nb"}, {"accuracy": [0.5], "test_loss": [float("nan")], "test_f1": [0.5]}, tagged)
with mlflow.start_run(run_name="search") as parent:
    mlflow.log_metric("test_accuracy", 0.9)
    ids["search"] = parent.info.run_id
    run("searched", {"model": "net"}, {"test_accuracy": [0.5]}, tagged, nested=True)
try:
    with mlflow.start_run(run_name="broken") as broken:
        ids["broken"] = broken.info.run_id
        raise RuntimeError("out of memory")
except RuntimeError:
    pass

answer = SearchRuns.Response()
answer.runs.extend(held.to_proto() for held in mlflow.MlflowClient().search_runs([experiment]))
(folder / "search.json").write_text(message_to_json(answer))
print(json.dumps(ids))
