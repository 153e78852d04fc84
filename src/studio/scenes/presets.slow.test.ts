/** Every preset opens in every scene that applies to it, in both languages. */

import { render } from "svelte/server";
import { describe, expect, test } from "vitest";
import { pictureModel } from "../../../test/support/pictureModel.ts";
import { RandomModel } from "../../../test/support/randomModel.ts";
import { tokenPresets } from "../../../test/support/tokenPresets.ts";
import type { LoadedModel } from "../../library/loadedModel.ts";
import type { ConfigurationChanges, ModelConfiguration } from "../../models/configuration.ts";
import { presets } from "../../models/configuration.ts";
import type { Trace } from "../../trace/trace.ts";
import { vectorAt } from "../scale/domain.ts";
import { disclosed, foldedNames } from "../state/disclosed.svelte.ts";
import { preferences } from "../state/preferences.svelte.ts";
import { Session } from "../state/session.svelte.ts";
import { beatsOf } from "../timeline/beats.ts";
import { type Moment, positionAt, script } from "../timeline/script.ts";
import { captionOf } from "../words/captions.ts";
import { mechanismLayout } from "./decoder-mechanism/layout.ts";
import { movesOf, moveText } from "./decoder-mechanism/moves.ts";
import { scenes } from "./registry.ts";
import type { Scene } from "./scene.ts";

/** A preset with few units and at most four layers. */
function sizesOf(name: string): ConfigurationChanges {
  const { layers, encoderLayers, outputRank } = presets[name] as ModelConfiguration;
  return {
    hidden: 12,
    attentionHidden: 5,
    window: 2,
    layers: Math.min(layers, 4),
    encoderLayers: Math.min(encoderLayers, 4),
    ...(outputRank > 0 && { outputRank: 4 }),
  };
}

const sequential: ConfigurationChanges = {
  bidirectional: false,
  bridge: "copy",
  encoderHidden: 12,
  hidden: 12,
};

const models: [string, ConfigurationChanges][] = [
  ...tokenPresets.map((name): [string, ConfigurationChanges] => [name, sizesOf(name)]),
  ["luong2015", { cell: "rnn", attention: "location", locations: 3, bridge: "zero" }],
  ["bahdanau2014", { cell: "rnn", cellBias: false, attentionScope: "local-m", window: 1 }],
  ["nmt-wmt16-gnmt-4-layer", { layers: 4, encoderLayers: 4, upperContext: "previous" }],
  ["nmt-wmt16-gnmt-4-layer", { layers: 1, encoderLayers: 1 }],
  ["cho2014", { layers: 2, resetGate: "after", startInput: "zero" }],
  ["bahdanau2014", { layers: 2, encoderLayers: 2, bridge: "linear", readoutState: "current" }],
  [
    "bahdanau2014",
    { ...sequential, layers: 2, queryLayer: "top", upperContext: "none", readout: "none" },
  ],
  ["bahdanau2014", { attention: "biasedAdditive", bridge: "linear", readout: "concat" }],
  ["luong2015", { inputFeeding: false, readout: "concat", sourceEnd: true, sourceConvolution: 2 }],
  ["rnnencdec2014", { ...sequential, layers: 2, upperContext: "none", readout: "concat" }],
  ["luong2015", { bridgeActivation: "none", bridgeBias: false, sourceStart: true }],
];

/** What a scene shows at the first of its moments of each kind, or only at its last, as it is written into a page. */
function pictures(scene: Scene, trace: Trace, model: LoadedModel, isShort: boolean): string[] {
  const moments = script(trace);
  const beats = beatsOf(scene.plays?.(trace) ?? [], moments, trace);
  const session = Object.assign(new Session(), { model, trace, text: trace.source.text });
  const kinds = new Set<string>();
  const played =
    beats.length > 0 ? beats.flatMap(({ parts }) => parts) : [{ moment: moments.at(-1) as Moment }];
  const shown = played
    .map(({ moment }) => moment)
    .filter(({ kind, layer }) => {
      const key = `${kind} ${layer}`;
      const isNew = !kinds.has(key);
      kinds.add(key);
      return isNew;
    });
  for (const moment of shown) {
    const caption = captionOf(trace, moment, preferences.locale, scene.captions);
    expect(mistakes.exec(caption)?.[0], caption).toBeUndefined();
    expect(caption.length).toBeGreaterThan(3);
  }
  return (isShort ? shown.slice(-1) : shown).map((moment) => {
    const position = positionAt(moment, trace);
    const props = { trace, session, models: [], moments, moment, progress: 0.8, position };
    return render(scene.component, { props: { ...props, width: 900, show: () => undefined } }).body;
  });
}

