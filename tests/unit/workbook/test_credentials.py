"""A passphrase that nobody is asked for: from the environment, a file or a command, and never for anybody else."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from coaching.errors import CoachingError
from coaching.workbook import credentials
from coaching.workbook.credentials import credential, hand_over, take, take_over, use
from tests.unit.locks import MAYA, PASSPHRASE

WORDS = "correct horse battery"
SAY = f"{sys.executable} -c"
posix = pytest.mark.skipif(sys.platform == "win32", reason="permissions are another matter there")


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    for name in [name for name in os.environ if name.startswith("COACHING_")]:
        monkeypatch.delenv(name)
    credentials.forget()
    yield
    credentials.forget()


@pytest.fixture
def file(tmp_path):
    """A file that holds a passphrase, and that nobody else can read."""

    def made(data=b"correct horse battery", mode=0o600):
        written = tmp_path / "passphrase"
        written.write_bytes(data)
        written.chmod(mode)
        return written

    return made


@pytest.mark.parametrize(
    ("data", "passphrase"),
    [
        (b"correct horse", "correct horse"),
        (b"correct horse\n", "correct horse"),
        (b"correct horse\r\n", "correct horse"),
        (b"correct horse\n\n", "correct horse\n"),
        (b" correct horse ", " correct horse "),
        (b"two\nlines\n", "two\nlines"),
        (b"ends with a return\r", "ends with a return\r"),
        ("für Zoë\n".encode(), "für Zoë"),
    ],
)
def test_a_file_and_a_command_give_all_they_hold_but_for_one_newline(file, data, passphrase):
    use(file(data), None)
    assert credential() == passphrase
    credentials.forget()
    use(None, f"{SAY} \"import sys; sys.stdout.buffer.write(open({str(file())!r}, 'rb').read())\"")
    file(data)
    assert credential() == passphrase


@pytest.mark.parametrize(
    ("data", "mode", "said"),
    [
        (b"", 0o600, r"The passphrase file '.*' is empty\."),
        (b"\n", 0o600, r"The passphrase file '.*' is empty\."),
        (b"\xff\xfe", 0o600, r"The passphrase file '.*' is not text in UTF-8\."),
        pytest.param(b"words", 0o640, r"Other accounts can read the passphrase file '.*': 'chmod 600' mends that\.",
                     marks=posix),
        pytest.param(b"words", 0o604, r"Other accounts can read the passphrase file '.*': 'chmod 600' mends that\.",
                     marks=posix),
    ],
)  # fmt: skip
def test_a_file_that_will_not_do_is_named(file, data, mode, said):
    use(file(data, mode), None)
    with pytest.raises(CoachingError, match=f"^{said}$"):
        credential()


def test_a_file_that_is_missing_is_named(tmp_path):
    use(tmp_path / "none", None)
    said = re.escape(f"The passphrase file '{tmp_path / 'none'}' cannot be read: No such file or directory.")
    with pytest.raises(CoachingError, match=f"^{said}$"):
        credential()


@posix
def test_what_a_shell_gives_as_a_file_is_read_too(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([sys.executable, "-c", f"open({str(pipe)!r}, 'w').write('{WORDS}')"]):
        use(pipe, None)
        assert credential() == WORDS


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f'{SAY} "raise SystemExit(7)"', "The passphrase command failed with exit code 7."),
        (f'{SAY} "pass"', "The output of the passphrase command is empty."),
        ("no-such-program-anywhere", "The passphrase command cannot be run: No such file or directory."),
        ("'never closed", "The passphrase command cannot be run: it is not written as a shell would read it."),
    ],
)
def test_a_command_that_fails_says_how_and_quotes_nothing(command, said):
    use(None, command)
    with pytest.raises(CoachingError, match=f"^{re.escape(said)}$"):
        credential()


@pytest.mark.parametrize("name", ["PASSPHRASE", "NEW_PASSPHRASE", "RECOVERY_KEY", "PAGE_PASSPHRASE"])
def test_each_secret_may_be_in_the_environment_in_a_file_or_come_from_a_command(monkeypatch, file, name):
    assert credential(name) is None
    monkeypatch.setenv(f"COACHING_{name}_FILE", str(file()))
    assert credential(name) == WORDS
    monkeypatch.delenv(f"COACHING_{name}_FILE")
    monkeypatch.setenv(f"COACHING_{name}_COMMAND", f"{SAY} \"print('{WORDS}')\"")
    assert credential(name) == WORDS
    monkeypatch.setenv(f"COACHING_{name}", "said plainly")
    assert credential(name) == "said plainly"


def test_what_contradicts_itself_is_refused(monkeypatch, file):
    with pytest.raises(CoachingError, match=r"^Choose one of --passphrase-file and --passphrase-command\.$"):
        use(file(), "true")
    monkeypatch.setenv("COACHING_PASSPHRASE_FILE", str(file()))
    monkeypatch.setenv("COACHING_PASSPHRASE_COMMAND", "true")
    said = r"^Set one of COACHING_PASSPHRASE_FILE and COACHING_PASSPHRASE_COMMAND, not both\.$"
    with pytest.raises(CoachingError, match=said):
        credential()


def test_an_option_goes_before_the_environment(monkeypatch, file):
    monkeypatch.setenv("COACHING_PASSPHRASE", "of the environment")
    monkeypatch.setenv("COACHING_PASSPHRASE_COMMAND", "false")
    use(file(), None)
    assert credential() == WORDS


def test_a_command_is_run_once_and_gets_nothing_secret_itself(monkeypatch, tmp_path):
    ran = tmp_path / "ran"
    program = f"import os; open({str(ran)!r}, 'a').write('.'); print(sorted(n for n in os.environ if 'COACHING' in n))"
    monkeypatch.setenv("COACHING_PASSPHRASE_COMMAND", f'{SAY} "{program}"')
    monkeypatch.setenv("COACHING_RECOVERY_KEY", WORDS)
    take()
    assert credential() == credential() == "[]"
    assert ran.read_text() == "."


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only Linux shows it there")
def test_what_was_taken_is_not_where_the_system_shows_the_environment(tmp_path):
    program = """
