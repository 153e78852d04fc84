/** The notebook of `docs/trace.md`, run with Python and NumPy as a reader would. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shellBlocks } from "../scripts/documentation/commands.ts";
import { root } from "./support/studioPage.ts";

/** A Python with NumPy; null if there is none. Debian's is asked first. */
const python = ["/usr/bin/python3", "python3"].find(
  (program) => spawnSync(program, ["-c", "import numpy"]).status === 0,
);

const folder = mkdtempSync(join(tmpdir(), "seq2see-notebook-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = readFileSync(join(root, "docs/trace.md"), "utf8");
const [section = ""] = /^## In a notebook$[\s\S]*?(?=^## )/m.exec(page) ?? [];
const [, notebook = ""] = /^```python\n([\s\S]*?)^```$/m.exec(section) ?? [];

const program = join(root, "dist/cli/main.js");

beforeAll(() => {
  writeFileSync(join(folder, "test.fr"), "un homme dort .\ndeux chiens courent dans l' herbe .\n");
  writeFileSync(join(folder, "test.tsv"), "un homme dort .\ta man sleeps .\n");
  for (const command of shellBlocks(section, "docs/trace.md").flatMap((block) => block.commands)) {
    const run = command.replace(/^seq2see /, `'${process.execPath}' '${program}' `);
    execFileSync("bash", ["-c", run], { cwd: folder, stdio: "pipe" });
  }
});

function inPython(code: string): string {
  return execFileSync(python as string, ["-c", code], { cwd: folder, encoding: "utf8" });
}

const missing = python === undefined ? ": skipped, install Debian's python3-numpy" : "";

test.skipIf(python === undefined)(`NumPy reads traces and tables${missing}`, () => {
  const printed = inPython(notebook);
  expect(printed).toContain("['▁un' '▁homme' '▁dort' '▁.'] [");
  const lines = readFileSync(join(root, "models/fr-en/training/metrics.jsonl"), "utf8").trim();
  const steps = lines.split("\n").map((line) => `${JSON.parse(line).step}\\.`);
  expect(printed).toMatch(new RegExp(`\\[ *${steps.join("\\s+")}\\]`));
});

test.skipIf(python === undefined)(
  `the arrays are those of the JSON, which has 7 digits${missing}`,
  () => {
    const [command = ""] = shellBlocks(section, "docs/trace.md").flatMap((block) => block.commands);
    const json = command.replace("--trace traces --trace-format npz", "--trace traces.jsonl");
    const run = json.replace(/^seq2see /, `'${process.execPath}' '${program}' `);
    execFileSync("bash", ["-c", run], { cwd: folder, stdio: "pipe" });
    const compared = inPython(`
import json, numpy as np
for number, line in enumerate(open("traces.jsonl", encoding="utf-8")):
    read, written = np.load(f"traces/{number:06}.npz"), json.loads(line)
    tensors = {name: [tensor] for name, tensor in written["encoder"]["tensors"].items()}
    for step in written["steps"]:
        for name, tensor in step["tensors"].items():
            tensors.setdefault(name, []).append(tensor)
    for name, each in tensors.items():
        whole = np.concatenate([np.array(tensor["data"]) for tensor in each])
        array = read[name]
        assert array.dtype == np.float32 and list(array.shape[-len(each[0]["shape"]):]) == each[0]["shape"], name
        assert np.allclose(array.ravel(), whole, rtol=5.1e-7, atol=0), name
    assert list(read["source_tokens"]) == written["source"]["tokens"]
    assert list(read["output_ids"]) == [step["outputId"] for step in written["steps"]]
    assert json.loads(str(read["trace"]))["source"] == written["source"]
    print(number, len(tensors))
`);
    expect(compared).toMatch(/^0 \d\d\n1 \d\d\n$/);
  },
);
