"""docker-compose.yml: its form, and that it and `config` speak of the same variables."""

import json
import re
from importlib import resources, util
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from config.environment import REQUIRED_IN_PRODUCTION, Environment

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
APPLICATION = ("migrate", "web", "worker", "beat")
STORES = ("postgres", "redis", "elasticsearch")

# For development and demonstrations: production leaves these at the application's default.
NOT_FOR_PRODUCTION = {"DEBUG", "STRIPE_API_BASE", "PUBLICITY_SECONDS"}
# What the operator has to give: secrets, and what nobody can guess.
GIVEN_BY_OPERATOR = {
    "SECRET_KEY",
    "FIELD_ENCRYPTION_KEYS",
    "BLIND_INDEX_KEY",
    "STRIPE_API_KEY",
    "STRIPE_WEBHOOK_SECRET",
    "POSTGRES_PASSWORD",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "SITE_DOMAIN",
}
# Folders below VAR_DIR that only the embedded default writes to.
EMBEDDED_FOLDERS = {"aixin.sqlite3", "queue", "cache", "mail"}


def published_schema() -> dict[str, Any] | None:
    """The Compose project's own schema, where a package that carries it is installed."""
    if util.find_spec("check_jsonschema") is None:
        return None
    schemas = resources.files("check_jsonschema") / "builtin_schemas" / "vendor"
    return json.loads((schemas / "compose-spec.json").read_text(encoding="utf-8"))


