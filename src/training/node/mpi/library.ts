/**
 * @file An MPI library that is installed on the machine, called from Node. Nothing is compiled: koffi calls its C
 * functions. Only functions that move bytes are used, none that adds numbers.
 */

import { UserError } from "../../../tensor/errors.ts";
import type { Launch } from "./launch.ts";

/** The package that calls C functions; a variable, as types must not depend on what may be missing. */
const koffiPackage: string = "koffi";

/** What is used of koffi. */
interface Koffi {
  config(settings: Readonly<Record<string, number>>): unknown;
  load(path: string | null, options?: { readonly global: boolean }): LibraryHandle;
}

interface LibraryHandle {
  func(name: string, result: string, types: readonly string[]): NativeFunction;
  symbol(name: string): unknown;
}

interface NativeFunction {
  (...values: unknown[]): number;
  /** Calls the function on another thread; the last value is a callback with an error and the result. */
  async(...values: unknown[]): void;
}

/** Names a library, instead of those that are looked for. */
export const libraryVariable = "SEQ2SEE_MPI_LIBRARY";

const names = {
  "Open MPI": ["libmpi.so.40", "libmpi.40.dylib"],
  MPICH: ["libmpich.so.12", "libmpi.so.12", "libmpi.12.dylib"],
  any: ["libmpi.so", "libmpi.dylib"],
} as const;

/** Bytes of one call at most: MPI counts them as a signed 32-bit integer. */
const most = 2 ** 30;

/** The two forms of MPI's C interface that there are. */
interface Binding {
  /** The C type of communicators and data types. */
  readonly handle: string;
  /** The communicator of all processes, and the type of a byte. */
  readonly world: unknown;
  readonly byte: unknown;
  readonly statusIgnore: unknown;
}

/** Bytes from or to another process. */
export interface Message {
  readonly rank: number;
  readonly tag: number;
  readonly bytes: Uint8Array;
}

type Call = (...values: unknown[]) => Promise<void>;

/** MPI after its start. Calls must follow each other. */
export class MpiLibrary {
  /** Its first line about itself, such as "Open MPI v4.1.4". */
  readonly version: string;
  readonly rank: number;
  readonly count: number;
  private readonly binding: Binding;
  private readonly calls: Readonly<Record<"send" | "receive" | "both" | "broadcast" | "end", Call>>;
  private readonly exit: NativeFunction;
  private readonly abortAll: (world: unknown, code: number) => number;

  private constructor(koffi: Koffi, library: LibraryHandle, version: string) {
    this.version = version;
    const binding = bindingOf(library, version);
    this.binding = binding;
    const { handle, world } = binding;
    const direct = (name: string, types: readonly string[]) => library.func(name, "int", types);
    const waiting = (name: string, types: readonly string[]): Call => {
      const run = direct(name, types);
      return (...values) =>
        new Promise((resolve, reject) => {
          run.async(...values, (error: unknown, code: number) => {
            if (error) reject(error);
            else if (code !== 0) reject(new Error(`${name} returned ${code}.`));
            else resolve();
          });
        });
    };
    const data = ["void *", "int", handle] as const;
    const provided = new Int32Array(1);
    // MPI_THREAD_SERIALIZED: calls come from threads of koffi, one after the other.
    direct("MPI_Init_thread", ["void *", "void *", "int", "void *"])(null, null, 2, provided);
    const number = (name: string): number => {
      const value = new Int32Array(1);
      direct(name, [handle, "void *"])(world, value);
      return value[0] as number;
    };
    this.rank = number("MPI_Comm_rank");
    this.count = number("MPI_Comm_size");
    const peer = ["int", "int"] as const;
    this.calls = {
      send: waiting("MPI_Send", [...data, ...peer, handle]),
      receive: waiting("MPI_Recv", [...data, ...peer, handle, "void *"]),
      both: waiting("MPI_Sendrecv", [...data, ...peer, ...data, ...peer, handle, "void *"]),
      broadcast: waiting("MPI_Bcast", [...data, "int", handle]),
      end: waiting("MPI_Finalize", []),
    };
    this.exit = koffi.load(null).func("_exit", "void", ["int"]);
    this.abortAll = direct("MPI_Abort", [handle, "int"]) as never;
    if ((provided[0] as number) < 2) {
      throw new UserError(
        `${version} was built without threads (MPI_THREAD_SERIALIZED), which seq2see needs; install another build of it.`,
      );
    }
  }

