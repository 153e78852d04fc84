/** @file How much has come of what the page fetches before it can translate. */

/** The part that every model needs: what runs it. */
export const runtimePart = "onnxruntime";

/** How much there is to come, and how much of it has come, in bytes. */
export interface Amount {
  readonly come: number;
  readonly of: number;
}

/** The parts that are fetched, each by its name. */
export class Downloads {
  private come: Readonly<Record<string, number>> = $state.raw({});
  private expected: Readonly<Record<string, number>> = $state.raw({});

  /** Says how large a part is. */
  expect(part: string, bytes: number): void {
    this.expected = { ...this.expected, [part]: bytes };
  }

  /** Counts bytes of a part that have come. */
  add(part: string, bytes: number): void {
    this.come = { ...this.come, [part]: (this.come[part] ?? 0) + bytes };
  }

  /** How much has come of some parts together; nothing can come of what is not expected yet. */
  of(...parts: readonly string[]): Amount {
    const amount = { come: 0, of: 0 };
    for (const part of parts) {
      const expected = this.expected[part] ?? 0;
      amount.come += Math.min(expected, this.come[part] ?? 0);
      amount.of += expected;
    }
    return amount;
  }
}

export const downloads: Downloads = new Downloads();