def own_schema() -> dict[str, Any]:
    """The keys we use and no other, stricter than the published one about each."""
    path = Path(__file__).with_name("compose_schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


def interpolations(value: Any) -> list[tuple[str, str]]:
    """Every `${NAME…}` below a value as (name, what follows the name)."""
    if isinstance(value, str):
        return re.findall(r"(?<!\$)\$\{?([A-Z_]+)([^}]*)\}?", value)
    children = value.values() if isinstance(value, dict) else value
    return [
        one
        for child in (children if isinstance(value, dict | list) else [])
        for one in interpolations(child)
    ]


def test_file_follows_the_compose_schema():
    for schema in filter(None, (own_schema(), published_schema())):
        errors = [
            f"{'/'.join(map(str, error.absolute_path))}: {error.message}"
            for error in jsonschema.Draft202012Validator(schema).iter_errors(COMPOSE)
        ]
        assert errors == []


def test_our_schema_refuses_a_misspelt_key():
    wrong = {"name": "aixin", "services": {"web": {"image": "a", "healtcheck": {}}}}
    with pytest.raises(jsonschema.ValidationError, match="healtcheck"):
        jsonschema.validate(wrong, own_schema())


def test_the_whole_stack_is_there():
    assert set(SERVICES) == {*STORES, *APPLICATION, "caddy"}


@pytest.mark.parametrize("service", APPLICATION)
def test_every_variable_set_is_one_that_config_knows(service):
    assert set(SERVICES[service]["environment"]) - set(Environment.model_fields) == set()


@pytest.mark.parametrize("service", APPLICATION)
def test_every_variable_that_config_knows_is_set_unless_it_is_for_development(service):
    expected = set(Environment.model_fields) - NOT_FOR_PRODUCTION
    assert set(SERVICES[service]["environment"]) == expected


def test_whatever_has_no_default_or_production_demands_is_set():
    without_default = {
        name for name, field in Environment.model_fields.items() if field.is_required()
    }
    demanded = without_default | set(REQUIRED_IN_PRODUCTION)
    assert demanded <= set(SERVICES["web"]["environment"])


def test_optional_variables_are_passed_on_empty_rather_than_with_a_second_default():
    optional = {
        name: rest for name, rest in interpolations(COMPOSE) if name not in GIVEN_BY_OPERATOR
    }
    assert set(optional.values()) == {":-"}
    assert set(optional) <= set(Environment.model_fields)


def test_what_the_operator_gives_has_no_default_and_stops_the_start_with_a_reason():
    found = [(name, rest) for name, rest in interpolations(COMPOSE) if name in GIVEN_BY_OPERATOR]
    assert {name for name, _ in found} == GIVEN_BY_OPERATOR
    assert [name for name, rest in found if not re.fullmatch(r":\?.{10,}", rest)] == []


def test_no_secret_is_written_down():
    secrets = re.compile(r"SECRET|KEY|PASSWORD|EMAIL_URL|DATABASE_URL")
    literal = [
        f"{service}: {name}"
        for service, definition in SERVICES.items()
        for name, value in definition.get("environment", {}).items()
        if secrets.search(name) and ":?" not in value
    ]
    assert literal == []


@pytest.mark.parametrize("service", sorted(SERVICES))
def test_no_service_runs_as_root_or_keeps_privileges(service):
    definition = SERVICES[service]
    assert definition["user"].split(":")[0] not in {"", "0", "root"}
    assert definition["cap_drop"] == ["ALL"]
    assert definition["security_opt"] == ["no-new-privileges:true"]
    assert definition["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}


@pytest.mark.parametrize("service", sorted(set(SERVICES) - {"migrate"}))
def test_every_lasting_service_has_a_health_check_and_comes_back(service):
    assert SERVICES[service]["healthcheck"]["retries"] >= 1
    assert SERVICES[service]["restart"] == "unless-stopped"


def test_the_stores_have_no_way_out_and_only_the_proxy_is_published():
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert [SERVICES[store]["networks"] for store in STORES] == [["inside"]] * 3
    assert [name for name, definition in SERVICES.items() if "ports" in definition] == ["caddy"]


def test_every_volume_is_declared_and_used():
    used = {
        volume.split(":")[0]
        for definition in SERVICES.values()
        for volume in definition.get("volumes", [])
    }
    assert used == set(COMPOSE["volumes"])


def test_every_folder_that_the_settings_write_to_is_a_volume():
    settings = (ROOT / "site/config/settings/base.py").read_text(encoding="utf-8")
    written = set(re.findall(r'VAR_DIR / "([a-z0-9.]+)"', settings))
    volumes = {volume.split(":")[1] for volume in SERVICES["web"]["volumes"]}
    kept = {folder for folder in written if f"/var/lib/aixin/{folder}" in volumes}
    # The image brings the collected static files; they are read only.
    assert written - kept == {"static"} | (EMBEDDED_FOLDERS & written)


def test_the_image_brings_each_folder_of_ours_that_becomes_a_volume():
    dockerfile = (ROOT / ".ci/Dockerfile").read_text(encoding="utf-8")
    folders = {
        volume.split(":")[1]
        for service in APPLICATION
        for volume in SERVICES[service].get("volumes", [])
    }
    assert [folder for folder in folders if folder not in dockerfile] == []


def test_the_image_ends_as_an_ordinary_user_and_copies_no_tests():
    dockerfile = (ROOT / ".ci/Dockerfile").read_text(encoding="utf-8")
    stages = dict(re.findall(r"(?ms)^FROM \S+ AS (\w+)\n(.*?)(?=^FROM |\Z)", dockerfile))
    users = {target: re.findall(r"(?m)^USER (\w+)", text) for target, text in stages.items()}
    assert users == {"build": [], "app": ["aixin"], "proxy": ["aixin"]}
    assert re.findall(r"(?m)^COPY .*tests", dockerfile) == []
    assert re.findall(r"(?m)^ENV .*(?:SECRET|API_KEY|PASSWORD)", dockerfile) == []


def test_uids_in_compose_are_those_of_the_image():
    dockerfile = (ROOT / ".ci/Dockerfile").read_text(encoding="utf-8")
    assert f"--uid {SERVICES['web']['user'].split(':')[0]} " in dockerfile
    assert f"-u {SERVICES['caddy']['user'].split(':')[0]} " in dockerfile
