import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readWholeFile, writeFileAtomically } from "../../files/nodeFiles.ts";
import { OutputFile } from "../../files/nodeOutputFile.ts";
import { openBytes } from "../../files/nodeRandomAccess.ts";
import type { RunStorage } from "../storage/runStorage.ts";

/** Checks that a folder still belongs to a run: its lock. */
export interface FolderGuard {
  /** Throws if the folder no longer belongs to the run. */
  check(): void;
  touch(): void;
}

const noGuard: FolderGuard = { check: () => {}, touch: () => {} };

/**
 * The files of a run in a folder.
 *
 * @param guard checked before each write, if given.
 */
export function folderStorage(out: string, guard: FolderGuard = noGuard): RunStorage {
  const at = (file: string): string => join(out, file);
  return {
    name: out,
    pathOf: at,
    has: (file) => existsSync(at(file)),
    read: (file) => readWholeFile(at(file)),
    open: (file) => openBytes(at(file)),
    async write(file, chunks) {
      guard.check();
      await writeFileAtomically(at(file), chunks);
    },
    async create(file) {
      guard.check();
      const sink = await OutputFile.create(at(file));
      return {
        write: (bytes) => sink.write(bytes),
        async finish(start) {
          guard.check();
          await sink.finish(start);
        },
        abandon: () => sink.abandon(),
      };
    },
    async remove(path) {
      guard.check();
      await rm(at(path), { recursive: true, force: true });
    },
    list: async (folder) => (existsSync(at(folder)) ? readdir(at(folder)) : []),
    touch: () => guard.touch(),
  };
}
