/** @file Models that only this page has, in memory: from the lab, and from folders that the reader hands over. */

import type { ModelEntry } from "../../modelFolder/modelList.ts";

/** The files of a model's folder, by path. */
export type ModelFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

/** A run of the lab that a model comes from. */
export interface LabOrigin {
  /** The run, to tell whether two models are of the same one. */
  readonly run: object;
  /** The address of the lab that shows it, "#" included. */
  readonly address: string;
  /** The step of the model. */
  readonly step: number;
  /** Where the run is now, as state. */
  now(): { readonly step: number; readonly isRunning: boolean; readonly isEnded: boolean };
  /** Takes the model as it is now. Throws an error for `faultWords`. */
  refresh(): Promise<OwnModel>;
}

/** A model in memory. */
export interface OwnModel {
  readonly entry: ModelEntry;
  readonly files: ModelFiles;
  /** Null of one that was handed over as a folder. */
  readonly origin: LabOrigin | null;
}

/** What the names of these models begin with: an address with such a name cannot be opened again. */
const mark = "here:";

/** The names of the models that such an address means, as readers know them; null of any other. */
export function titleInName(name: string): string | null {
  return name.startsWith(mark) ? name.slice(mark.length) : null;
}

/** How many are kept whose place another one of the same run has taken: something may still be shown of them. */
const mostReplaced = 3;

class OwnModels {
  /** Those that can be chosen, the newest last. */
  list: readonly OwnModel[] = $state.raw([]);
  private count = 0;
  /** All whose files are here, by the paths of their entries. */
  private readonly known = new Map<string, OwnModel>();
  private replaced: readonly string[] = [];

  /**
   * Adds a model. One of the same run of the lab, or of the same folder, gives it its place.
   *
   * @param describe makes its entry; the name is to be found again in addresses, the path is its own.
   */
  add(
    title: string,
    describe: (name: string, path: string) => ModelEntry,
    { files, origin }: Omit<OwnModel, "entry">,
  ): OwnModel {
    const name = `${mark}${title}`;
    const model = { entry: describe(name, `${mark}${++this.count}`), files, origin };
    const isReplaced = (other: OwnModel): boolean =>
      other.entry.name === name || (origin !== null && other.origin?.run === origin.run);
    this.replaced = [
      ...this.replaced,
      ...this.list.filter(isReplaced).map(({ entry }) => entry.path),
    ];
    this.list = [...this.list.filter((other) => !isReplaced(other)), model];
    this.known.set(model.entry.path, model);
    for (const path of this.replaced.slice(0, -mostReplaced)) this.known.delete(path);
    this.replaced = this.replaced.slice(-mostReplaced);
    return model;
  }

  /** The files of a model that is in memory; undefined of any other. */
  filesOf({ path }: ModelEntry): ModelFiles | undefined {
    return this.known.get(path)?.files;
  }

  /** The model of an entry; undefined if it is none in memory. */
  of(entry: ModelEntry | null): OwnModel | undefined {
    return entry ? this.known.get(entry.path) : undefined;
  }

  /** Whether the files of a path are here no more. */
  isGone(path: string): boolean {
    return path.startsWith(mark) && !this.known.has(path);
  }
}

export const ownModels = new OwnModels();

const addresses = new Map<string, string>();

/** The address of a picture of a model in memory, for the page that has it; null if there is none. */
export function addressInMemory(entry: ModelEntry, file: string): string | null {
  const bytes = ownModels.filesOf(entry)?.get(file);
  if (!bytes) return null;
  const key = `${entry.path}/${file}`;
  const known = addresses.get(key);
  if (known !== undefined) return known;
  const made = URL.createObjectURL(new Blob([bytes], { type: "image/png" }));
  addresses.set(key, made);
  return made;
}
