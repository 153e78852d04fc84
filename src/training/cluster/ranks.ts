/** @file The processes that train one model together, and what they can tell each other. */

/** Numbers that one rank gives to another while it takes numbers from a third. */
export interface Exchange {
  readonly to: number;
  readonly given: Float32Array;
  readonly from: number;
  /** Receives the numbers; as long as what `from` gives. */
  readonly taken: Float32Array;
}

/**
 * One of several processes, as it sees the others. They are called ranks, as in MPI, and counted from 0. Rank 0 holds the
 * run: its data, its files, its clock; the others compute what it asks for. No method adds numbers: the order of sums is
 * that of `treeSum.ts`, whatever carries the numbers.
 */
export interface Ranks {
  readonly rank: number;
  readonly count: number;
  /** What this rank is doing, for messages about a rank that waits in vain: "step 17: the sum of the gradients". */
  activity: string;
  /** Sends a value, as the structured clone algorithm copies it. */
  send(to: number, value: unknown): Promise<void>;
  /**
   * Receives the next value of another rank.
   *
   * @param isPatient whether the other may take as long as it likes.
   */
  receive(from: number, isPatient?: boolean): Promise<unknown>;
  exchange(exchange: Exchange): Promise<void>;
  /** Overwrites the numbers of all ranks with those of rank 0. */
  broadcast(numbers: Float32Array): Promise<void>;
}

const nobody = (): never => {
  throw new Error("There is no other rank.");
};

/** A process that trains alone. */
export const alone: Ranks = {
  rank: 0,
  count: 1,
  activity: "",
  send: nobody,
  receive: nobody,
  exchange: nobody,
  broadcast: async () => {},
};
