"""The layers of the design hold, and the check itself would notice a module that belongs nowhere."""

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "coaching").rglob("*.py"))
#: The modules that know which operating system it is.
OPERATING_SYSTEM = {ROOT / "coaching/store/disk" / f"{name}.py" for name in ("elsewhere", "files", "locks", "names")}


def lint_imports(folder):
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_contract_holds():
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout


def test_a_stray_module_fails_the_check(tmp_path):
    package = tmp_path / "coaching"
    package.mkdir()
    for module in MODULES:
        copy = package / module.relative_to(ROOT / "coaching")
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(module.read_text())
    (package / "stray.py").write_text("")
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    done = lint_imports(tmp_path)
    assert done.returncode != 0
    assert "stray" in done.stdout


def used_in(module):
    """Return the names with a dot that a module has, as written."""
    return {ast.unparse(node) for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Attribute)}


def test_only_the_edge_reads_the_clock_and_the_environment():
    edge = {"environment.py", "credentials.py", "lab.py"}
    reading = {
        "os.environ",
        "os.getenv",
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "time.time",
        "Path.home",
    }
    found = {module.relative_to(ROOT): used_in(module) & reading for module in MODULES if module.name not in edge}
    assert {module: names for module, names in found.items() if names} == {}


def methods_called_in(module):
    """Return the names of methods that a module calls, with " to" where there is one argument and nothing else."""
    calls = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    return {
        call.func.attr if len(call.args) != 1 or call.keywords else f"{call.func.attr} to"
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) != "disk"
    }


def test_one_package_alone_renames_and_removes_files():
    """Ruff sees who calls `os`; this sees who calls a path, which waits for nobody on Windows."""
    changing = {
        "chmod to",
        "hardlink_to to",
        "rename to",
        "replace to",
        "symlink_to to",
        "write_bytes to",
        "write_text to",
        "rmdir",
        "touch",
        "unlink",
    }
    others = [module for module in MODULES if module not in OPERATING_SYSTEM]
    found = {module.relative_to(ROOT): methods_called_in(module) & changing for module in others}
    assert {module: names for module, names in found.items() if names} == {}
