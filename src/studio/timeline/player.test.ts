import { describe, expect, test } from "vitest";
import type { Beat } from "./beats.ts";
import { beatAtTime, Player } from "./player.svelte.ts";

/** Four moments of a scene, of a second each; the last has two parts. */
const beats: Beat[] = [0, 1, 2, 3].map((index) => ({
  index,
  parts: (index === 3 ? [300, 700] : [1000]).map((duration, part) => ({
    moment: { index: 10 * index + part, kind: "encode", layer: 0, step: index },
    duration,
  })),
  start: index * 1000,
  duration: 1000,
}));

function player(): Player {
  const made = new Player();
  made.load(beats);
  return made;
}

describe("the clock", () => {
  test("knows the moment of a time", () => {
    expect([0, 999, 1000, 3999, 99_999].map((time) => beatAtTime(beats, time)?.index)).toEqual([
      0, 0, 1, 3, 3,
    ]);
  });

  test("shows a moment as it is when its movement is over", () => {
    const clock = player();
    clock.show(2);
    expect([clock.at, clock.moment?.index, clock.progress]).toEqual([2, 20, 1]);
    clock.show(3);
    expect([clock.at, clock.moment?.index, clock.progress]).toEqual([3, 31, 1]);
  });

  test("goes through the parts of a moment, and rests at its end", () => {
    const clock = player();
    const at = (time: number) => {
      clock.time = time;
      return [clock.moment?.index, Number(clock.progress.toFixed(2))];
    };
    expect([3000, 3105, 3210, 3455, 3700, 3999].map(at)).toEqual([
      [30, 0],
      [30, 0.5],
      [31, 0],
      [31, 0.5],
      [31, 1],
      [31, 1],
    ]);
  });

  test("plays from the beginning to the end, and stops there", () => {
    const clock = player();
    clock.toggle();
    expect([clock.time, clock.progress]).toEqual([0, 0]);
    for (let tick = 0; tick < 100; tick++) clock.tick(50);
    expect([clock.isPlaying, clock.at, clock.progress]).toEqual([false, 3, 1]);
  });

  test("goes on from where it was stopped, and begins again when played from its end", () => {
    const clock = player();
    clock.show(1);
    clock.toggle();
    expect(clock.at).toBe(1);
    clock.toggle();
    clock.show(3);
    clock.toggle();
    expect([clock.isPlaying, clock.time]).toEqual([true, 0]);
  });

  test("begins again at its end when it repeats", () => {
    const clock = player();
    clock.loop = true;
    clock.toggle();
    clock.tick(5000);
    expect([clock.isPlaying, clock.time]).toEqual([true, 0]);
  });

  test("goes twice as fast at double speed", () => {
    const [slow, fast] = [player(), player()];
    fast.speed = 2;
    for (const clock of [slow, fast]) clock.toggle();
    for (let tick = 0; tick < 4; tick++) slow.tick(100);
    for (let tick = 0; tick < 2; tick++) fast.tick(100);
    expect([slow.time, fast.time]).toEqual([400, 400]);
  });

  test("steps stay within the scene, and stop the playing", () => {
    const clock = player();
    clock.show(3);
    clock.isPlaying = true;
    clock.step(1);
    expect([clock.isPlaying, clock.at]).toEqual([false, 3]);
    clock.step(-1);
    clock.step(-1);
    clock.step(-1);
    clock.step(-1);
    expect(clock.at).toBe(0);
  });

  test("has nothing to play where a scene has no moments", () => {
    const clock = player();
    clock.load([]);
    clock.toggle();
    clock.tick(1000);
    expect([clock.isPlaying, clock.beat, clock.moment]).toEqual([false, undefined, undefined]);
  });
});
