/** @file The ranks of a run that MPI has started. */

import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { deserialize, serialize } from "node:v8";
import { UserError } from "../../../tensor/errors.ts";
import type { Exchange, Ranks } from "../../cluster/ranks.ts";
import { trainingOptions } from "../../plan/options.ts";
import type { Launch } from "./launch.ts";
import { launchOf } from "./launch.ts";
import { libraryVariable, MpiLibrary } from "./library.ts";
import { Watchdog } from "./watchdog.ts";

const tags = { values: 1, numbers: 2 } as const;

/** In the place of a length: no value follows, the sender is still at work. */
const alive = -1;
/** Seconds from one sign of life to the next, while rank 0 is busy with files or waits for a disk. */
const aliveEvery = 10;

/**
 * Seconds that MPI may take to end. MPICH over UCX and TCP has been seen to take forever; all has been said and written by
 * then.
 */
const endWithin = 20;

/** The other processes, over MPI. One call follows the other, as MPI_THREAD_SERIALIZED asks. */
export class MpiRanks implements Ranks {
  readonly rank: number;
  readonly count: number;
  readonly launch: Launch;
  activity = "";
  private readonly mpi: MpiLibrary;
  private readonly watchdog: Watchdog;
  private last: Promise<unknown> = Promise.resolve();
  /** Calls that have not ended. */
  private open = 0;
  private spoke = performance.now();
  private heartbeat: NodeJS.Timeout | null = null;
  private failed = false;

  private constructor(mpi: MpiLibrary, launch: Launch) {
    this.mpi = mpi;
    this.launch = launch;
    this.rank = mpi.rank;
    this.count = mpi.count;
    this.watchdog = new Watchdog(trainingOptions.stallTimeout.default, (seconds) =>
      this.stalled(seconds),
    );
    process.once("beforeExit", () => this.leave());
    process.on("exit", (code) => this.atExit(code));
    if (this.rank > 0) return;
    this.heartbeat = setInterval(() => this.showLife(), (aliveEvery * 1000) / 2).unref();
  }

  /**
   * Finds the other processes.
   *
   * @throws UserError if MPI is missing, or is not the one of the launcher.
   */
  static async join(launch: Launch): Promise<MpiRanks> {
    const mpi = await MpiLibrary.start(launch);
    if (mpi.count === launch.count) return new MpiRanks(mpi, launch);
    await mpi.end();
    throw new UserError(strangers(launch, mpi));
  }

  /** The MPI library, by its own words. */
  get library(): string {
    return this.mpi.version;
  }

  /** Sets the seconds after which a call that waits ends this process. */
  set stallTimeout(seconds: number) {
    this.watchdog.limit = seconds;
    if (!this.heartbeat) return;
    clearInterval(this.heartbeat);
    const every = Math.min(aliveEvery, seconds / 4);
    this.heartbeat = setInterval(() => this.showLife(), (every * 1000) / 2).unref();
  }

  send(to: number, value: unknown): Promise<void> {
    const bytes = serialize(value);
    return this.call(async () => {
      await this.mpi.send({ rank: to, tag: tags.values, bytes: lengthBytes(bytes.length) });
      await this.mpi.send({ rank: to, tag: tags.values, bytes });
    });
  }

  async receive(from: number, isPatient = false): Promise<unknown> {
    const length = new Float64Array(1);
    do {
      const bytes = bytesOf(length);
      await this.call(() => this.mpi.receive({ rank: from, tag: tags.values, bytes }), isPatient);
    } while (length[0] === alive);
    const bytes = new Uint8Array(length[0] as number);
    await this.call(() => this.mpi.receive({ rank: from, tag: tags.values, bytes }));
    return deserialize(bytes);
  }

  exchange({ to, given, from, taken }: Exchange): Promise<void> {
    const tag = tags.numbers;
    return this.call(() =>
      this.mpi.sendAndReceive(
        { rank: to, tag, bytes: bytesOf(given) },
        { rank: from, tag, bytes: bytesOf(taken) },
      ),
    );
  }

  broadcast(numbers: Float32Array): Promise<void> {
    return this.call(() => this.mpi.broadcast(bytesOf(numbers)));
  }

  /** Ends all processes of the job at the end of this one: the others would wait for it in vain. */
  fail(): void {
    this.failed = true;
  }

  private call<Result>(work: () => Promise<Result>, isPatient = false): Promise<Result> {
    const own = this.last.then(async () => {
      try {
        return await (isPatient ? work() : this.watchdog.during(work));
      } finally {
        this.open--;
        this.spoke = performance.now();
      }
    });
    this.open++;
    this.last = own.catch(() => {});
    return own;
  }

  /** Tells the others, while nothing else is said to them, that rank 0 has not died. */
  private showLife(): void {
    const silence = performance.now() - this.spoke;
    if (this.open > 0 || silence < Math.min(aliveEvery, this.watchdog.limit / 4) * 1000) return;
    void this.call(async () => {
      for (let rank = 1; rank < this.count; rank++) {
        await this.mpi.send({ rank, tag: tags.values, bytes: lengthBytes(alive) });
      }
    });
  }

  private async leave(): Promise<void> {
    if (this.heartbeat) clearInterval(this.heartbeat);
    if (this.failed) return;
    await this.last;
    const isEnded = await Promise.race([
      this.mpi.end().then(() => true),
      sleep(endWithin * 1000, false, { ref: false }),
    ]);
    if (!isEnded) this.mpi.leaveProcess(Number(process.exitCode ?? 0));
    // The last of all listeners.
    process.on("exit", (code) => this.mpi.leaveProcess(code));
  }

  private atExit(code: number): void {
    // A thread that waits in MPI keeps the process from ending.
    if (this.open > 0) process.kill(process.pid, "SIGKILL");
    if (this.failed) this.mpi.abort(code || 1);
  }

  private stalled(seconds: number): string {
    const { rank, count, activity } = this;
    return `seq2see: rank ${rank} of ${count} on ${hostname()} has waited ${seconds} s for another rank in ${activity || "the start of the run"}: a connection is cut, or that process hangs. This process ends now, and with it the job (if the launcher goes on waiting, press Ctrl-C twice); resume the run from its checkpoint.`;
  }
}

/** Why the processes of a launch do not see each other. */
function strangers(
  { launcher, count }: Pick<Launch, "launcher" | "count">,
  { version, count: seen }: Pick<MpiLibrary, "version" | "count">,
): string {
  const found = `${launcher} has started ${count} processes to train together, and the MPI library that was found, ${version}, sees ${seen}`;
  const other = `or name another library in the variable ${libraryVariable}`;
  return launcher === "Slurm"
    ? `${found}: start them with srun --mpi=pmix for Open MPI, with srun --mpi=pmi2 or srun --mpi=pmix for MPICH (srun --mpi=list shows what there is), ${other}.`
    : `${found}: it belongs to another launcher. Start them with the mpirun of ${version}, ${other}.`;
}

/** The other processes of this one's launch; null if it runs alone. MPI can be started once in a process. */
export function joinRanks(): Promise<MpiRanks | null> {
  joined ??= (async () => {
    const launch = launchOf();
    return launch && MpiRanks.join(launch);
  })();
  return joined;
}

let joined: Promise<MpiRanks | null> | undefined;

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function lengthBytes(length: number): Uint8Array {
  return bytesOf(Float64Array.of(length));
}
