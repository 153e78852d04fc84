import type { Replies, Requests } from "../../../../lab/messages.ts";
import type { PrincipalPlane } from "../../../../vectors/project2d.ts";
import { planeOf } from "../../../parts/pointMap/plane.ts";
import { faultWords } from "../../../text/faults.ts";
import type { Translated } from "../../../text/translated.ts";
import { placesIn, rowsOf, turnedTowards } from "./steady.ts";

/** Loads parameters: those of the nearest checkpoint that is kept. */
export type LoadWeights = (given: Requests["weights"]) => Promise<Replies["weights"]>;

/** What a film is of. */
export interface FilmOf {
  readonly name: string;
  /** The length of an embedding. */
  readonly size: number;
  /** The rows that are shown. */
  readonly rows: readonly number[];
}

/** No more numbers than these are kept of all checkpoints together. */
const mostNumbers = 4_000_000;

/** The embeddings at all checkpoints, on one plane: the one that keeps most of the newest checkpoint's variance. */
export class EmbeddingFilm {
  readonly of: FilmOf;
  private readonly load: LoadWeights;
  /** The checkpoint that was given for a step: the nearest one that is kept. */
  private readonly given: Map<number, number> = new Map();
  private readonly vectors: Map<number, Float32Array[]> = new Map();
  private steps: readonly number[] = [];
  private wanted = 0;
  private isBusy = false;
  private isStopped = false;
  /** The step whose variance the plane keeps. */
  private fittedTo = -1;
  plane: PrincipalPlane | null = $state.raw(null);
  fault: Translated<string> | null = $state.raw(null);
  /** Counts what has been loaded, so that what depends on it is computed anew. */
  version: number = $state(0);

  constructor(of: FilmOf, load: LoadWeights) {
    this.of = of;
    this.load = load;
  }

  /** Tells which checkpoints there are, and the step of the one that is shown. */
  follow(steps: readonly number[], shown: number): void {
    this.steps = steps;
    this.wanted = shown;
    this.forget();
    if (!this.isBusy) void this.work();
  }

  stop(): void {
    this.isStopped = true;
  }

  /** Where tokens are at a step, x and y in turn; null while it is not known. */
  placesAt(step: number): Float32Array | null {
    void this.version;
    const vectors = this.vectorsAt(step);
    return this.plane && vectors ? placesIn(this.plane, vectors) : null;
  }

  /** The step of the checkpoint whose vectors are shown for a step. */
  stepOf(step: number): number {
    void this.version;
    return this.given.get(step) ?? step;
  }

  /** The way of one token up to a step. */
  wayOf(place: number, upTo: number): (readonly [x: number, y: number])[] {
    void this.version;
    const plane = this.plane;
    if (!plane) return [];
    return this.steps.flatMap((step) => {
      const vector = step <= upTo ? this.vectorsAt(step)?.[place] : undefined;
      if (!vector) return [];
      const [x = 0, y = 0] = placesIn(plane, [vector]);
      return [[x, y] as const];
    });
  }

  private vectorsAt(step: number): Float32Array[] | undefined {
    return this.vectors.get(this.given.get(step) ?? Number.NaN);
  }

  /** Leaves out what was loaded for steps that are no checkpoints any more, so that a long run takes no more memory. */
  private forget(): void {
    const kept = new Set(this.steps);
    for (const step of this.given.keys()) if (!kept.has(step)) this.given.delete(step);
    const used = new Set(this.given.values());
    for (const step of this.vectors.keys()) if (!used.has(step)) this.vectors.delete(step);
  }

  /** What is to be loaded next: the one that is shown, the newest one, then all others if there is room. */
  private next(): number | undefined {
    const missing = (step: number | undefined): step is number =>
      step !== undefined && !this.given.has(step);
    const newest = this.steps.at(-1);
    if (missing(newest)) return newest;
    if (missing(this.wanted) && this.steps.includes(this.wanted)) return this.wanted;
    const { size, rows } = this.of;
    if (this.steps.length * size * rows.length > mostNumbers) return undefined;
    return this.steps.find(missing);
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    for (let step = this.next(); step !== undefined && !this.isStopped; step = this.next()) {
      try {
        const { name, size, rows } = this.of;
        const found = await this.load({ step, names: [name] });
        if (this.isStopped) break;
        const parameter = found.parameters.find((loaded) => loaded.name === name);
        this.given.set(step, found.step);
        if (parameter && !this.vectors.has(found.step)) {
          this.vectors.set(found.step, rowsOf(parameter.values, size, rows));
        }
        await this.fit();
        this.fault = null;
      } catch (error) {
        this.fault = faultWords(error);
        break;
      }
      this.version++;
    }
    this.isBusy = false;
  }

  /** Fits the plane to the newest checkpoint that is known, and keeps it as it lay before as far as possible. */
  private async fit(): Promise<void> {
    const step = this.steps.findLast((known) => this.vectorsAt(known));
    const vectors = step === undefined ? undefined : this.vectorsAt(step);
    if (step === undefined || step === this.fittedTo || !vectors || vectors.length < 2) return;
    const found = await planeOf(vectors);
    this.plane = this.plane
      ? turnedTowards(found, placesIn(found, vectors), placesIn(this.plane, vectors))
      : found;
    this.fittedTo = step;
  }
}
