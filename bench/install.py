"""What a plain installation brings: packages and their size, from a fresh environment.

python -m bench.install
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

LOCK = Path("requirements.lock")
LARGEST = 5  # packages that are named


def main() -> None:
    direct = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = str(Path(folder, "bin", "python"))
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
        (site,) = Path(folder).glob("lib/python*/site-packages")
        there = {canonicalize_name(d.name): d for d in distributions(path=[str(site)])}
        sizes = {name: _size(there[name]) for name in sorted(set(_needed(direct, there)))}
    print(f"{len(sizes)} packages, {sum(sizes.values()) / 1e6:.0f} MB")
    for name in sorted(sizes, key=lambda name: -sizes[name])[:LARGEST]:
        print(f"{name}: {sizes[name] / 1e6:.0f} MB")


def _needed(
    direct: list[str], there: dict[NormalizedName, Distribution]
) -> Iterator[NormalizedName]:
    """The names of all that the direct requirements need: the lock has build tools besides."""
    seen: set[tuple[NormalizedName, frozenset[str]]] = set()
    ahead = [(Requirement(text), frozenset({""})) for text in direct]
    while ahead:
        requirement, extras = ahead.pop()
        name, wanted = canonicalize_name(requirement.name), frozenset({"", *requirement.extras})
        marker = requirement.marker
        applies = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras)
        if applies and (name, wanted) not in seen:
            seen.add((name, wanted))
            ahead += [(Requirement(text), wanted) for text in there[name].requires or []]
            yield name


def _size(package: Distribution) -> int:
    """Bytes of its files, byte code included."""
    paths = (Path(str(file.locate())) for file in package.files or [])
    return sum(path.stat().st_size for path in paths if path.is_file())


if __name__ == "__main__":
    main()
