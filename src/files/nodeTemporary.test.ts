import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeFileAtomically } from "./nodeFiles.ts";
import { thisProcess } from "./nodeProcess.ts";
import { removeLeftovers, temporaryName } from "./nodeTemporary.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "seq2see-temporary-"));
});
afterEach(() => rm(folder, { recursive: true }));

const { pid, start, place } = thisProcess();
const ended = spawnSync("true").pid;
const hours = (count: number): Date => new Date(Date.now() - count * 3_600_000);

async function left(name: string, time = new Date()): Promise<void> {
  await writeFile(join(folder, name), "");
  await utimes(join(folder, name), time, time);
}

test.each([
  ["of a process that has ended", `${ended}.${start}.${place}-abc`, undefined],
  ["of an earlier process of this one's number", `${pid}.0.${place}-abc`, undefined],
  ["of an earlier version's process that has ended", `${ended}-123`, undefined],
  ["of an earlier version's process, before its number was given again", `${pid}-123`, hours(0.5)],
  ["of a process that cannot be seen, untouched for long", `1.7.0000beef-abc`, hours(2)],
])("what is left %s is removed when the file is written again", async (_, end, time) => {
  const before = new Date(performance.timeOrigin - 60_000);
  await left(`state.bin.tmp-${end}`, time && new Date(Math.min(Number(time), Number(before))));
  await mkdir(join(folder, `state.bin.tmp-${ended}.${start}.${place}-folder`));
  await writeFileAtomically(join(folder, "state.bin"), []);
  expect(await readdir(folder)).toEqual(["state.bin"]);
});

test.each([
  ["what this process writes", basename(temporaryName("state.bin"))],
  ["what a process writes that cannot be seen", "state.bin.tmp-1.7.0000beef-abc"],
  ["what may still be written, of an earlier version", `state.bin.tmp-${pid}-1`],
  ["what no program names so", "state.bin.tmp-notes"],
  ["what is of another file", `other.bin.tmp-${ended}-1`],
])("%s stays", async (_, name) => {
  await left(name);
  await writeFileAtomically(join(folder, "state.bin"), []);
  expect((await readdir(folder)).sort()).toEqual([name, "state.bin"].sort());
});

test("where this process is alone, what cannot be told is left over too", async () => {
  await left("state.bin.tmp-1.7.0000beef-abc");
  await left(basename(temporaryName("state.bin")));
  await removeLeftovers(join(folder, "state.bin"), true);
  expect(await readdir(folder)).toHaveLength(1);
});
