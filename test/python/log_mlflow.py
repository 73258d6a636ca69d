"""log_mlflow.py FILE: a run that logs what mlflow.json says it trained on, and what MLflow has of it afterwards."""

import json
import os
import pathlib
import sys

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_TRACKING_URI"] = pathlib.Path("runs").absolute().as_uri()
import mlflow
from mlflow.data.http_dataset_source import HTTPDatasetSource
from mlflow.data.meta_dataset import MetaDataset
from mlflow.entities import Dataset, DatasetInput, InputTag

inputs = json.loads(pathlib.Path(sys.argv[1]).read_text())["datasets"]
with mlflow.start_run() as run:
    for logged in inputs:
        dataset = logged["dataset"]
        source = HTTPDatasetSource(json.loads(dataset["source"])["url"])
        tags = {tag["key"]: tag["value"] for tag in logged["tags"]}
        mlflow.log_input(
            MetaDataset(source, name=dataset["name"], digest=dataset["digest"]),
            context=tags.pop("mlflow.data.context"),
            tags=tags,
        )
# The body of runs/log-inputs as it stands, profile and all; in one experiment a dataset is kept as it was first logged.
mlflow.set_experiment("whole")
with mlflow.start_run() as whole:
    mlflow.MlflowClient().log_inputs(
        whole.info.run_id,
        [
            DatasetInput(Dataset(**logged["dataset"]), [InputTag(**tag) for tag in logged["tags"]])
            for logged in inputs
        ],
    )


def told(run_id):
    return [
        {
            "name": held.dataset.name,
            "digest": held.dataset.digest,
            "source": json.loads(held.dataset.source),
            "profile": json.loads(held.dataset.profile) if held.dataset.profile else None,
            "tags": {tag.key: tag.value for tag in held.tags},
        }
        for held in mlflow.get_run(run_id).inputs.dataset_inputs
    ]


print(json.dumps({"logged": told(run.info.run_id), "body": told(whole.info.run_id)}))
