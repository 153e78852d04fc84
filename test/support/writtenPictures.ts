import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderStorage } from "../../src/training/node/folderStorage.ts";
import { writeModel, writeTokenizers } from "../../src/training/storage/model.ts";
import { pngFile } from "./featureFiles.ts";
import { pictureModel } from "./pictureModel.ts";

/** The size of pictures for the model of {@link writePictureModel}. */
const [width, height] = [12, 4];

/** A picture of that size with opacity; each number gives a different one. */
export function pictureFile(number: number): Uint8Array<ArrayBuffer> {
  const pixels = Uint8Array.from(
    { length: width * height * 4 },
    (_, at) => (at * 41 * number) % 256,
  );
  return pngFile(width, height, pixels, 4);
}

/** The example pictures of the model, by their names in its folder. */
export const writtenPictures = ["examples/one.png", "examples/two.png"] as const;

/**
 * Writes the folder of a model that reads pictures, with random weights, and a card with two pictures.
 *
 * @param preset - default: one without an encoder
 */
export async function writePictureModel(folder: string, preset = "xu2015"): Promise<void> {
  const { model } = await pictureModel(preset, { hidden: 16, embedding: 8, attentionHidden: 12 });
  const { sizes, weights, sourceTokenizer, targetTokenizer } = model;
  mkdirSync(join(folder, "examples"), { recursive: true });
  const [source, target] = [sourceTokenizer, targetTokenizer];
  const storage = folderStorage(folder);
  await writeTokenizers(storage, { source, target });
  await writeModel(storage, { sizes, weights, source, target, summary: null });
  writtenPictures.forEach((file, index) => {
    writeFileSync(join(folder, file), pictureFile(index + 1));
  });
  const card = { title: "Pictures", languages: null, pictures: writtenPictures };
  writeFileSync(join(folder, "card.json"), JSON.stringify(card));
  await model.release();
}
