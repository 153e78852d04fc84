/**
 * A seeded random number generator whose entire state is four 32-bit integers, so that a
 * checkpoint can hold it: xoshiro128** by Blackman and Vigna (2018), https://prng.di.unimi.it/.
 */
export class Random {
  private state: Uint32Array;

  /** @param seed any number, or the state of another generator ({@link Random.save}). */
  constructor(seed: number | readonly number[]) {
    this.state = new Uint32Array(4);
    if (typeof seed !== "number") {
      this.state.set(seed);
      return;
    }
    // SplitMix32 spreads the seed over the state, so that nearby seeds give unrelated streams.
    let mixed = seed >>> 0;
    for (let index = 0; index < 4; index++) {
      mixed = (mixed + 0x9e3779b9) >>> 0;
      let word = mixed;
      word = Math.imul(word ^ (word >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      this.state[index] = word ^ (word >>> 15);
    }
  }

  /** Returns the state, which the constructor accepts later. */
  save(): number[] {
    return [...this.state];
  }

  /** Returns the next 32 random bits as an integer in [0, 2³²). */
  nextUint32(): number {
    const state = this.state;
    const [s0, s1, s2, s3] = state as unknown as [number, number, number, number];
    const product = Math.imul(s1, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    const t2 = s2 ^ s0;
    const t3 = s3 ^ s1;
    state[1] = s1 ^ t2;
    state[0] = s0 ^ t3;
    state[2] = t2 ^ shifted;
    state[3] = (t3 << 11) | (t3 >>> 21);
    return result;
  }

  /** Fills `words` with random bits, equal to successive results of {@link nextUint32}. */
  fill(words: Uint32Array): void {
    // Keeping the state in local variables is several times faster.
    let [s0, s1, s2, s3] = this.state as unknown as [number, number, number, number];
    for (let index = 0; index < words.length; index++) {
      const product = Math.imul(s1, 5);
      words[index] = Math.imul((product << 7) | (product >>> 25), 9);
      const shifted = s1 << 9;
      s2 ^= s0;
      s3 ^= s1;
      s1 ^= s2;
      s0 ^= s3;
      s2 ^= shifted;
      s3 = (s3 << 11) | (s3 >>> 21);
    }
    this.state.set([s0, s1, s2, s3]);
  }

  /** Returns a number in [0, 1) with 32 random bits. */
  uniform(): number {
    return this.nextUint32() / 4294967296;
  }

  /** Returns an integer in [0, bound). */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Returns a number from the standard normal distribution (Box and Muller, 1958). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Shuffles `items` in place (Fisher and Yates) and returns them. */
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T {
    const list = items as { length: number; [index: number]: unknown };
    for (let last = list.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [list[last], list[other]] = [list[other], list[last]];
    }
    return items;
  }
}

/** Returns a separate generator for each combination of numbers. */
export function randomFor(...numbers: readonly number[]): Random {
  let mixed = 0;
  for (const number of numbers) mixed = new Random(mixed + number).nextUint32();
  return new Random(mixed);
}