  /**
   * Starts MPI.
   *
   * @throws UserError if koffi or an MPI library is missing.
   */
  static async start(launch: Launch): Promise<MpiLibrary> {
    const koffi = await loadKoffi(launch);
    // With the 128 KiB of its default, MPICH overwrites memory of V8.
    koffi.config({ async_stack_size: 2 ** 23, sync_stack_size: 2 ** 23 });
    // UCX, on which MPICH is often built, would change malloc's and mmap's own code under the feet of V8.
    process.env["UCX_MEM_EVENTS"] ??= "no";
    const given = process.env[libraryVariable];
    const wanted = given ? [given] : candidates(launch);
    for (const name of wanted) {
      let library: LibraryHandle;
      try {
        // Open MPI loads parts of itself that look for its symbols.
        library = koffi.load(name, { global: true });
      } catch {
        continue;
      }
      return new MpiLibrary(koffi, library, versionOf(library));
    }
    throw new UserError(
      `${launch.launcher} has started ${launch.count} processes to train together, and no MPI library is found (${wanted.join(", ")}): install the one that belongs to the launcher, or name its file in the variable ${libraryVariable}.`,
    );
  }

  async send({ rank, tag, bytes }: Message): Promise<void> {
    const { world, byte } = this.binding;
    for (const piece of pieces(bytes)) {
      await this.calls.send(piece, piece.length, byte, rank, tag, world);
    }
  }

  async receive({ rank, tag, bytes }: Message): Promise<void> {
    const { world, byte, statusIgnore } = this.binding;
    for (const piece of pieces(bytes)) {
      await this.calls.receive(piece, piece.length, byte, rank, tag, world, statusIgnore);
    }
  }

  /** Sends to one process while it receives from another. */
  async sendAndReceive(sent: Message, taken: Message): Promise<void> {
    const { world, byte, statusIgnore } = this.binding;
    const [out, into] = [pieces(sent.bytes), pieces(taken.bytes)];
    for (let index = 0; index < Math.max(out.length, into.length); index++) {
      const one = out[index] ?? none;
      const other = into[index] ?? none;
      await this.calls.both(
        ...[one, one.length, byte, out[index] ? sent.rank : nobody(this.binding), sent.tag],
        ...[other, other.length, byte, into[index] ? taken.rank : nobody(this.binding), taken.tag],
        ...[world, statusIgnore],
      );
    }
  }

  async broadcast(bytes: Uint8Array): Promise<void> {
    const { world, byte } = this.binding;
    for (const piece of pieces(bytes)) {
      await this.calls.broadcast(piece, piece.length, byte, 0, world);
    }
  }

  /** Ends MPI, as soon as all processes do. */
  end(): Promise<void> {
    return this.calls.end();
  }

  /**
   * Ends this process at once, after {@link end}: threads of Node that have waited in Open MPI would call parts of it that
   * are no longer there.
   */
  leaveProcess(code: number): void {
    this.exit(code);
  }

  /** Ends all processes. */
  abort(code: number): void {
    this.abortAll(this.binding.world, code);
  }
}

async function loadKoffi({ launcher, count }: Launch): Promise<Koffi> {
  try {
    return ((await import(koffiPackage)) as { readonly default: Koffi }).default;
  } catch {
    throw new UserError(
      `${launcher} has started ${count} processes to train together, and the package koffi is missing, by which they reach MPI: npm install koffi.`,
    );
  }
}

const none = new Uint8Array(1).subarray(0, 0);

/** MPI_PROC_NULL: nothing is sent to it, and nothing received from it. */
const nobody = ({ handle }: Binding): number => (handle === "int" ? -1 : -2);

/** Bytes as parts that one call can move. */
function pieces(bytes: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(bytes.length / most) }, (_, index) =>
    bytes.subarray(index * most, (index + 1) * most),
  );
}

/** Libraries in the order in which they are tried. A wrong one is noticed, as it sees one process only. */
function candidates({ launcher }: Launch): readonly string[] {
  const isOpen =
    launcher === "Open MPI" ||
    (launcher === "Slurm" && Object.keys(process.env).some((name) => name.startsWith("PMIX_")));
  const [first, second] = isOpen
    ? (["Open MPI", "MPICH"] as const)
    : (["MPICH", "Open MPI"] as const);
  return [...names[first], ...names[second], ...names.any];
}

function versionOf(library: LibraryHandle): string {
  const text = Buffer.alloc(8192);
  const length = new Int32Array(1);
  library.func("MPI_Get_library_version", "int", ["void *", "void *"])(text, length);
  const [line = ""] = text.toString("latin1", 0, length[0]).split("\n");
  return line.replace(/,.*/, "").replace(/:?\s+/g, " ").trim();
}

function bindingOf(library: LibraryHandle, version: string): Binding {
  if (/Open MPI|Spectrum/.test(version)) {
    // Handles are addresses.
    return {
      handle: "void *",
      world: library.symbol("ompi_mpi_comm_world"),
      byte: library.symbol("ompi_mpi_byte"),
      statusIgnore: null,
    };
  }
  if (/MPICH|Intel|MVAPICH|CRAY/i.test(version)) {
    // Handles are numbers, which MPICH and its relatives have agreed upon.
    return { handle: "int", world: 0x44000000, byte: 0x4c00010d, statusIgnore: 1n };
  }
  throw new UserError(
    `seq2see knows Open MPI and MPICH and their relatives, and this MPI library is another: ${version}.`,
  );
}
