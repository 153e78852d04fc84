/** @file The number that a reader points at, the same in all pictures. */

/** One number of a trace. */
export interface Pick {
  /** The tensor's name in the trace, such as `context` or `encoder.0.forward.hidden_state`. */
  readonly tensor: string;
  /** Where it belongs: to the encoder's tensors or to a step of the decoder. */
  readonly side: "encoder" | "decoder";
  /** The row of an encoder tensor (its time axis), or the decoder's step. */
  readonly step: number;
  /** The place in the vector. */
  readonly index: number;
  readonly value: number;
  /** How many numbers the vector has. */
  readonly size: number;
  /** Of what a step makes for each source word (`weighted`), which word's it is. */
  readonly row?: number;
}

class Selection {
  hovered: Pick | null = $state.raw(null);
  pinned: Pick | null = $state.raw(null);
  /** What is shown: what is pointed at, else what was pinned. */
  readonly shown: Pick | null = $derived(this.hovered ?? this.pinned);

  pin(pick: Pick): void {
    this.pinned = this.pinned && isSame(this.pinned, pick) ? null : pick;
  }

  clear(): void {
    this.hovered = null;
    this.pinned = null;
  }
}

/** Whether two picks are the same number. */
export function isSame(one: Pick, other: Pick): boolean {
  return (
    one.tensor === other.tensor &&
    one.side === other.side &&
    one.step === other.step &&
    one.index === other.index &&
    one.row === other.row
  );
}

export const selection = new Selection();
