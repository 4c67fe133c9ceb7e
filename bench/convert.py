"""One converter on files, in the bench's own venv: processor time as JSON on the last line.

python bench/convert.py TOOL RUNS FILE…
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module

Converter = Callable[[str], object]


def pymupdf4llm() -> Converter:
    module = import_module("pymupdf4llm")
    return lambda path: module.to_markdown(path, show_progress=False)


def markitdown() -> Converter:
    engine = import_module("markitdown").MarkItDown()
    return lambda path: engine.convert(path).text_content


def kreuzberg() -> Converter:
    module = import_module("kreuzberg")
    config = module.ExtractionConfig(output_format="markdown", use_cache=False)
    return lambda path: module.extract_file_sync(path, config=config).content


def unstructured() -> Converter:
    partition = import_module("unstructured.partition.auto").partition
    return lambda path: partition(path, strategy="fast")


TOOLS = {
    "pymupdf4llm": pymupdf4llm,
    "markitdown": markitdown,
    "kreuzberg": kreuzberg,
    "unstructured": unstructured,
}


def main(tool: str, runs: int, paths: list[str]) -> None:
    convert = TOOLS[tool]()
    convert(paths[0])
    found: dict[str, list[float]] = {path: [] for path in paths}
    for _ in range(runs):
        for path in paths:
            start = time.process_time()
            try:
                convert(path)
            except ImportError as error:  # some kinds of files need more than the tool alone
                print(f"{tool}: {path}: {error}", file=sys.stderr)
                continue
            found[path].append((time.process_time() - start) * 1e3)
    print()
    print(json.dumps({path: times for path, times in found.items() if times}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
