# The commands of whoever changes the code; `just` lists them. CONTRIBUTING.md says what else there is to know.

_list:
    @just --list --unsorted

# Run the everyday tests, or those of a path
test *arguments:
    pytest {{arguments}}

# Run all tests but the soak
test-all *arguments:
    pytest -m "not soak" {{arguments}}

# Try for hours what goes wrong once in a thousand times
soak *arguments:
    .ci/soak {{arguments}}

# Run the tests that drive a real browser
browser *arguments:
    pytest -m browser {{arguments}}

# Run ruff, mypy for three systems, and the import contracts
lint:
    ruff check .
    ruff format --check .
    mypy
    mypy --platform win32
    mypy --platform darwin
    lint-imports

# Lint, type-check and test the JavaScript
check-js:
    npm run check

# Format the code, and mend what ruff can mend
format:
    ruff check --fix .
    ruff format .

# Run the benchmarks; let nothing else run meanwhile
bench *arguments:
    pytest -o addopts=--import-mode=importlib tests/benchmarks {{arguments}}

# Bundle the JavaScript anew
bundle:
    npm run build

# Bring the catalogues of translated sentences up to date
translate:
    python -m tests.catalogue

# Write the site of the documentation to site/; a link that leads nowhere fails
docs:
    sphinx-build -W -c docs . site

# Write down the versions that are installed here, once all tests have passed with them
constraints:
    { sed '/^#/!d' constraints.txt; pip freeze --exclude-editable; } > constraints.new
    mv constraints.new constraints.txt

# Take the pictures of README and docs anew
pictures:
    python -m tests.browser.pictures
