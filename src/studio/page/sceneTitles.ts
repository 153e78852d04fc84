/** @file The titles of the scenes, without their pictures: for the page's own HTML. */

import { text as alignment } from "../scenes/alignment/text.ts";
import { text as allStates } from "../scenes/all-states/text.ts";
import { text as beam } from "../scenes/beam/text.ts";
import { text as blackBox } from "../scenes/black-box/text.ts";
import { text as bottleneck } from "../scenes/bottleneck/text.ts";
import { text as contextVector } from "../scenes/context-vector/text.ts";
import { text as decoderMechanism } from "../scenes/decoder-mechanism/text.ts";
import { text as embeddings } from "../scenes/embeddings/text.ts";
import { text as encoderDecoder } from "../scenes/encoder-decoder/text.ts";
import { text as fiveMoves } from "../scenes/five-moves/text.ts";
import { text as focus } from "../scenes/focus/text.ts";
import { text as hiddenStates } from "../scenes/hidden-states/text.ts";
import { text as learning } from "../scenes/learning/text.ts";
import { text as recurrentStep } from "../scenes/recurrent-step/text.ts";
import { text as translation } from "../scenes/translation/text.ts";
import { text as unrolled } from "../scenes/unrolled/text.ts";
import { text as whatIf } from "../scenes/what-if/text.ts";
import { text as whereItLooks } from "../scenes/where-it-looks/text.ts";
import { text as whichWord } from "../scenes/which-word/text.ts";
import type { Translated } from "../text/translated.ts";
import { type SceneName, sceneNames, sceneNumber } from "../words/scenes.ts";

const texts: Readonly<Record<SceneName, Translated<{ readonly title: string }>>> = {
  "black-box": blackBox,
  translation,
  "encoder-decoder": encoderDecoder,
  "context-vector": contextVector,
  embeddings,
  "recurrent-step": recurrentStep,
  "hidden-states": hiddenStates,
  unrolled,
  "all-states": allStates,
  "where-it-looks": whereItLooks,
  "five-moves": fiveMoves,
  "decoder-mechanism": decoderMechanism,
  focus,
  alignment,
  "which-word": whichWord,
  beam,
  "what-if": whatIf,
  bottleneck,
  learning,
};

/** The scenes in the order of the story, with their numbers. */
export const sceneTitles: readonly {
  readonly name: SceneName;
  readonly number: number;
  readonly title: Translated<string>;
}[] = sceneNames.map((name) => {
  const { en, zh } = texts[name];
  return { name, number: sceneNumber(name), title: { en: en.title, zh: zh.title } };
});
