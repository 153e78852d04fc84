import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readModel } from "./nodeModelFolder.ts";
import { modelPlace, otherPlace, packageModelNames, packageModels } from "./nodeModelPlace.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-place-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the models that come with the package are its folders with a model", () => {
  const names = packageModelNames();
  expect(names).toEqual(expect.arrayContaining(["captions", "dates", "fr-en"]));
  expect(names).toEqual([...names].sort());
  // This one holds word vectors.
  expect(names).not.toContain("vectors");
});

test.each(["dates", "dates/", "models/dates", "./models/dates/"])(
  "%s is found from any working folder",
  (name) => expect(modelPlace(name, folder)).toBe(join(packageModels, "dates")),
);

test("a folder of that name in the working folder comes first", () => {
  mkdirSync(join(folder, "fr-en"));
  expect(modelPlace("fr-en", folder)).toBe("fr-en");
  expect(modelPlace("./fr-en", folder)).toBe("./fr-en");
});

test("a folder without a model does not hide where the model of its name is", () => {
  expect(otherPlace("fr-en")).toBe(
    `give a folder that training wrote, or ${join(packageModels, "fr-en")}, which comes with seq2see`,
  );
  expect(otherPlace("my-model")).toBe("give a folder that training wrote");
});

test("an unknown name lists the models that come with the package and the nearest", async () => {
  expect(modelPlace("date", folder)).toBe("date");
  await expect(readModel("date")).rejects.toThrow(
    `date: there is no such folder; give the folder of a trained model, or one of ${packageModelNames().join(", ")}, which come with seq2see. Did you mean dates?`,
  );
});
