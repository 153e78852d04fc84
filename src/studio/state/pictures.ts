/** @file Pictures that the page translates: the examples of a model, and files of the reader's own. */

import { cutPatches, gridOf } from "../../features/patches.ts";
import { decodePng, isPng, pngSize } from "../../features/png.ts";
import { fetchFile } from "../../library/fetchFile.ts";
import { picturesOf } from "../../modelFolder/card.ts";
import type { ModelEntry } from "../../modelFolder/modelList.ts";
import type { ModelSizes } from "../../models/configuration.ts";
import type { FeatureInput } from "../../tensor/sequence.ts";
import { firstText } from "../examples/groups.ts";
import { faultWords, TranslatedError } from "../text/faults.ts";
import type { Translated } from "../text/translated.ts";
import { addressOf, readsPictures } from "./models.ts";
import { addressInMemory, ownModels } from "./ownModels.svelte.ts";

/** What is wrong with a picture, for the reader. */
export class PictureError extends TranslatedError {}

/** Larger files are no pictures of patches, and are not read at all. */
const mostBytes = 20e6;

/** The files of a model's example pictures, relative to its folder. */
export function examplePictures({ card }: ModelEntry): string[] {
  return picturesOf(card);
}

/** The address of an example picture. */
export function pictureAddress(entry: ModelEntry, file: string): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return addressInMemory(entry, file) ?? addressOf(`${entry.path}/${path}`);
}

/** What a picture is called in addresses and traces: its file without the folders. */
export function pictureName(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

/** What a page begins with: a sentence, or the name of a picture; empty if there is none. */
export function firstExample(entry: ModelEntry): string {
  if (readsPictures(entry)) return pictureName(examplePictures(entry)[0] ?? "");
  return firstText(entry);
}

/**
 * Fetches an example picture by its name; the first one if there is none of that name.
 *
 * @returns null if the model has no examples.
 */
export async function fetchPicture(
  entry: ModelEntry,
  name: string,
  sizes: ModelSizes,
): Promise<FeatureInput | null> {
  const files = examplePictures(entry);
  const file = files.find((each) => pictureName(each) === name) ?? files[0];
  if (file === undefined) return null;
  const inMemory = ownModels.filesOf(entry)?.get(file);
  if (inMemory) return readPicture(inMemory, pictureName(file), sizes);
  const fetched = await fetchFile(pictureAddress(entry, file), { cache: "no-cache" }).catch(
    (error: unknown) => {
      const reason = faultWords(error);
      throw new PictureError({
        en: `The example picture ${file} could not be loaded; choose another. (${reason.en})`,
        zh: `无法载入示例图片 ${file}；请换一张。（${reason.zh}）`,
      });
    },
  );
  return readPicture(fetched.bytes, pictureName(file), sizes);
}

/** Reads a file of the reader's own, see {@link readPicture}. */
export async function readPictureFile(
  file: Blob & { readonly name: string },
  sizes: ModelSizes,
): Promise<FeatureInput> {
  if (file.size > mostBytes) {
    throw new PictureError({
      en: `${file.name} is larger than ${mostBytes / 1e6} MB; choose a smaller picture.`,
      zh: `${file.name} 超过了 ${mostBytes / 1e6} MB；请选一张小一些的图片。`,
    });
  }
  return readPicture(new Uint8Array(await file.arrayBuffer()), file.name, sizes);
}

/**
 * Reads a PNG file and cuts it as the model does.
 *
 * @throws PictureError if it is damaged, of another format or of another size.
 */
export async function readPicture(
  bytes: Uint8Array,
  name: string,
  sizes: ModelSizes,
): Promise<FeatureInput> {
  const grid = gridOf(sizes);
  if (!grid) {
    throw new PictureError({
      en: "This model reads feature files, not pictures; choose another model.",
      zh: "这个模型读取的是特征文件，不是图片；请换一个模型。",
    });
  }
  if (!isPng(bytes)) {
    throw new PictureError({
      en: `${name} is not a PNG picture; save it as PNG and choose it again.`,
      zh: `${name} 不是 PNG 图片；请存成 PNG 再选。`,
    });
  }
  // The size comes first: a picture of another size need not be decoded.
  const { width, height } = pngSize(bytes) ?? { width: 0, height: 0 };
  const { rows, columns } = grid;
  const area = sizes.sourceFeatures / 3;
  const isCut = width % columns === 0 && height % rows === 0;
  if (!isCut || (width / columns) * (height / rows) !== area) {
    const wanted = wantedSize(area, grid);
    throw new PictureError({
      en: `${name} has ${width}×${height} pixels, but this model needs ${wanted.en}; resize it and choose it again.`,
      zh: `${name} 是 ${width}×${height} 像素，而这个模型需要${wanted.zh}的图片；请调整大小再选。`,
    });
  }
  try {
    return cutPatches(await decodePng(bytes, name), grid, name);
  } catch {
    throw new PictureError({
      en: `${name} is damaged and cannot be read; save it again as PNG.`,
      zh: `${name} 已损坏，无法读取；请重新存成 PNG。`,
    });
  }
}

/** The size of pictures with square patches; where patches cannot be square, how they are cut. */
function wantedSize(
  area: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Translated<string> {
  const side = Math.sqrt(area);
  if (Number.isInteger(side)) {
    const size = `${side * columns}×${side * rows}`;
    return { en: size, zh: ` ${size} 像素` };
  }
  return {
    en: `${rows} rows of ${columns} patches with ${area} pixels each`,
    zh: `由 ${rows} 行 ${columns} 列、每块 ${area} 像素的图像块组成`,
  };
}
