"""
validate_ro_crate.py FOLDER: the issues that roc-validator finds in a crate, required and recommended.

The context of RO-Crate 1.1 lies on the web, which a test must not need: in its place stands what it says of the terms used here.
"""

import json
import sys

import requests
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.utils.http import HttpRequester

TERMS = "CreativeWork Dataset Organization about contentSize datePublished description encodingFormat hasPart identifier license name publisher url version"
CONTEXT = {
    "@context": {
        **{term: f"http://schema.org/{term}" for term in TERMS.split()},
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
    }
}


def answer(_, url, **more):
    assert url == "https://w3id.org/ro/crate/1.1/context", f"{url} lies on the web"
    response = requests.Response()
    response.status_code, response.url = 200, url
    response.headers["Content-Type"] = "application/ld+json"
    response._content = json.dumps(CONTEXT).encode()
    return response


HttpRequester.get = answer
settings = ValidationSettings(
    rocrate_uri=sys.argv[1],
    profile_identifier="ro-crate-1.1",
    requirement_severity=Severity.RECOMMENDED,
    offline=True,
    skip_availability_check=True,
)
result = services.validate(settings)
issues = [[issue.severity.name, issue.message] for issue in result.get_issues(Severity.OPTIONAL)]
print(json.dumps({"passed": result.passed(Severity.REQUIRED), "issues": issues}))
