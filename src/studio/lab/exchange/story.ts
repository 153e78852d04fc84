/** @file A run of the lab as a model of the story. */

import { labRecords } from "../../../lab/exchange/labRecords.ts";
import type { LabFiles } from "../../../lab/messages.ts";
import { modelFiles } from "../../../modelFolder/modelFolder.ts";
import type { ModelEntry } from "../../../modelFolder/modelList.ts";
import { mostSamples } from "../../../modelFolder/samples.ts";
import type { WatchedLine } from "../../../modelFolder/trainingRecords.ts";
import type { ModelSizes } from "../../../models/configuration.ts";
import { writePlace } from "../../state/address.ts";
import { type OwnModel, ownModels } from "../../state/ownModels.svelte.ts";
import { firstExample } from "../../state/pictures.ts";
import { inLocale, preferences } from "../../state/preferences.svelte.ts";
import type { Translated } from "../../text/translated.ts";
import type { LabRun } from "../state/labRun.svelte.ts";
import { exchangeText } from "./text.ts";

/** What is to be opened. */
export interface Opened {
  readonly run: LabRun;
  /** What the run learns. */
  readonly task: Translated<string>;
  /** The address of the lab that shows the run, "#" included. */
  readonly address: string;
}

/**
 * Takes the model of a run, as it is now or at a checkpoint, and puts it among the models of the story. The run goes on.
 *
 * @throws an error for `faultWords`.
 */
export async function takeModel(opened: Opened, checkpoint?: number): Promise<OwnModel> {
  const { run, task, address } = opened;
  const { step, files } = await run.port.ask(
    "model",
    checkpoint === undefined ? {} : { step: checkpoint },
  );
  const { begun, steps, looks } = run;
  const records = begun
    ? labRecords({ begun, steps, looks, lines: await linesOf(run) }, step)
    : new Map();
  const all: LabFiles = new Map([...files, ...records]);
  const title = (): string => inLocale(exchangeText).titleOf(inLocale(task), step);
  return ownModels.add(
    title(),
    (name, path): ModelEntry => ({
      name,
      path,
      // In the language of the page, also after that has changed.
      get title() {
        return title();
      },
      card: { examples: (run.look?.watched ?? []).map(({ source }) => source) },
      samples: (begun?.shown ?? []).slice(0, mostSamples),
      sizes: sizesIn(all),
      hasTraining: looks.length > 0,
      hasMetrics: looks.length > 0,
      hasWatched: looks.length > 0,
      bytes: all.get(modelFiles.weights)?.length ?? 0,
    }),
    {
      files: all,
      origin: {
        run,
        address,
        step,
        now: () => ({
          step: run.step,
          isRunning: run.status === "running" && !run.isClosed,
          isEnded: run.isClosed,
        }),
        refresh: () => takeModel(opened),
      },
    },
  );
}

/** How checkpoints see the longest of the shown pairs. */
async function linesOf({ begun, port }: LabRun): Promise<readonly WatchedLine[]> {
  const pairs = (begun?.shown ?? [])
    .toSorted((one, other) => other.source.length - one.source.length)
    .slice(0, recordedPairs);
  if (pairs.length === 0) return [];
  return (await port.ask("records", { pairs })).lines;
}
const recordedPairs = 3;

/** The address of the story of a model. */
export function storyAddress({ entry }: OwnModel): string {
  return writePlace({
    model: entry.name,
    text: firstExample(entry),
    locale: preferences.locale,
  });
}

function sizesIn(files: LabFiles): ModelSizes | null {
  const config = JSON.parse(new TextDecoder().decode(files.get(modelFiles.config))) as {
    readonly model: ModelSizes;
  };
  return config.model;
}
