"""The workflows: what they call exists, and what may change something has the right to that and no more."""

import re

import pytest
import yaml

from tests.editions.conftest import ROOT

WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf8"))
             for path in (ROOT / ".github" / "workflows").glob("*.yml")}
JOBS = [(workflow, name, job) for workflow, whole in WORKFLOWS.items() for name, job in whole["jobs"].items()]


def commands(job):
    """All commands of a job, in their order, as one text."""
    return "\n".join(step.get("run", "") for step in job["steps"])


@pytest.mark.parametrize("workflow, name, job", JOBS, ids=[f"{workflow}-{name}" for workflow, name, job in JOBS])
def test_a_job_calls_what_there_is(workflow, name, job):
    makefile = (ROOT / "Makefile").read_text("utf8").replace("$(VENV)", ".venv")
    for goals in re.findall(r"\bmake ([\w./ -]+)", commands(job)):
        for goal in goals.split():
            assert re.search(rf"^{re.escape(goal)}:", makefile, re.M), goal
    for module in re.findall(r"-m editions\.(\w+)", commands(job)):
        assert (ROOT / "editions" / f"{module}.py").is_file()
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", step["uses"]) for step in job["steps"] if "uses" in step)


def test_only_the_jobs_that_publish_may_write_and_each_to_its_own_place():
    assert all(whole["permissions"] == {"contents": "read"} for whole in WORKFLOWS.values())
    assert {name: job["permissions"] for workflow, name, job in JOBS if "permissions" in job} == {
        "deploy": {"pages": "write", "id-token": "write"}, "notebooks": {"contents": "write"}}


def test_the_book_is_published_from_an_address_with_all_its_editions():
    jobs = WORKFLOWS["deploy"]["jobs"]
    built = commands(jobs["build"])
    assert 0 < built.index("-m editions.address") < built.index("make site offline pdf")
    kept, taken = [next(step["with"] for step in jobs[job]["steps"] if step.get("uses", "").startswith(action))
                   for job, action in {"build": "actions/upload-artifact", "notebooks": "actions/download"}.items()]
    assert (taken["name"], taken["path"]) == (kept["name"], kept["path"]) and kept["include-hidden-files"]
    assert jobs["deploy"]["needs"] == jobs["notebooks"]["needs"] == "build"
    assert "-m editions.branch" in commands(jobs["notebooks"])
