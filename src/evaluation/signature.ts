/** The version in a signature; sacreBLEU's own number would claim that its program was run. */
export const scorerVersion = "seq2see-0.1.0";

/** Returns the parameters of a score in sacreBLEU's format, `nrefs:1|case:mixed|…|version:…`. */
export function signatureOf(fields: Readonly<Record<string, string | number>>): string {
  return [...Object.entries(fields), ["version", scorerVersion]]
    .map(([name, value]) => `${name}:${value}`)
    .join("|");
}
