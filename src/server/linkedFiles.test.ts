import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { write, writeStudioFolder } from "../../test/support/studioFolder.ts";
import { writeRandomModel } from "../../test/support/writtenModel.ts";
import { createServer } from "./app.ts";
import { exportStudio } from "./exportStudio.ts";
import { ModelCatalog } from "./modelCatalog.ts";

const folder = mkdtempSync(join(tmpdir(), "seq2see-links-"));
const models = join(folder, "models");
const linked = join(models, "linked");
const page = join(folder, "page");
const logged: string[] = [];
let app: FastifyInstance;

const link = (path: string, target: string): void => {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(target, path);
};

beforeAll(async () => {
  await writeStudioFolder(folder);
  await writeRandomModel(linked);
  write(join(folder, "outside/card.json"), JSON.stringify({ title: "private title" }));
  write(join(folder, "outside/metrics.jsonl"), "private");
  app = await createServer({
    catalog: new ModelCatalog({ parents: [models] }),
    page,
    host: "127.0.0.1",
    version: "1.2.3",
    threads: 1,
    log: (text) => logged.push(text),
  });
});

afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const exported = () =>
  exportStudio(join(folder, "out/site"), {
    catalog: new ModelCatalog({ models: [linked] }),
    page,
    version: "1.2.3",
  });

test.each<[name: string, file: string, target: string]>([
  ["a file", "card.json", join(folder, "outside/card.json")],
  ["a file, by a way of its own", "evaluation.json", "../../outside/card.json"],
  ["a folder", "training", join(folder, "outside")],
  ["another model's file", "card.json", "../letters/card.json"],
  ["a file of the system", "evaluation.json", "/etc/hostname"],
])("a link out of the model's folder is not followed: %s", async (_, file, target) => {
  link(join(linked, file), target);
  logged.length = 0;
  const asked = file === "training" ? "training/metrics.jsonl" : file;
  const answer = await app.inject(`/models/linked/${asked}`);
  expect([answer.statusCode, Object.keys(answer.json())]).toEqual([404, ["error"]]);
  expect(logged).toEqual([
    `models/linked/${asked} is a link that leads out of the model's folder; it is not served.`,
  ]);
  const list = await app.inject("/models.json");
  expect(list.body).not.toContain("private title");
  const entry = (await new ModelCatalog({ models: [linked] }).list()).models[0];
  expect(entry).toMatchObject({ hasTraining: false, hasMetrics: false, hasEvaluation: false });
  expect(entry).not.toHaveProperty("card");
  await expect(exported()).rejects.toThrow(
    /linked\/[\w./]+: this is a link that leads out of the model's folder, and is not exported; put/,
  );
  rmSync(join(linked, file));
});

test("a picture of the card that leads out is not served", async () => {
  write(join(linked, "card.json"), JSON.stringify({ pictures: ["examples/a.png"] }));
  link(join(linked, "examples/a.png"), join(folder, "secret.png"));
  expect((await app.inject("/models/linked/examples/a.png")).statusCode).toBe(404);
  await expect(exported()).rejects.toThrow("examples/a.png: this is a link");
  rmSync(join(linked, "examples"), { recursive: true });
  rmSync(join(linked, "card.json"));
});

test("a model whose weights lie elsewhere is not ready", async () => {
  const path = join(models, "borrowed");
  await writeRandomModel(path);
  link(join(path, "model.safetensors"), join(linked, "model.safetensors"));
  const { entry } = (await new ModelCatalog({ models: [path] }).all())[0] ?? {};
  expect(entry?.sizes).toBeNull();
  rmSync(path, { recursive: true });
});

test("links within the folder are followed, and a folder may be a link itself", async () => {
  write(join(linked, "shown/.card"), JSON.stringify({ title: "within" }));
  link(join(linked, "card.json"), "shown/.card");
  link(join(models, "alias"), linked);
  for (const name of ["linked", "alias"]) {
    const answer = await app.inject(`/models/${name}/card.json`);
    expect([answer.statusCode, answer.json()]).toEqual([200, { title: "within" }]);
    expect(answer.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect((await app.inject(`/models/${name}/model.safetensors`)).statusCode).toBe(200);
  }
  expect((await exported()).files).toBeGreaterThan(0);
  rmSync(join(models, "alias"));
});

test("a link to nothing, or to itself, is a file that is not there", async () => {
  logged.length = 0;
  for (const target of ["nothing.json", "evaluation.json"]) {
    link(join(linked, "evaluation.json"), target);
    expect((await app.inject("/models/linked/evaluation.json")).statusCode).toBe(404);
  }
  rmSync(join(linked, "evaluation.json"));
  expect(logged).toEqual([]);
});
