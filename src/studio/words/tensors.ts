import { wiringOf } from "../../models/wiring.ts";
import { isolated } from "../../text/direction.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Pick } from "../state/selection.svelte.ts";
import { spelled } from "../text/spelling.ts";
import type { Translated } from "../text/translated.ts";

const names: readonly (readonly [RegExp, string, string])[] = [
  [/(^|[._])embedding$/, "word embedding", "词向量"],
  [/^source_convolution$/, "convolution of word embeddings", "词向量的卷积"],
  [/input_gate$/, "input gate", "输入门"],
  [/forget_gate$/, "forget gate", "遗忘门"],
  [/output_gate$/, "output gate", "输出门"],
  [/reset_gate$/, "reset gate", "重置门"],
  [/update_gate$/, "update gate", "更新门"],
  [/candidate$/, "candidate", "候选值"],
  [/cell_state$/, "cell state", "单元状态"],
  [/^decoder.*output$/, "output of a decoder layer", "解码器层的输出"],
  [/^encoder.*output$/, "output of an encoder layer", "编码器层的输出"],
  [/^decoder.*hidden_state$/, "decoder hidden state", "解码器隐藏状态"],
  [/hidden_state$/, "encoder hidden state", "编码器隐藏状态"],
  [/^memory$/, "encoder state", "编码器状态"],
  [/^joined\./, "states of both directions", "两个方向的状态"],
  [/^keys$/, "key of an encoder state", "编码器状态的键"],
  [/^state\./, "initial decoder state", "解码器初始状态"],
  [/^summary$/, "summary of the source", "源句的摘要"],
  [/centre$/, "centre of the window", "窗口的中心"],
  [/aligned$/, "softmax within the window", "窗口内的 softmax"],
  [/projected_query$/, "query", "查询向量"],
  [/scores$/, "attention score", "注意力分数"],
  [/own_weights$/, "the model's own attention weight", "模型自己的注意力权重"],
  [/weights$/, "attention weight", "注意力权重"],
  [/^weighted$/, "encoder state times its weight", "乘以权重的编码器状态"],
  [/^context_gate$/, "gate on the context", "上下文的门"],
  [/^gated_context$/, "context after the gate", "经过门的上下文"],
  [/^context$/, "context", "上下文向量"],
  [/^attentional_vector$/, "attentional vector", "注意力向量"],
  [/^readout\.sums$/, "sum before the readout", "读出之前的和"],
  [/^readout\.units$/, "readout before the factor", "乘因子之前的读出向量"],
  [/^readout$/, "readout", "读出向量"],
  [/^logits$/, "logit", "logit"],
  [/^log_probabilities$/, "log-probability", "对数概率"],
];

/** What a number of a trace is called, with the layer, the direction and the token that it belongs to. */
export function tensorName(pick: Pick, trace: Trace): Translated<string> {
  const { tensor } = pick;
  const [, en, zh] = names.find(([pattern]) => pattern.test(tensor)) ?? [null, tensor, tensor];
  const where = placeOf(tensor, trace);
  const of = wordsOf(pick, trace).map((token) => isolated(spelled(token)));
  return {
    en: [`${en}${where.en}`, ...of.map((token) => `at “${token}”`)].join(", "),
    zh: `${zh}${where.zh}${of.map((token) => `（“${token}”处）`).join("")}`,
  };
}

/** The direction, where there are two, and the layer, where there are several. */
function placeOf(tensor: string, { model }: Trace): Translated<string> {
  const [, , layer, direction] =
    /^(encoder|decoder)\.(\d+)\.(?:(forward|backward)\.)?/.exec(tensor) ?? [];
  const en = direction === undefined ? "" : `, ${direction}`;
  const zh = { forward: "，正向", backward: "，反向" }[direction ?? ""] ?? "";
  const count = tensor.startsWith("encoder") ? wiringOf(model).encoder.length : model.layers;
  if (layer === undefined || count === 1) return { en, zh };
  const number = Number(layer) + 1;
  return { en: `${en}, layer ${number}`, zh: `${zh}，第 ${number} 层` };
}

/** The tokens that a number belongs to: of the source, of the vocabulary, and of the step. */
function wordsOf({ tensor, side, step, index, row }: Pick, trace: Trace): string[] {
  const { tokens } = trace.source;
  if (side === "encoder" || tensor.startsWith("state.")) {
    // What is handed over belongs to no token.
    return [/^state\.|^summary$/.test(tensor) ? undefined : tokens[step]].filter(
      (token) => token !== undefined,
    );
  }
  const recorded = trace.steps[step];
  if (!recorded) return [];
  const found: (string | undefined)[] = [];
  if (/scores$|weights$|aligned$/.test(tensor)) found.push(tokens[index]);
  if (row !== undefined) found.push(tokens[row]);
  if (/^logits$|^log_probabilities$/.test(tensor)) {
    found.push(recorded.candidates.find(({ id }) => id === index)?.token);
  }
  found.push(tensor === "embedding" ? recorded.input : recorded.output);
  return found.filter((token) => token !== undefined);
}
