import { describe, expect, test } from "vitest";
import { momentAt, Player } from "./player.svelte.ts";
import type { Moment } from "./script.ts";

const moments: Moment[] = [0, 1, 2, 3].map((index) => ({
  index,
  kind: "encode",
  layer: 0,
  step: index,
  start: index * 1000,
  duration: 1000,
}));

function player(): Player {
  const made = new Player();
  made.load(moments);
  return made;
}

describe("the clock", () => {
  test("knows the moment of a time", () => {
    expect([0, 999, 1000, 3999, 99_999].map((time) => momentAt(moments, time)?.index)).toEqual([
      0, 0, 1, 3, 3,
    ]);
  });

  test("shows a moment as it is when its movement is over", () => {
    const clock = player();
    clock.show(2);
    expect([clock.moment?.index, clock.progress]).toEqual([2, 1]);
  });

  test("plays to the end of its range and stops there", () => {
    const clock = player();
    clock.confine([1, 2]);
    clock.show(1);
    clock.toggle();
    for (let tick = 0; tick < 100; tick++) clock.tick(50);
    expect([clock.isPlaying, clock.moment?.index, clock.progress]).toEqual([false, 2, 1]);
  });

  test("begins the range again when played from its end, or when it repeats", () => {
    const clock = player();
    clock.confine([1, 2]);
    clock.show(2);
    clock.toggle();
    clock.tick(400);
    clock.toggle();
    clock.toggle();
    clock.loop = true;
    clock.tick(5000);
    expect([clock.isPlaying, clock.moment?.index]).toEqual([true, 1]);
  });

  test("goes twice as fast at double speed", () => {
    const [slow, fast] = [player(), player()];
    fast.speed = 2;
    for (const clock of [slow, fast]) {
      clock.time = 0;
      clock.toggle();
    }
    for (let tick = 0; tick < 4; tick++) slow.tick(100);
    for (let tick = 0; tick < 2; tick++) fast.tick(100);
    expect(fast.time).toBe(slow.time);
  });

  test("steps stay within the range, and stop the playing", () => {
    const clock = player();
    clock.confine([1, 2]);
    clock.show(2);
    clock.isPlaying = true;
    clock.step(1);
    expect([clock.isPlaying, clock.moment?.index]).toEqual([false, 2]);
    clock.step(-1);
    clock.step(-1);
    expect(clock.moment?.index).toBe(1);
  });
});
