# SPDX-License-Identifier: Apache-2.0
"""A virtual environment of a benchmark's own, in which the benchmark runs again."""
import os
import subprocess
import sys

RUN = "SUPPLE_BENCHMARK_ENVIRONMENT"  # set once a script runs where its packages are


def entered():
    """Whether this is the second start, with the packages."""
    return RUN in os.environ


def fail(script, message):
    """Ends a script for something that is missing."""
    print(f"{script}: {message}", file=sys.stderr)
    sys.exit(2)


def enter(script, venv, installs, settings):
    """Runs this script again with the Python of a virtual environment, made first if it is not there.

    installs: arguments of pip, one list for each call; settings: more environment variables.
    """
    python = venv / "bin" / "python"
    if not python.exists():
        print(f"{script}: making {venv}, once; several GB", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        for packages in installs:
            if not pip(python, packages):
                fail(script, "pip could not install the peers; is there a network? Remove the folder and try again")
    environment = {**os.environ, **settings, RUN: "1", "OMP_NUM_THREADS": "1"}
    sys.exit(subprocess.run([str(python), *sys.argv], env=environment).returncode)


def pip(python, packages):
    """Whether pip installed the packages."""
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
    return subprocess.run(command).returncode == 0
