import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTensors } from "../../test/support/tensorFiles.ts";
import { Random } from "../tensor/random.ts";

let folder: string;
let program: string;

// The child is plain JavaScript, as Node 20 runs no TypeScript.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-kill-"));
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: join(import.meta.dirname, "../../test/support/tensorFiles.ts"),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: "tensorFiles.mjs" } },
    },
  });
  program = join(folder, "writer.mjs");
  await writeFile(
    program,
    `import { writeTensors } from "./tensorFiles.mjs";
     const [path, size, rounds] = process.argv.slice(2);
     for (let step = Number(process.env.FIRST_STEP ?? 0), end = step + Number(rounds); step < end; step++) {
       const data = new Float32Array(Number(size)).fill(step);
       try {
         await writeTensors(path, new Map([["weight", { dtype: "float32", shape: [data.length], data }]]),
           new Map([["step", String(step)]]));
       } catch (error) {
         console.log(error.name + ": " + error.message);
         process.exit(3);
       }
       console.log(step);
     }`,
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function firstOutput(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error("the child has no output");
  await once(child.stdout, "data");
}

test("whenever a writer is killed, the file is a whole one, of the last step or one in flight", async () => {
  const path = join(folder, "checkpoints", "state.safetensors");
  const random = new Random(11);
  let nextStep = 0;
  for (let round = 0; round < 40; round++) {
    const child = spawn(process.execPath, [program, path, "2000000", "100000"], {
      env: { ...process.env, FIRST_STEP: String(nextStep) },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (text) => {
      output += text;
    });
    await firstOutput(child);
    await setTimeout(random.uniform() * 120);
    child.kill("SIGKILL");
    await once(child, "close");

    const reported = Number(output.trim().split("\n").at(-1));
    const { tensors, metadata } = await readTensors(path);
    const step = Number(metadata.get("step"));
    expect([reported, reported + 1]).toContain(step);
    expect(tensors.get("weight")?.data.every((value) => value === step)).toBe(true);
    const leftovers = (await readdir(join(folder, "checkpoints"))).length - 1;
    expect(leftovers).toBeLessThanOrEqual(1);
    nextStep = step + 1;
  }
});

const canMount =
  process.platform === "linux" &&
  spawnSync("unshare", ["--user", "--map-root-user", "--mount", "true"]).status === 0;

test.skipIf(!canMount)("on a full disk the old file stays, and the message says so", () => {
  const script = `
    mkdir disk && mount -t tmpfs -o size=6m tmpfs disk || exit 9
    "$0" writer.mjs disk/state.safetensors 1000000 1 || exit 8
    cp disk/state.safetensors before
    "$0" writer.mjs disk/state.safetensors 1000000 1
    test $? = 3 && cmp before disk/state.safetensors && ls disk`;
  const output = execFileSync(
    "unshare",
    ["--user", "--map-root-user", "--mount", "sh", "-c", script, process.execPath],
    { cwd: folder, encoding: "utf8" },
  );
  expect(output).toBe(
    "0\nUserError: disk/state.safetensors could not be written: the disk is full; free some space and try again.\nstate.safetensors\n",
  );
});