/** What must not be read in a page. */
const mistakes = /NaN|undefined|Infinity|\[object/;

/** Everything is unfolded, as a reader may have it. */
for (const name of foldedNames) disclosed.set(name, true);

/** Opens a translation in every scene, in both languages; yields the scenes that have something to show. */
function openAll(trace: Trace, model: LoadedModel): string[] {
  const shown = new Set<string>();
  try {
    for (const locale of ["en", "zh"] as const) {
      preferences.locale = locale;
      for (const scene of scenes.filter(({ isOfTraining }) => !isOfTraining)) {
        const lack = scene.lacks?.(trace);
        if (lack) {
          expect(lack[locale].length).toBeGreaterThan(8);
          continue;
        }
        shown.add(scene.name);
        for (const body of pictures(scene, trace, model, locale === "zh")) {
          expect(mistakes.exec(body)?.[0], `${scene.name} (${locale})`).toBeUndefined();
          expect(body.length).toBeGreaterThan(200);
        }
      }
    }
  } finally {
    preferences.locale = "en";
  }
  return [...shown];
}

describe("a picture", () => {
  const ofAll = ["black-box", "translation", "encoder-decoder", "context-vector", "embeddings"];
  const ofEncoders = ["recurrent-step", "hidden-states", "unrolled", "all-states"];
  const ofAttention = ["where-it-looks", "five-moves", "decoder-mechanism", "focus", "alignment"];
  const ofDecoders = ["which-word", "beam", "what-if"];
  const plain = { attention: "none", inputFeeding: false } as const;
  test.each<[string, ConfigurationChanges, readonly string[]]>([
    ["xu2015", {}, [...ofAll, ...ofAttention, ...ofDecoders]],
    ["xu2015", { layers: 2, cell: "gru" }, [...ofAll, ...ofAttention, ...ofDecoders]],
    ["luong2015", {}, [...ofAll, ...ofEncoders, ...ofAttention, ...ofDecoders]],
    ["luong2015", plain, [...ofAll, ...ofEncoders, "decoder-mechanism", ...ofDecoders]],
  ])("opens in the scenes that apply to %s %o", async (preset, changes, expected) => {
    const { model, source } = await pictureModel(preset, changes);
    try {
      expect(openAll(await model.trace(source, { beam: 2, maxLength: 3 }), model)).toEqual(
        expected,
      );
    } finally {
      await model.release();
    }
  });
});

describe.each(models)("%s %o", (preset, changes) => {
  test("opens in every scene", async () => {
    const model = await RandomModel.create(preset, changes);
    try {
      expect(openAll(await model.trace("a b d", { maxLength: 3 }), model)).toContain("beam");
    } finally {
      await model.release();
    }
  });

  test("draws and tells a decoder step with what the trace has", async () => {
    const model = await RandomModel.create(preset, changes);
    try {
      const trace = await model.trace("a b d", { maxLength: 3 });
      trace.steps.forEach(({ input, output }, step) => {
        for (const { tensor, side, step: at } of mechanismLayout(trace.model, step, 900).strips) {
          expect(vectorAt(trace, side, tensor, at).length, tensor).toBeGreaterThan(0);
        }
        const told = { model: trace.model, step: step + 1, input, output, isLast: false };
        for (const words of [moveText.en, moveText.zh]) {
          const says = movesOf(words, told).map((move) => move.says);
          expect(says.join(" ")).not.toMatch(mistakes);
          expect(says.every((sentence) => /[.。]$/.test(sentence))).toBe(true);
        }
      });
    } finally {
      await model.release();
    }
  });
});
