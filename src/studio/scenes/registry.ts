/** @file All scenes, in the order of the story. */

import { type SceneName, sceneNames, sceneNumber } from "../words/scenes.ts";
import { scene as alignment } from "./alignment/index.ts";
import { scene as allStates } from "./all-states/index.ts";
import { scene as beamTree } from "./beam/index.ts";
import { scene as blackBox } from "./black-box/index.ts";
import { scene as bottleneck } from "./bottleneck/index.ts";
import { scene as contextVector } from "./context-vector/index.ts";
import { scene as decoderMechanism } from "./decoder-mechanism/index.ts";
import { scene as embeddings } from "./embeddings/index.ts";
import { scene as encoderDecoder } from "./encoder-decoder/index.ts";
import { scene as fiveMoves } from "./five-moves/index.ts";
import { scene as focus } from "./focus/index.ts";
import { scene as hiddenStates } from "./hidden-states/index.ts";
import { scene as learning } from "./learning/index.ts";
import { scene as recurrentStep } from "./recurrent-step/index.ts";
import type { Scene, SceneDefinition } from "./scene.ts";
import { scene as translation } from "./translation/index.ts";
import { scene as unrolled } from "./unrolled/index.ts";
import { scene as whatIf } from "./what-if/index.ts";
import { scene as whereItLooks } from "./where-it-looks/index.ts";
import { scene as whichWord } from "./which-word/index.ts";

const definitions: Readonly<Record<SceneName, SceneDefinition>> = {
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
  beam: beamTree,
  "what-if": whatIf,
  bottleneck,
  learning,
};

export const scenes: readonly Scene[] = sceneNames.map((name) => ({
  ...definitions[name],
  name,
  number: sceneNumber(name),
}));
