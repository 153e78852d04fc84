import { bytesInMemory, joinedBytes, sinkInMemory } from "../../files/randomAccess.ts";
import { UserError } from "../../tensor/errors.ts";
import type { RunStorage } from "../storage/runStorage.ts";

/** Milliseconds after which the page may handle events: a running step blocks it. */
const turnEvery = 100;

/** The files of a run in memory, by path; saved in a folder, they are a run on a disk. */
export class MemoryStorage implements RunStorage {
  readonly name = "the run in memory";
  readonly files: Map<string, Uint8Array<ArrayBuffer>>;
  private lastTurn = performance.now();

  /** @param files the files of a run to resume; none for a new run. */
  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array<ArrayBuffer>]> = []) {
    this.files = new Map(files);
  }

  pathOf(file: string): string {
    return file;
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  async read(file: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.bytesOf(file).slice();
  }

  open(file: string): ReturnType<typeof bytesInMemory> {
    return bytesInMemory(file, this.bytesOf(file));
  }

  async write(file: string, chunks: Iterable<Uint8Array>): Promise<void> {
    this.files.set(file, joinedBytes([...chunks]));
  }

  async create(file: string): Promise<ReturnType<typeof sinkInMemory>> {
    return sinkInMemory((bytes) => this.files.set(file, bytes));
  }

  async remove(path: string): Promise<void> {
    for (const file of this.files.keys()) {
      if (file === path || file.startsWith(`${path}/`)) this.files.delete(file);
    }
  }

  async list(folder: string): Promise<string[]> {
    const inside = [...this.files.keys()].filter((file) => file.startsWith(`${folder}/`));
    return [
      ...new Set(inside.map((file) => file.slice(folder.length + 1).split("/")[0] as string)),
    ];
  }

  async touch(): Promise<void> {
    if (performance.now() - this.lastTurn < turnEvery) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.lastTurn = performance.now();
  }

  private bytesOf(file: string): Uint8Array<ArrayBuffer> {
    const bytes = this.files.get(file);
    if (bytes) return bytes;
    throw new UserError(`${file}: it is not among the files of the run; train again.`);
  }
}
