"""validate_bioimageio.py FILE: what bioimageio.spec says of a description, without asking the addresses in it."""

import json
import pathlib
import sys

import yaml
from bioimageio.spec import ValidationContext, validate_format

content = yaml.safe_load(pathlib.Path(sys.argv[1]).read_text())
summary = validate_format(content, context=ValidationContext(perform_io_checks=False))
detail = summary.details[-1]
print(
    json.dumps(
        {
            "status": summary.status,
            "errors": [[list(map(str, error.loc)), error.msg] for found in summary.details for error in found.errors],
            "warnings": [[".".join(map(str, warning.loc)), warning.msg] for found in summary.details for warning in found.warnings],
        }
    )
)
