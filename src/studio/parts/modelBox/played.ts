/** @file What the scenes of the closed box play. */

import type { Played } from "../../timeline/beats.ts";
import { decoderKinds } from "../../timeline/script.ts";

/** Items go in, others come out. What happens in between is the box's secret, which is over soon. */
export const closedBox: readonly Played[] = [
  {
    times: { begin: 700, embed: 1600, encode: 800 },
    // The layers above the first read nothing of the source.
    isPlayed: ({ layer }) => layer === null || layer === 0,
  },
  { times: { ...Object.fromEntries(decoderKinds.map((kind) => [kind, 60])), choose: 600 } },
];
