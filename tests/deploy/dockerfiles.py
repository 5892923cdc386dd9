"""A Dockerfile without Docker: its steps are carried out in a folder that stands for the root of the image.

All stages share the folder, so that a virtual environment stays where it was made; what a later stage takes over from an earlier
one must be there already. Nothing is isolated: this shows that the steps do what they are for, not that an image is well.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_ABSOLUTE = re.compile(r"(?<![\w./:])/(?=(?:opt|etc|var|build)\b)")


@dataclass(slots=True, kw_only=True)
class Image:
    """What the steps made.

    Attributes:
        environment: As the image sets it, with its paths in the folder.
        words: What is not carried out but said: CMD, USER, STOPSIGNAL and so on, of the last stage.
    """

    root: Path
    environment: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    def inside(self, text: str) -> str:
        """A text whose absolute paths lead into the folder."""
        return _ABSOLUTE.sub(f"{self.root}/", text)

    def command(self, *names: str) -> list[str]:
        """The list that one or several instructions hold in JSON, one after the other."""
        return [word for name in names for word in json.loads(self.words[name].rpartition("CMD ")[2])]


def read_steps(dockerfile: Path) -> Iterator[tuple[str, str]]:
    """Instruction and argument; comments are left out and continued lines joined."""
    text = re.sub(r"(?m)^#.*\n", "", dockerfile.read_text(encoding="utf-8")).replace("\\\n", " ")
    for line in filter(None, map(str.strip, text.splitlines())):
        name, _, argument = line.partition(" ")
        yield name, argument.strip()


def build(dockerfile: Path, context: Path, root: Path) -> Image:
    """Carry out all steps.

    Raises:
        subprocess.CalledProcessError: A command failed.
        FileNotFoundError: What is to be copied is not there.
    """
    image, here = Image(root=root), root
    for name, argument in read_steps(dockerfile):
        match name:
            case "FROM":
                image.environment, image.words, here = {}, {"FROM": argument}, root
            case "WORKDIR":
                here = Path(image.inside(argument))
                here.mkdir(parents=True)
            case "ENV":
                image.environment |= dict(word.split("=", 1) for word in shlex.split(image.inside(argument)))
            case "COPY":
                _copy(image, argument, context, here)
            case "RUN":
                _run(re.sub(r"--mount=\S+", "", image.inside(argument)), here)
            case _:
                image.words[name] = argument
    return image


def _copy(image: Image, argument: str, context: Path, here: Path) -> None:
    *sources, target = [word for word in argument.split() if not word.startswith("--")]
    if "--from=" in argument:
        assert sources == [target], "stages share a folder"
        assert Path(image.inside(target)).exists(), target
        return
    place = here / image.inside(target)
    for source in sources:
        if (context / source).is_dir():
            shutil.copytree(context / source, place, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(context / source, place / source)


def _run(command: str, here: Path) -> None:
    # The base image's python stands first on its path; here it is the one that runs this.
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    # The settings of pip are the machine's own, so that it downloads from where it always does.
    pip = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or name == "HOME"}
    subprocess.run(["sh", "-euc", command], cwd=here, env={"PATH": path, **pip}, check=True)
