"""The settings of a JupyterHub in hub/: as the chart takes them, without a secret, closed until somebody opens it."""

import copy
import pathlib
import re
import shutil
import subprocess

import jsonschema
import pytest
import yaml

from editions import address

HUB = pathlib.Path(__file__).parents[2] / "hub"
VALUES = yaml.safe_load((HUB / "values.yaml").read_text("utf8"))
SCHEMA = yaml.safe_load((HUB / "values.schema.yaml").read_text("utf8"))
VERSION = re.search(r"^# Chart: jupyterhub, version (\d+\.\d+\.\d+) ", (HUB / "values.yaml").read_text("utf8"), re.M)[1]
MISSING = object()


def faults(values):
    return [fault.message for fault in jsonschema.Draft202012Validator(SCHEMA).iter_errors(values)]


def changed(path, value):
    """The settings with one of them changed, added or taken away."""
    values = copy.deepcopy(VALUES)
    *way, last = path.split(".")
    place = values
    for name in way:
        place = place[name]
    if value is MISSING:
        del place[last]
    else:
        place[last] = value
    return values


def objects(part):
    """Every part of the schema that describes an object."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield part
        for inner in part.values():
            yield from objects(inner)


def test_the_settings_are_what_the_schema_allows():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert faults(VALUES) == []


def test_the_schema_is_closed_everywhere():
    assert [part for part in objects(SCHEMA) if part.get("additionalProperties") is not False] == []


@pytest.mark.parametrize("path, value", [
    ("singelusers", {}), ("singleuser.memmory", {}), ("cull.timeOut", 3600), ("hub.password", "x"),
    ("cull.timeout", "3600"), ("cull.timeout", 0), ("cull.enabled", "yes"), ("singleuser.cpu.limit", "1"),
    ("singleuser.memory.limit", "1 GB"), ("singleuser.memory.limit", 1), ("singleuser.image.tag", 1),
    ("singleuser.image.tag", MISSING), ("singleuser.image.name", "HTTPS://x"), ("singleuser.storage.type", "small"),
    ("singleuser.storage.capacity", "1GB"), ("singleuser.defaultUrl", "lab"), ("singleuser.image", MISSING),
    ("scheduling.userPlaceholder.replicas", 1.5), ("hub.config.Authenticator.allowed_users", "anna"),
    ("hub.config.Authenticator.allow_all", "false"), ("hub.config.GenericOAuthenticator", {"client_secret": "x"})])
def test_a_wrong_setting_is_refused(path, value):
    assert faults(changed(path, value))


@pytest.mark.parametrize("path, value", [
    ("hub.config.JupyterHub.authenticator_class", "generic-oauth"),
    ("hub.config.Authenticator.allowed_users", ["anna"]),
    ("singleuser.storage", {"type": "dynamic", "capacity": "1Gi", "homeMountPath": "/srv/work"}),
    ("singleuser.memory", {"guarantee": "0.5G", "limit": "2G"}), ("scheduling.userPlaceholder.replicas", 10),
    ("proxy.https", {"enabled": True, "hosts": ["hub.example.org"], "letsencrypt": {"contactEmail": "a@example.org"}}),
])
def test_what_the_file_says_to_change_may_be_changed_so(path, value):
    assert faults(changed(path, value)) == []


def test_nobody_gets_in_until_the_log_in_is_replaced():
    config = VALUES["hub"]["config"]
    assert config["JupyterHub"]["authenticator_class"] == "dummy"  # asks for no password, so:
    assert config["Authenticator"] == {"allow_all": False, "allowed_users": [], "admin_users": []}


def test_no_secret_is_kept_in_the_file():
    text = re.sub(r"#.*", "", (HUB / "values.yaml").read_text("utf8"))
    assert not re.search(r"secret|password|token|\bkeys?\b|[0-9a-f]{16}", text, re.I)


def test_a_limit_is_no_less_than_what_is_guaranteed():
    size = {"M": 2**20, "G": 2**30}
    memory = {name: float(text[:-1]) * size[text[-1]] for name, text in VALUES["singleuser"]["memory"].items()}
    assert memory["guarantee"] <= memory["limit"]
    assert VALUES["singleuser"]["cpu"]["guarantee"] <= VALUES["singleuser"]["cpu"]["limit"]


def test_a_server_opens_a_notebook_that_the_image_has_and_the_page_names_the_same_chart():
    assert VALUES["singleuser"]["defaultUrl"] == f"/lab/tree/{address.notebook('intro')}"
    page = (HUB.parent / "chapters" / "run.md").read_text("utf8")
    assert f"--version {VERSION} " in page and f"version {VERSION} (" in page
    assert address.notebook("dose_and_level") in page and f"--ref {address.BRANCH} " in page


@pytest.mark.skipif(not shutil.which("helm"), reason="helm is not installed")
def test_the_chart_takes_the_settings():
    """Where helm is there and knows the charts under the name that chapters/run.md gives them."""
    made = subprocess.run(["helm", "template", "ivig", "jupyterhub/jupyterhub", "--version", VERSION,
                           "--values", str(HUB / "values.yaml")], capture_output=True, text=True, timeout=120)
    if re.search("repo jupyterhub not found|could not|cannot be reached|failed to download", made.stderr):
        pytest.skip(f"the chart is out of reach: {made.stderr.strip().splitlines()[-1]}")
    assert made.returncode == 0, made.stderr
    assert "kind: Deployment" in made.stdout
