"""The manifests for Compose and Kubernetes: valid, tightly shut, and true of the program and of each other."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from monitor.config.rulebook import load_rulebook
from monitor.config.settings import VARIABLES
from monitor.jobs import dispatching
from monitor.schedule import DRAIN
from tests.deploy.dockerfiles import read_steps

DEPLOY = Path(__file__).parents[2] / "deploy"
SCHEMAS = Path(__file__).parent / "schemas"
KUBERNETES = DEPLOY / "kubernetes"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
LISTED = yaml.safe_load((KUBERNETES / "kustomization.yaml").read_text(encoding="utf-8"))["resources"]
OBJECTS = [one for name in LISTED for one in yaml.safe_load_all((KUBERNETES / name).read_text(encoding="utf-8"))]
IMAGE = dict(read_steps(DEPLOY / "Dockerfile"))


@cache
def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def the(kind: str, name: str = "factwatch") -> Any:
    (found,) = (one for one in OBJECTS if one["kind"] == kind and one["metadata"]["name"] == name)
    return found


def pod() -> Any:
    return the("Deployment")["spec"]["template"]["spec"]


def container() -> Any:
    (one,) = pod()["containers"]
    return one


# --- Compose ----------------------------------------------------------------------------------------


def test_the_compose_file_is_one() -> None:
    jsonschema_rs.validate(schema("compose.json"), COMPOSE)


@pytest.mark.parametrize("name", ["factwatch", "database"])
def test_each_service_gives_up_what_it_does_not_need(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert all(not str(value).startswith("postgres") for value in service["environment"].values())


def test_it_waits_for_a_healthy_database_and_is_waited_for_at_the_end() -> None:
    ours = COMPOSE["services"]["factwatch"]
    assert ours["depends_on"] == {"database": {"condition": "service_healthy"}}
    assert "healthcheck" in COMPOSE["services"]["database"]
    assert int(ours["stop_grace_period"].removesuffix("s")) > DRAIN + dispatching.DRAIN
    assert ours["ports"] == ["127.0.0.1:8300:8300"]


def test_secrets_are_files_that_are_declared() -> None:
    used = {name for service in COMPOSE["services"].values() for name in service["secrets"]}
    assert used == COMPOSE["secrets"].keys()
    for service in COMPOSE["services"].values():
        named = {value for name, value in service["environment"].items() if name.endswith("_FILE")}
        assert named == {f"/run/secrets/{name}" for name in service["secrets"]}


# --- Kubernetes -------------------------------------------------------------------------------------


def test_every_manifest_is_listed() -> None:
    assert sorted(LISTED) == sorted(path.name for path in KUBERNETES.glob("*.yaml") if path.name != "kustomization.yaml")


@pytest.mark.parametrize("one", OBJECTS, ids=lambda one: f"{one['kind']}-{one['metadata']['name']}")
def test_each_object_is_one_of_its_kind(one: dict[str, Any]) -> None:
    kinds = schema("kubernetes-1.34.json")
    document = {"$ref": f"#/$defs/{kinds['kinds'][one['kind']]}", "$defs": kinds["$defs"], "$schema": kinds["$schema"]}
    jsonschema_rs.validate(document, json.loads(json.dumps(one, default=str)))


def test_the_pod_keeps_to_what_kubernetes_calls_restricted() -> None:
    """Of the Pod Security Standards, all that is asked of a pod without volumes of the host."""
    about, of_container = pod()["securityContext"], container()["securityContext"]
    assert about["runAsNonRoot"]
    assert f"{about['runAsUser']}:{about['runAsGroup']}" == IMAGE["USER"]
    assert about["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not of_container["allowPrivilegeEscalation"]
    assert of_container["capabilities"] == {"drop": ["ALL"]}
    assert of_container["readOnlyRootFilesystem"]
    assert not pod()["automountServiceAccountToken"]
    assert {kind for volume in pod()["volumes"] for kind in volume} <= {
        "name", "configMap", "secret", "persistentVolumeClaim", "emptyDir"
    }  # fmt: skip


def test_what_it_names_is_there() -> None:
    names = {(one["kind"], one["metadata"]["name"]) for one in OBJECTS}
    for volume in pod()["volumes"]:
        match volume:
            case {"configMap": {"name": name}}:
                assert ("ConfigMap", name) in names
            case {"persistentVolumeClaim": {"claimName": name}}:
                assert ("PersistentVolumeClaim", name) in names
    assert {mount["name"] for mount in container()["volumeMounts"]} == {volume["name"] for volume in pod()["volumes"]}
    labels = the("Deployment")["spec"]["template"]["metadata"]["labels"]
    assert the("Service")["spec"]["selector"].items() <= labels.items()
    assert the("Deployment")["spec"]["selector"]["matchLabels"].items() <= labels.items()


def test_its_probes_ask_what_the_program_answers_and_the_end_is_waited_for() -> None:
    paths = [container()[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")]
    assert paths == ["/healthz", "/healthz", "/readyz"]
    (port,) = container()["ports"]
    assert str(port["containerPort"]) == IMAGE["EXPOSE"]
    assert pod()["terminationGracePeriodSeconds"] > DRAIN + dispatching.DRAIN


def test_no_secret_is_written_down_and_each_setting_is_known() -> None:
    assert not [one for one in OBJECTS if one["kind"] == "Secret"]
    named = [entry["name"] for entry in container()["env"]] + [*COMPOSE["services"]["factwatch"]["environment"]]
    assert {re.sub("_FILE$", "", name) for name in named} <= VARIABLES.keys()
    # A service of our name would be told to its pods as FACTWATCH_PORT, which is no setting of ours.
    assert pod()["enableServiceLinks"] is False


def test_one_process_at_a_time_has_the_embedded_database() -> None:
    spec = the("Deployment")["spec"]
    assert (spec["replicas"], spec["strategy"]) == (1, {"type": "Recreate"})


def test_the_rules_that_it_shows_are_good_ones(tmp_path: Path) -> None:
    for kind in ("rules", "seeds"):
        (tmp_path / kind).mkdir()
        for name, text in the("ConfigMap", f"factwatch-{kind}")["data"].items():
            (tmp_path / kind / name).write_text(text, encoding="utf-8")
    assert [*load_rulebook(tmp_path / "rules").watches] == ["harbour-bridge"]
