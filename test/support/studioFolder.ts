import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeRandomModel } from "./writtenModel.ts";

/** Writes a file and creates its folders. */
export function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** Writes a substitute for the built page; it shows nothing. */
export function writePage(folder: string): void {
  write(join(folder, "index.html"), "<!doctype html><title>stand-in</title>");
  write(join(folder, "assets/page-12345678.js"), `console.log("page");${" ".repeat(3000)}`);
  write(join(folder, "vectors/words.txt"), "king\nqueen\n");
  write(join(folder, ".secret"), "not for the page");
}

/**
 * Writes what the tests of the server serve: `page/`, `secret.txt`, and in `models/` a model with
 * attention and every file that a model can have, one without attention, one in training, and a folder
 * that is not a model.
 */
export async function writeStudioFolder(folder: string): Promise<void> {
  writePage(join(folder, "page"));
  const models = join(folder, "models");
  await writeRandomModel(join(models, "letters"));
  const plain = { attention: "none", inputFeeding: false, hidden: 8 } as const;
  await writeRandomModel(join(models, "plain model"), plain, 2);
  const letters = join(models, "letters");
  const pictures = ["examples/a.png", "../../secret.txt", "../../secret.png", 3];
  write(
    join(letters, "card.json"),
    JSON.stringify({ title: "Letters", languages: null, pictures }),
  );
  write(join(letters, "examples/a.png"), "a picture");
  write(join(letters, "examples/b.png"), "private");
  write(join(letters, "evaluation.json"), "{}");
  write(join(letters, "training/metrics.jsonl"), `{"step":1}\n`);
  write(join(letters, "training/watched.jsonl"), `{"step":1}\n`);
  write(join(letters, "training/samples.jsonl"), `{"step":1}\n`);
  write(join(letters, "training/checkpoint.safetensors"), "private");
  write(join(letters, "training/options.json"), "private");
  write(join(letters, "training/train.ids"), "private");
  write(join(models, "young/training/metrics.jsonl"), "");
  write(join(models, "other/notes.txt"), "no model");
  write(join(folder, "secret.txt"), "private");
  write(join(folder, "secret.png"), "private");
}
