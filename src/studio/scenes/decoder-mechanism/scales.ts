/** @file The colour scales of the vectors in the picture. */

import { wiringOf } from "../../../models/wiring.ts";
import { largestOf } from "../../../tensor/extremes.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Role } from "../../scale/color.ts";
import { domainOf } from "../../scale/domain.ts";
import type { StripPart } from "./parts.ts";

/** All decoder states have one scale, those that the encoder gave among them. */
function stateScale(trace: Trace): number {
  const { decoder } = wiringOf(trace.model);
  return largestOf([
    ...decoder.flatMap(({ name, output }) => [
      domainOf(trace, "decoder", `${name}.hidden_state`),
      domainOf(trace, "decoder", output.tensor),
    ]),
    ...decoder
      .map(({ states }) => states[0]?.first ?? "")
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
  if (name === "fed")
    return domainOf(trace, "decoder", wiringOf(trace.model).inputFeed?.tensor ?? "");
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
  const { attention, summary, readout } = wiringOf(trace.model);
  const hasReadout = readout.context !== null || trace.model.outputRank > 0;
  const scale = (role: "embedding" | "decoder" | "context" | "score", tensor: string) => ({
    role,
    name: names[role],
    domain: scaleOf(trace, { role, tensor, name: "readout" }),
  });
  const memory = domainOf(trace, "encoder", "memory");
  return [
    scale("embedding", "embedding"),
    scale("decoder", ""),
    ...(attention
      ? [
          { role: "encoder" as const, name: names.encoder, domain: memory },
          scale("context", "context"),
        ]
      : []),
    ...(summary ? [scale("context", "summary")] : []),
    ...(hasReadout ? [scale("score", "readout")] : []),
  ];
}
