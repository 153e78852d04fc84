import { type Beat, partAt } from "./beats.ts";
import type { Moment } from "./script.ts";

/** The part of a moment in which things move; then it rests, so that one can look. */
const moving = 0.7;

/** The one clock of all scenes: plays the moments of the scene that has it. */
export class Player {
  beats: readonly Beat[] = $state.raw([]);
  /** Milliseconds from the scene's beginning. */
  time: number = $state(0);
  isPlaying: boolean = $state(false);
  speed: number = $state(1);
  loop: boolean = $state(false);

  /** The scene's moment that is going on; undefined where there is nothing to play. */
  readonly beat: Beat | undefined = $derived(beatAtTime(this.beats, this.time));
  /** The place of that moment among the scene's, from 0. */
  readonly at: number = $derived(this.beat?.index ?? 0);
  private readonly part = $derived.by(() => {
    const { beat, time } = this;
    return beat && partAt(beat, Math.min(1, (time - beat.start) / (beat.duration * moving)));
  });
  /** The moment of the story that is going on in it. */
  readonly moment: Moment | undefined = $derived(this.part?.moment);
  /** How far its movement is, 0 to 1; it rests at 1. */
  readonly progress: number = $derived(this.part?.progress ?? 0);

  /** Takes the moments of another scene, at one of them. */
  load(beats: readonly Beat[], index = 0): void {
    this.beats = beats;
    this.isPlaying = false;
    this.show(index);
  }

  /** Shows a moment as it is when its movement is over. */
  show(index: number): void {
    const beat = this.beats[Math.min(this.beats.length - 1, Math.max(0, index))];
    // A little into its rest, where rounding cannot hold it back.
    this.time = beat ? beat.start + beat.duration * (moving + 0.01) : 0;
  }

  /** One moment on or back. */
  step(by: 1 | -1): void {
    this.isPlaying = false;
    this.show(this.at + by);
  }

  /** Starts or stops. At the first moment it starts at its beginning, at the end it starts again. */
  toggle(): void {
    this.isPlaying = !this.isPlaying && this.beats.length > 0;
    const isAtEdge = this.at === 0 || this.at === this.beats.length - 1;
    if (this.isPlaying && isAtEdge && this.progress >= 1) this.time = 0;
  }

  /** Advances by `elapsed` milliseconds of real time; at the end it stops or begins again. */
  tick(elapsed: number): void {
    if (!this.isPlaying) return;
    const last = this.beats.at(-1);
    // Just before another moment would begin.
    const end = last ? last.start + last.duration - 1 : 0;
    this.time = Math.min(end, this.time + elapsed * this.speed);
    if (this.time < end) return;
    if (this.loop) this.time = 0;
    else this.isPlaying = false;
  }
}

/** The last beat that has begun. */
export function beatAtTime(beats: readonly Beat[], time: number): Beat | undefined {
  let [low, high] = [0, beats.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((beats[middle] as Beat).start <= time) low = middle;
    else high = middle - 1;
  }
  return beats[low];
}
