"""The declarations, as the TypeScript compiler sees them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from breakthrough_extract import Extraction
from breakthrough_extract.export import export
from breakthrough_extract.export.typescript import declarations
from tests.support import paths

TSC = paths.ROOT / ".node" / "node_modules" / ".bin" / "tsc"
USE = """\
import type { Model } from "./a.model";
import type { Ledger } from "./a.ledger";
declare const model: Model;
declare const ledger: Ledger;
const texts: string[] = model.themes.flatMap((theme) =>
  theme.stages.flatMap((cell) => cell.indicators.map((indicator) => indicator.text)));
const complaint: string | null = model.themes[0].complaint;
const box: readonly [number, number, number, number] | null | undefined =
  ledger.fields[0].spans[0].box;
// @ts-expect-error: there is no such field
model.themes[0].colour;
// @ts-expect-error: nothing may be written
model.title = "x";
// @ts-expect-error: a headline may be missing
const headline: string = model.themes[0].stages[0].headline;
"""


def tsc() -> str:
    found = str(TSC) if TSC.exists() else shutil.which("tsc")
    if not found:
        assert not os.environ.get("CI"), "make test installs the compiler in CI; it is not there"
        pytest.skip("no TypeScript compiler; `make typescript` installs one in .node/")
    return found


def test_the_declarations_compile_and_say_what_a_model_has(
    seed: Extraction, tmp_path: Path
) -> None:
    compiler = tsc()
    for name, data in export(seed.model, None, "typescript", "a").items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "use.ts").write_text(USE, "utf-8")
    run = subprocess.run(
        [compiler, "--noEmit", "--strict", "--target", "es2022", "--module", "preserve", "use.ts"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_each_kind_of_schema_has_its_declaration() -> None:
    schema = {
        "title": "Thing",
        "description": "A thing.\n\nOf two lines */.",
        "type": "object",
        "required": ["name", "two words"],
        "properties": {
            "name": {"type": "string", "description": "Its name."},
            "two words": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "kinds": {"type": "array", "items": {"$ref": "#/$defs/Kind"}},
            "pair": {
                "type": "array",
                "prefixItems": [{"type": "number"}, {"type": "boolean"}],
            },
            "either": {
                "type": "array",
                "items": {"anyOf": [{"type": "string"}, {"type": "null"}]},
            },
            "one": {"const": "only"},
        },
        "$defs": {"Kind": {"type": "string", "enum": ["a", "b"]}},
    }
    assert declarations(schema) == (
        "// Generated from the JSON Schema.\n\n"
        'export type Kind = "a" | "b";\n\n'
        "/**\n * A thing.\n *\n * Of two lines * /.\n */\n"
        "export interface Thing {\n"
        "  /** Its name. */\n"
        "  readonly name: string;\n"
        '  readonly "two words": number | null;\n'
        "  readonly kinds?: readonly Kind[];\n"
        "  readonly pair?: readonly [number, boolean];\n"
        "  readonly either?: readonly (string | null)[];\n"
        '  readonly one?: "only";\n'
        "}\n"
    )


def test_a_schema_without_counterpart_is_refused() -> None:
    with pytest.raises(ValueError, match="no TypeScript for"):
        declarations({"title": "Thing", "type": "array", "items": {"allOf": []}})
