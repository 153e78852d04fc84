import type { Moment } from "./script.ts";

/** The part of a moment in which things move; then it rests, so that one can look. */
const moving = 0.7;

/** The one clock of all scenes: plays the moments of a translation, or of a part of it. */
export class Player {
  moments: readonly Moment[] = $state.raw([]);
  /** The first and last moment that are played. */
  range: readonly [number, number] = $state.raw([0, 0]);
  /** Milliseconds from the beginning of the story. */
  time: number = $state(0);
  isPlaying: boolean = $state(false);
  speed: number = $state(1);
  loop: boolean = $state(false);

  /** The moment that is going on. */
  readonly moment: Moment | undefined = $derived(momentAt(this.moments, this.time));
  /** How far its movement is, 0 to 1; it rests at 1. */
  readonly progress: number = $derived.by(() => {
    const { moment, time } = this;
    return moment ? Math.min(1, (time - moment.start) / (moment.duration * moving)) : 0;
  });

  /** Takes the moments of another story, at one of them. */
  load(moments: readonly Moment[], index = 0): void {
    this.moments = moments;
    this.range = [0, Math.max(0, moments.length - 1)];
    this.show(index);
  }

  /** Plays only this part; the clock moves into it if it is outside. */
  confine([first, last]: readonly [number, number]): void {
    this.range = [first, last];
    const index = this.moment?.index ?? 0;
    if (index < first || index > last) this.show(index < first ? first : last);
  }

  /** Shows a moment as it is when its movement is over. */
  show(index: number): void {
    const moment = this.moments[Math.min(this.moments.length - 1, Math.max(0, index))];
    if (moment) this.time = moment.start + moment.duration * moving;
  }

  /** One moment on or back. */
  step(by: 1 | -1): void {
    this.isPlaying = false;
    const [first, last] = this.range;
    this.show(Math.min(last, Math.max(first, (this.moment?.index ?? 0) + by)));
  }

  /** Starts or stops; at the end it starts again. */
  toggle(): void {
    this.isPlaying = !this.isPlaying;
    const [first, last] = this.range;
    const isAtEnd = (this.moment?.index ?? 0) >= last && this.progress >= 1;
    if (this.isPlaying && isAtEnd) this.rewind(first);
  }

  private rewind(index: number): void {
    this.time = this.moments[index]?.start ?? 0;
  }

  /** Advances by `elapsed` milliseconds of real time; stops or begins again at the end of the range. */
  tick(elapsed: number): void {
    if (!this.isPlaying) return;
    const [first, last] = this.range;
    const end = endOf(this.moments[last]);
    this.time = Math.min(end, this.time + elapsed * this.speed);
    if (this.time < end) return;
    if (this.loop) this.rewind(first);
    else this.isPlaying = false;
  }
}

/** Just before the next moment would begin. */
function endOf(moment: Moment | undefined): number {
  return moment ? moment.start + moment.duration - 1 : 0;
}

/** The last moment that has begun. */
export function momentAt(moments: readonly Moment[], time: number): Moment | undefined {
  let [low, high] = [0, moments.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((moments[middle] as Moment).start <= time) low = middle;
    else high = middle - 1;
  }
  return moments[low];
}
