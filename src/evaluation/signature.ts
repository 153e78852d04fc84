/** The version that a signature names; sacreBLEU's own number would claim its program was run. */
export const scorerVersion = "seq2see-0.1.0";

/** Yields what a score depends on in sacreBLEU's form, `nrefs:1|case:mixed|…|version:…`. */
export function signatureOf(fields: Readonly<Record<string, string | number>>): string {
  return [...Object.entries(fields), ["version", scorerVersion]]
    .map(([name, value]) => `${name}:${value}`)
    .join("|");
}
