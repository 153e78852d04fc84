import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { someAtOnce } from "./someAtOnce.ts";

const never = new AbortController().signal;

describe("some at once", () => {
  test("keep their order, and are never more than allowed", async () => {
    let running = 0;
    const seen: number[] = [];
    const works = [30, 5, 1, 10, 1].map((time, index) => async () => {
      seen.push(++running);
      await wait(time);
      running--;
      return index;
    });
    expect(await someAtOnce(works, 2, never)).toEqual([0, 1, 2, 3, 4]);
    expect(Math.max(...seen)).toBe(2);
  });

  test("end when one fails: the others are told, waited for, and none begins", async () => {
    const ended: string[] = [];
    const patient = async (signal: AbortSignal): Promise<void> => {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      await wait(5);
      ended.push("patient");
    };
    const failing = async (): Promise<void> => {
      await wait(1);
      throw new Error("a reason");
    };
    const late = async (): Promise<void> => {
      ended.push("late");
    };
    await expect(someAtOnce([patient, failing, late], 2, never)).rejects.toThrow("a reason");
    expect(ended).toEqual(["patient"]);
  });

  test("end when they are told to", async () => {
    const controller = new AbortController();
    const work = async (signal: AbortSignal): Promise<void> => {
      if (signal.aborted) throw new Error("stopped");
      await new Promise<void>((_, reject) =>
        signal.addEventListener("abort", () => reject(new Error("stopped"))),
      );
    };
    setTimeout(() => controller.abort(), 1);
    await expect(someAtOnce([work, work, work], 2, controller.signal)).rejects.toThrow("stopped");
  });
});
