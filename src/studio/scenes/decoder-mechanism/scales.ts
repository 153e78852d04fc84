/** @file The colour scales of the vectors in the picture. */

import { largestOf } from "../../../tensor/extremes.ts";
import type { Trace } from "../../../trace/trace.ts";
import { decoderLayers, firstState, hasSummary, outputOf } from "../../explain/structure.ts";
import type { Role } from "../../scale/color.ts";
import { domainOf } from "../../scale/domain.ts";
import { fedTensor, type StripPart } from "./parts.ts";

/** All decoder states have one scale, those that the encoder gave among them. */
function stateScale(trace: Trace): number {
  const { model } = trace;
  return largestOf([
    ...decoderLayers(model).flatMap((layer) => [
      domainOf(trace, "decoder", `decoder.${layer}.hidden_state`),
      domainOf(trace, "decoder", outputOf(model, `decoder.${layer}`, layer)),
    ]),
    ...decoderLayers(model)
      .map((layer) => firstState(model, layer))
      .filter((name) => trace.encoder.tensors[name])
      .map((name) => domainOf(trace, "encoder", name)),
  ]);
}

/** The size of number that has a strip's full colour. */
export function scaleOf(
  trace: Trace,
  { role, tensor, name }: Pick<StripPart, "role" | "tensor" | "name">,
): number {
  if (role === "decoder") return stateScale(trace);
  if (name === "fed") return domainOf(trace, "decoder", fedTensor(trace.model));
  if (tensor === "summary") return domainOf(trace, "encoder", tensor);
  if (role === "score") {
    const tensors = ["attentional_vector", "readout.sums", "readout.units", "readout"];
    const known = tensors.filter((other) => trace.steps[0]?.tensors[other]);
    return largestOf(known.map((other) => domainOf(trace, "decoder", other)));
  }
  return domainOf(trace, "decoder", tensor);
}

/** The legend's scales: those that the model has something of. */
export function scalesOf(
  trace: Trace,
  names: Readonly<Record<"embedding" | "encoder" | "decoder" | "context" | "score", string>>,
): { readonly role: Role; readonly name: string; readonly domain: number }[] {
  const hasAttention = trace.model.attention !== "none";
  const hasReadout = trace.model.readout !== "none" || trace.model.outputRank > 0;
  const scale = (role: "embedding" | "decoder" | "context" | "score", tensor: string) => ({
    role,
    name: names[role],
    domain: scaleOf(trace, { role, tensor, name: "readout" }),
  });
  const memory = domainOf(trace, "encoder", "memory");
  return [
    scale("embedding", "embedding"),
    scale("decoder", ""),
    ...(hasAttention
      ? [
          { role: "encoder" as const, name: names.encoder, domain: memory },
          scale("context", "context"),
        ]
      : []),
    ...(hasSummary(trace.model) ? [scale("context", "summary")] : []),
    ...(hasReadout ? [scale("score", "readout")] : []),
  ];
}
