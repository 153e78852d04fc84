/** @file Records exact results of the library: translations, scores, traces, encodings, nearest words. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Seq2Seq } from "../../src/index.ts";
import type { Results } from "./recordedHash.ts";
import { ofData } from "./recordedHash.ts";
import type { Place } from "./recordedProgram.ts";
import { runs } from "./recordedRuns.ts";

type Library = typeof import("../../src/index.ts");
type Source = Parameters<Seq2Seq["translate"]>[0];

/** Names of options may change, but not their effect. */
const optionNames = ["model", "options"];

/** A model and its inputs. */
interface Asked {
  readonly name: string;
  readonly folder: string;
  readonly sources: readonly string[];
  readonly target: string;
}

/** Writes the evaluation dates of `models/dates`. */
export async function writeDates(place: Place): Promise<void> {
  const { writeDateSamples } = await libraryOf(place);
  await writeDateSamples(join(place.folder, "dates"), { train: 50, dev: 40, seed: 5 });
}

/** Records the library's results for the models of seq2see and of {@link recordRuns}. */
export async function recordLibrary(place: Place): Promise<Results> {
  const library = await libraryOf(place);
  const results: [string, Results[string]][] = [];
  for (const asked of models(place)) {
    const model = await library.Seq2Seq.load(asked.folder, { threads: 1 });
    for (const [kind, value] of Object.entries(await answers(model, asked))) {
      results.push([`library/${asked.name}/${kind}`, ofData(value, optionNames)]);
    }
    await model.release();
  }
  const members = ["luong2015-paper", "bahdanau2014"].map((name) => join(place.folder, name));
  for (const average of ["probabilities", "logits"] as const) {
    const ensemble = await library.Seq2SeqEnsemble.load(members, { average, threads: 1 });
    const found = await ensemble.translate("le chat noir dort", { beam: 4, nBest: 4 });
    const scores = await ensemble.score([{ source: "le chat noir", target: "NOIR CHAT LE" }]);
    results.push([`library/ensemble/${average}`, ofData({ found, scores })]);
    await ensemble.release();
  }
  return Object.fromEntries(results);
}

function libraryOf({ checkout }: Place): Promise<Library> {
  return import(pathToFileURL(join(checkout, "dist/index.js")).href) as Promise<Library>;
}

function models({ checkout, folder, isQuick }: Place): Asked[] {
  const own = (name: string, sources: readonly string[], target: string): Asked => ({
    name,
    folder: join(checkout, "models", name),
    sources,
    target,
  });
  const french = ["Le chat noir dort sur le vieux canapé.", "Deux chiens jouent dans la neige ."];
  const trained = runs
    .filter(({ isQuick: isAlsoQuick }) => !isQuick || isAlsoQuick)
    .map(({ name, data = "text" }) => ({
      name: `trained-${name}`,
      folder: join(folder, name),
      sources:
        data === "text"
          ? ["le chat noir dort sur ce pont", "la pluie tombe"]
          : [0, 1].map((number) =>
              join(folder, `sources/${data}Dev${number}.${data === "arrays" ? "npy" : "png"}`),
            ),
      target: data === "text" ? "PONT CE SUR DORT" : "abcd",
    }));
  if (isQuick) return [own("dates", ["3 mars 1998", "July 4th, 2021"], "1998-03-04"), ...trained];
  const pictures = ["rocket.png", "man-student.png"].map((file) =>
    join(checkout, "models/captions/examples", file),
  );
  return [
    own("fr-en", french, "The black cat sleeps."),
    own("fr-en-no-attention", french, "The black cat sleeps."),
    own("dates", ["3 mars 1998", "July 4th, 2021"], "1998-03-04"),
    own("captions", pictures, "rocket"),
    ...trained,
  ];
}

/** The results of a model, by kind. */
async function answers(model: Seq2Seq, asked: Asked): Promise<Record<string, unknown>> {
  const isText = !asked.sources.some((path) => /\.(png|npy)$/.test(path));
  const sources: Source[] = isText
    ? [...asked.sources]
    : await Promise.all(asked.sources.map((path) => readFeatures(model, path)));
  const [source] = sources as [Source, ...Source[]];
  const search = { beam: 4, nBest: 4, ...upTo(14) };
  const { ids } = model.targetTokenizer.encode(asked.target);
  const found = await model.trace(source, search);
  const width = found.source.tokens.length;
  const rising = Array.from({ length: width }, (_, at) => (2 * (at + 1)) / (width * (width + 1)));
  const attention = found.model.attention === "none" ? new Map() : new Map([[1, rising]]);
  const neighbour = ids[0] as number;
  return {
    translations: await model.translateAll(sources, search),
    scores: await model.score(sources.map((each) => ({ source: each, target: asked.target }))),
    encoded: await model.encode(sources),
    neighbours: {
      target: await model.embeddingNeighbours("target", neighbour, 8),
      source: isText ? await model.embeddingNeighbours("source", 7, 8) : null,
    },
    trace: found,
    "trace-of-another": await model.trace(source, { ...search, hypothesis: 1 }),
    "trace-prefix": await model.trace(source, { prefix: ids.slice(0, 2), ...upTo(8) }),
    "trace-target": await model.trace(source, { target: ids }),
    "trace-attention": await model.trace(source, {
      prefix: ids.slice(0, 1),
      ...upTo(8),
      attention,
    }),
    tokens: [
      model.sourceTokenizer.size,
      model.targetTokenizer.size,
      readFileSync(join(asked.folder, "target.tokenizer.json"), "utf8"),
    ],
  };
}

/** The maximum length, with an option name that all versions read. */
const upTo = (maximumLength: number): object => ({ maximumLength });

/** A file of features, by its name without folders, which differ from record to record. */
async function readFeatures(model: Seq2Seq, path: string): Promise<Source> {
  return { ...(await model.readSource(path)), name: basename(path) };
}