import os
from coaching.workbook.credentials import credential, take
take()
shown = open('/proc/self/environ', 'rb').read()
print(credential(), b'orrect' in shown, b'COACHING_HOME=/kept' in shown, sorted(n for n in os.environ if 'COACH' in n))
"""
    env = os.environ | {"COACHING_PASSPHRASE": WORDS, "COACHING_HOME": "/kept"}
    done = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == f"{WORDS} False True ['COACHING_HOME']\n"


def coaching(*arguments, home, **environment):
    env = os.environ | {"COACHING_HOME": str(home)} | environment
    done = subprocess.run(
        [sys.executable, "-m", "coaching", *arguments],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (["--passphrase-file", "FILE"], {}),
        (["--passphrase-command", "COMMAND"], {}),
        ([], {"COACHING_PASSPHRASE_FILE": "FILE"}),
        ([], {"COACHING_PASSPHRASE_COMMAND": "COMMAND"}),
        (["--passphrase-file=FILE"], {"COACHING_PASSPHRASE": "another one that is wrong"}),
    ],
)
def test_a_command_opens_workbooks_by_a_file_or_by_what_another_command_puts_out(shelf, file, arguments, environment):
    known = {"FILE": str(file(f"{PASSPHRASE}\n".encode())), "COMMAND": f"{SAY} \"print('{PASSPHRASE}')\""}
    arguments = [re.sub("FILE|COMMAND", lambda name: known[name[0]], argument) for argument in arguments]
    environment = {name: known.get(value, value) for name, value in environment.items()}
    code, out, _ = coaching("list", *arguments, home=shelf.home, **environment)
    assert code == 0
    assert MAYA in out


@pytest.mark.thorough
def test_a_command_that_gets_no_passphrase_says_so_before_it_does_anything(tmp_path):
    for command in (["new", "Ada"], ["check"], ["lab", "--no-browser"]):
        done = coaching(*command, "--passphrase-file", str(tmp_path / "none"), home=tmp_path / "home")
        said = f"The passphrase file '{tmp_path / 'none'}' cannot be read: No such file or directory.\n"
        assert done == (1, "", said)
        assert not (tmp_path / "home").exists()


@pytest.fixture
def left(monkeypatch, tmp_path):
    """What a lab with a passphrase leaves to its kernels: a file, and where it is."""
    monkeypatch.setenv("COACHING_PASSPHRASE", WORDS)
    take()
    environment = hand_over(tmp_path)
    credentials.forget()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return tmp_path / "passphrase"


@posix
def test_what_is_left_to_the_kernels_is_for_this_account_alone(left):
    assert left.read_text() == WORDS
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    assert [name for name, value in os.environ.items() if WORDS in value] == []


@pytest.mark.thorough
def test_the_first_kernel_takes_it_and_the_others_have_none(left, tmp_path):
    program = "from coaching.workbook.credentials import take_over; print(take_over())"
    kernels = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) for _kernel in range(4)
    ]
    assert sorted(kernel.communicate()[0] for kernel in kernels) == ["None\n"] * 3 + [f"{WORDS}\n"]
    assert list(tmp_path.iterdir()) == []


def test_a_kernel_of_another_server_takes_what_its_environment_says(monkeypatch):
    monkeypatch.setenv("COACHING_PASSPHRASE", WORDS)
    assert take_over() == WORDS
    assert "COACHING_PASSPHRASE" not in os.environ
    assert take_over() is None


def test_a_lab_without_a_passphrase_leaves_nothing(tmp_path):
    assert hand_over(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []
