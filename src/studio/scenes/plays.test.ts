/** What scenes play: moments that change their pictures, and no others. */

import { join } from "node:path";
import { render } from "svelte/server";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pictureModel } from "../../../test/support/pictureModel.ts";
import { RandomModel } from "../../../test/support/randomModel.ts";
import type { LoadedModel } from "../../library/loadedModel.ts";
import { Seq2Seq } from "../../library/seq2seq.ts";
import type { Trace } from "../../trace/trace.ts";
import { Session } from "../state/session.svelte.ts";
import { type Beat, beatsOf, endOf } from "../timeline/beats.ts";
import { positionAt, script } from "../timeline/script.ts";
import { captionOf } from "../words/captions.ts";
import { sceneNames } from "../words/scenes.ts";
import { scenes } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** The page's first sentence, by the first model of the page. */
let model: Seq2Seq;
let trace: Trace;
beforeAll(async () => {
  model = await Seq2Seq.load(join(import.meta.dirname, "../../../models/fr-en"), { threads: 1 });
  trace = await model.trace("Je suis étudiant.", { beam: 5 });
});
afterAll(() => model.release());

const played = (scene: Scene, of: Trace): Beat[] =>
  beatsOf(scene.plays?.(of) ?? [], script(of), of);
const secondsOf = (beats: readonly Beat[]): number =>
  beats.reduce((sum, { duration }) => sum + duration, 0) / 1000;
const sceneNamed = (name: string): Scene => scenes.find((scene) => scene.name === name) as Scene;

/** What a scene draws at a moment of its own, without the buttons that choose a step. */
function picture(scene: Scene, beat: Beat, of: Trace, by: LoadedModel): string {
  const session = Object.assign(new Session(), { model: by, trace: of, text: of.source.text });
  const moment = endOf(beat);
  const place = { moment, progress: 1, position: positionAt(moment, of) };
  const props = { trace: of, session, models: [], moments: script(of), ...place };
  const { body } = render(scene.component, {
    props: { ...props, width: 900, show: () => undefined },
  });
  return body.replace(/<(button|option)\b.*?<\/\1>/gs, "");
}

function expectChanges(of: Trace, by: LoadedModel): void {
  for (const scene of scenes) {
    const beats = scene.lacks?.(of) ? [] : played(scene, of);
    const [first] = beats;
    let before = first ? picture(scene, first, of, by) : "";
    if (first) expect(picture(scene, first, of, by), scene.name).toBe(before);
    for (const beat of beats.slice(1)) {
      const now = picture(scene, beat, of, by);
      expect(now === before, `${scene.name}: moment ${beat.index + 1} changes nothing`).toBe(false);
      before = now;
    }
  }
}

test("every moment that a scene plays changes its picture", () => {
  expectChanges(trace, model);
});

test.each([
  ["bahdanau2014", {}],
  ["sutskever2014", { layers: 2, encoderLayers: 2 }],
  ["cho2014", {}],
  ["nmt-wmt16-gnmt-4-layer", { layers: 2, encoderLayers: 2 }],
] as const)("that is so with %s", async (preset, changes) => {
  const random = await RandomModel.create(preset, { hidden: 12, attentionHidden: 5, ...changes });
  try {
    expectChanges(await random.trace("a b d", { beam: 2, maxLength: 3 }), random);
  } finally {
    await random.release();
  }
});

test.each(["xu2015", "luong2015"])("that is so where %s reads a picture", async (preset) => {
  const { model: reader, source } = await pictureModel(preset, {});
  try {
    expectChanges(await reader.trace(source, { beam: 2, maxLength: 3 }), reader);
  } finally {
    await reader.release();
  }
});

test("every scene plays something, but for the two that tell of no translation", () => {
  const still = scenes.filter((scene) => played(scene, trace).length === 0);
  expect(still.map(({ name }) => name)).toEqual(["bottleneck", "learning"]);
});

test("the first scene shows in less than 12 seconds what goes in and what comes out", () => {
  const beats = played(sceneNamed("black-box"), trace);
  const items = trace.source.tokens.length + trace.steps.length;
  expect([trace.source.tokens.length, trace.steps.length]).toEqual([4, 6]);
  expect(beats).toHaveLength(1 + items);
  expect(secondsOf(beats)).toBeLessThan(12);
});

test("the matrices play one moment for each word that is written", () => {
  for (const name of ["where-it-looks", "focus", "alignment", "what-if"])
    expect(played(sceneNamed(name), trace), name).toHaveLength(trace.steps.length);
});

test("no scene speaks of what only a later one explains", () => {
  const attention = sceneNames.indexOf("where-it-looks");
  for (const scene of scenes.filter(({ number }) => number <= attention)) {
    for (const beat of played(scene, trace)) {
      const caption = captionOf(trace, endOf(beat), "en", scene.captions);
      expect(caption, scene.name).not.toMatch(/softmax|score|weight|probability|feed-forward/i);
    }
  }
});

test("a moment is told in both languages", () => {
  for (const scene of scenes) {
    for (const beat of played(scene, trace)) {
      const [english, chinese] = (["en", "zh"] as const).map((locale) =>
        captionOf(trace, endOf(beat), locale, scene.captions),
      ) as [string, string];
      expect(english, scene.name).toMatch(/^[A-Z“]/);
      expect(chinese, scene.name).toMatch(/[\u4e00-\u9fff]/);
    }
  }
});
