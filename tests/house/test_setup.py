"""The set-up script on machines that lack something: one sentence, in French then in English, and exit 1."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.house.source import ROOT, plant

TOOLS = [
    "bash",
    "sh",
    "cat",
    "cut",
    "dirname",
    "find",
    "grep",
    "id",
    "mkdir",
    "mktemp",
    "rm",
    "sha256sum",
    "sort",
]
TOOLS += ["tail", "xargs", "awk", "printf"]
PLENTY = "#!/bin/sh\nprintf 'h\\nd 1 1 90000 1 /\\n'\n"


class Machine:
    """A machine that has only the programs put on it, and a checkout of the project."""

    def __init__(self, folder: Path) -> None:
        self.programs, self.checkout = folder / "bin", folder / "mafaka d'essai"
        self.programs.mkdir()
        for name in TOOLS:
            (self.programs / name).symlink_to(shutil.which(name) or name)
        for name in ["setup.sh", "say.sh"]:
            shutil.copy(plant(self.checkout, f"tools/{name}", ""), folder)
            shutil.copy(ROOT / "tools" / name, self.checkout / "tools" / name)
        for name in ["requirements/runtime.txt", "requirements/build.txt", "pyproject.toml"]:
            plant(self.checkout, name, "")
        self.put("df", PLENTY)

    def put(self, name: str, script: str) -> None:
        path = plant(self.programs, name, script)
        path.chmod(0o755)

    def put_python(self, pip: str = "exit 0") -> None:
        """Put a Python that makes environments whose pip does as told."""
        python = f'#!/bin/sh\ncase "$*" in *pip*) {pip};; *sys.prefix*) echo "$PWD/.venv";; esac\n'
        made = 'mkdir -p .venv/bin; cp "$0.made" .venv/bin/python; echo "$PWD/.venv" >.venv/bin/activate'
        self.put("python3.made", python)
        self.put("python3", f'#!/bin/sh\ncase "$*" in "-m venv"*) {made};; esac\n')
        for name in ["cp"]:
            if not (self.programs / name).exists():
                (self.programs / name).symlink_to(shutil.which(name) or name)

    def prepare(self, what: str = "demo") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.checkout / "tools/setup.sh", what],
            env={"PATH": str(self.programs), "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )

    def refusal(self, what: str = "demo") -> str:
        """Return the last two lines of a refusal: the sentence in French and in English."""
        done = self.prepare(what)
        assert done.returncode == 1, done
        french, english = done.stderr.splitlines()[-2:]
        assert english.startswith("["), done.stderr
        assert english.endswith("]"), done.stderr
        return french


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_python(machine: Machine) -> None:
    assert machine.refusal().startswith("Python est introuvable")


def test_with_a_python_that_is_too_old(machine: Machine) -> None:
    script = '#!/bin/sh\ncase "$*" in *version_info*) exit 1;; -V) echo "Python 3.9.2";; esac\n'
    machine.put("python3", script)
    assert machine.refusal() == "Il faut Python 3.11 ou plus, et python3 est la version 3.9.2."


def test_with_a_python_that_cannot_make_environments(machine: Machine) -> None:
    machine.put("python3", '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\n')
    assert "installez le paquet Debian python3-venv" in machine.refusal()


def test_with_a_disk_that_is_almost_full(machine: Machine) -> None:
    machine.put_python()
    machine.put("df", "#!/bin/sh\nprintf 'h\\nd 1 1 90 1 /\\n'\n")
    assert machine.refusal().startswith("Il reste 90 Mo sur le disque, il en faut 1000")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "Le disque est plein"),
        (
            "Failed to establish a new connection: Temporary failure in name resolution",
            "Le réseau ne répond pas",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "Un paquet reçu n’est pas celui qui est attendu"),
        ("OSError: [Errno 13] Permission denied", "Ce dossier ne peut pas être écrit"),
        ("Something nobody foresaw", "Cette étape n’a pas réussi"),
    ],
)
def test_when_the_installation_fails(machine: Machine, words: str, sentence: str) -> None:
    machine.put_python(pip=f'echo "{words}" >&2; exit 1')
    assert machine.refusal().startswith(sentence)


def test_without_node(machine: Machine) -> None:
    machine.put_python()
    plant(machine.checkout, "frontend/package-lock.json", "{}")
    assert machine.refusal().startswith("Node.js ou npm est introuvable")


def test_with_a_node_that_is_too_old(machine: Machine) -> None:
    machine.put_python()
    plant(machine.checkout, "frontend/package-lock.json", "{}")
    machine.put("npm", "#!/bin/sh\n")
    machine.put("node", '#!/bin/sh\ncase "$1" in -e) exit 1;; *) echo v18.1.0;; esac\n')
    assert machine.refusal() == "Il faut Node.js 20 ou plus, et celui-ci est la version v18.1.0."


def test_a_second_run_installs_nothing(machine: Machine) -> None:
    machine.put_python()
    plant(machine.checkout, "frontend/package-lock.json", "{}")
    machine.put("node", "#!/bin/sh\n")
    machine.put(
        "npm",
        '#!/bin/sh\ncase "$1" in ci) mkdir node_modules;; run) mkdir -p ../mafaka/ui/static/built;; esac\n',
    )
    first, second = machine.prepare(), machine.prepare()
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    assert "Paquets Python" in first.stdout
    assert second.stdout == ""


def test_a_folder_that_was_moved_gets_a_new_environment(machine: Machine) -> None:
    machine.put_python()
    machine.prepare()
    machine.checkout = machine.checkout.rename(machine.checkout.with_name("ailleurs"))
    assert "Environnement Python" in machine.prepare().stdout


def test_the_tests_say_which_debian_packages_they_miss(machine: Machine) -> None:
    if Path("/usr/bin/chromium").exists() and list(Path("/usr/lib/postgresql").glob("*/bin/initdb")):
        assert "installez gettext (apt-get install gettext)" in machine.refusal("test")
