import type { Translated } from "../../../text/translated.ts";

type GroupName = Translated<string>;

/** What the phrases of a group are about. */
export const groupNames = {
  times: { en: "times", zh: "时间" },
  places: { en: "places", zh: "地点" },
  amounts: { en: "amounts", zh: "数量" },
  people: { en: "people", zh: "人物" },
  questions: { en: "questions", zh: "问句" },
  requests: { en: "requests", zh: "请求" },
  feelings: { en: "states and feelings", zh: "状态与感受" },
  parliament: { en: "parliament", zh: "议会" },
  examples: { en: "the model's examples", zh: "模型自带的例句" },
} as const satisfies Record<string, GroupName>;

/** Phrases that have something in common. */
export interface PhraseGroup {
  readonly name: Translated<string>;
  readonly phrases: readonly string[];
}
