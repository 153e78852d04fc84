import {
  cpSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { UserError } from "../tensor/errors.ts";
import { modelFiles, tokenizerFiles } from "./modelFolder.ts";
import { modelStamp, readModel } from "./nodeModelFolder.ts";
import { packageModelNames } from "./nodeModelPlace.ts";

const models = join(import.meta.dirname, "../../models");
const files = [...Object.values(modelFiles), ...Object.values(tokenizerFiles)];
const folder = mkdtempSync(join(tmpdir(), "seq2see-models-"));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  await writeRandomModel(at("one"), {}, 1, { source: "abcd" });
  await writeRandomModel(at("other"), {}, 2, { source: "efgh" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a model that was written before sources could be features is read as one of tokens", async () => {
  const path = at("early");
  cpSync(at("one"), path, { recursive: true });
  const file = join(path, modelFiles.config);
  const { model, ...others } = JSON.parse(readFileSync(file, "utf8"));
  for (const later of [
    ...["sourceInput", "sourceFeatures", "patchRows", "patchColumns", "encoder"],
    ...["encoderLayers", "readout", "attentionScope"],
  ]) {
    expect(model, later).toHaveProperty(later);
    delete model[later];
  }
  writeFileSync(file, JSON.stringify({ ...others, model }));
  const [early, one] = [await readModel(path), await readModel(at("one"))];
  expect(early.sizes).toEqual(one.sizes);
  expect(early.sizes).toMatchObject({ sourceInput: "tokens", encoder: "recurrent" });
});

test.each(packageModelNames())(
  "%s has checksums of its files, and the size that its card tells",
  async (name) => {
    const told: string[] = [];
    const options = { onNotice: (sentence: string) => told.push(sentence) };
    expect((await readModel(join(models, name), options)).hasChecksums).toBe(true);
    expect(told).toEqual([]);
    const card = JSON.parse(readFileSync(join(models, name, "card.json"), "utf8"));
    const weights = readFileSync(join(models, name, modelFiles.weights));
    expect(card.weights.bytes).toBe(weights.length);
  },
);

describe("a folder that is being replaced", () => {
  test.each(files)("is waited for when %s comes last", async (last) => {
    const path = at(`slow-${last}`);
    cpSync(at("one"), path, { recursive: true });
    for (const file of files) if (file !== last) cpSync(join(at("other"), file), join(path, file));
    const reading = readModel(path);
    await setTimeout(20);
    cpSync(join(at("other"), last), join(path, last));
    const [found, other] = [await reading, await readModel(at("other"))];
    expect(found.weights).toEqual(other.weights);
    expect(found.source.toJson()).toEqual(other.source.toJson());
  });

  test("is named by the file that does not belong to it, if nothing more comes", async () => {
    cpSync(at("one"), at("mixed"), { recursive: true });
    const file = join(at("mixed"), tokenizerFiles.source);
    cpSync(join(at("other"), tokenizerFiles.source), file);
    await expect(readModel(at("mixed"))).rejects.toThrow(
      new UserError(
        `${file} belongs to another model than ${join(at("mixed"), modelFiles.weights)}, or was changed; copy the whole folder again.`,
      ),
    );
  });
});

test("the stamp of a model tells of a change in any of its files", async () => {
  cpSync(at("one"), at("stamped"), { recursive: true });
  const seen = new Set([(await modelStamp(at("stamped"))).text]);
  for (const [index, file] of files.entries()) {
    const path = join(at("stamped"), file);
    // The same bytes, and the time of a moment long ago, as programs that copy set it.
    writeFileSync(path, readFileSync(path));
    utimesSync(path, 1000, 1000);
    seen.add((await modelStamp(at("stamped"))).text);
    expect(seen.size).toBe(index + 2);
  }
  expect((await modelStamp(at("nowhere"))).changed).toBe(-Infinity);
});

describe("links that lead in a circle", () => {
  const circle = (name: string): string => {
    symlinkSync(basename(name), at(name));
    return at(name);
  };
  test("are named in the place of a folder, of its configuration and of its weights", async () => {
    const folderPath = circle("loop");
    await expect(readModel(folderPath)).rejects.toThrow(
      `${folderPath} could not be read: its symbolic links form a cycle; create them again.`,
    );
    for (const file of files) {
      cpSync(at("one"), at(`circle-${file}`), { recursive: true });
      rmSync(join(at(`circle-${file}`), file));
      const path = circle(join(`circle-${file}`, file));
      await expect(readModel(at(`circle-${file}`))).rejects.toThrow(
        `${path} could not be read: its symbolic links form a cycle; create them again.`,
      );
    }
  });
});

test("a name that is too long is named so", async () => {
  const long = at("x".repeat(300));
  await expect(readModel(long)).rejects.toThrow(
    `${long} could not be read: its name is longer than the system allows; check the path.`,
  );
});
