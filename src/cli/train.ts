import type { Command } from "commander";
import { isMember, workAsMember } from "../training/node/mpi/rankedTraining.ts";
import { train } from "../training/node/train.ts";
import type { TrainOptions } from "../training/plan/options.ts";
import type { EvaluationResult } from "../training/run/events.ts";
import { endingWithRankZero } from "./rankSignals.ts";
import { endLines } from "./trainingEnd.ts";
import { withTrainingHooks } from "./trainingHooks.ts";
import { addTrainOptions, trainRequest } from "./trainOptions.ts";

const examples = `
Examples:
  A tab-separated file of pairs, source first; 5 % of the pairs are held out to decide which weights are kept:
    $ seq2see train --data pairs.tsv --out my-model --minutes 30
  The same with a dev set of your own, or without one:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --minutes 30
    $ seq2see train --data pairs.tsv --no-dev --out my-model --epochs 10
  A CSV file from a spreadsheet, or JSON Lines, with named columns:
    $ seq2see train --data pairs.csv --columns french,english --out my-model --epochs 10
    $ zcat pairs.jsonl.gz | seq2see train --data - --format jsonl --columns fr,en --out my-model --epochs 10
  French to English, from a file of manythings.org/anki (English, French, attribution):
    $ seq2see train --data fra.txt --columns 2,1 --out french --lowercase --epochs 10
  Two files, of which an epoch takes all pairs and a further 30 %; the last 15 % of the run on the first alone:
    $ seq2see train --data pairs.tsv --data more.tsv --weights 1,0.3 --finish-weights 1,0 --out my-model --epochs 10
  Chinese to English; traditional characters, half-width punctuation and spaces are read as printed Chinese:
    $ seq2see train --data zh-en.tsv --normalize zh --out chinese --minutes 60
  Two aligned files, with characters as tokens:
    $ seq2see train --source words.txt --target phones.txt --tokenizer char --out say --epochs 20
  Bahdanau's model, or Luong's with local attention over 2×5 + 1 tokens:
    $ seq2see train --data pairs.tsv --preset bahdanau2014 --out search --epochs 5
    $ seq2see train --data pairs.tsv --attention-scope local-p --window 5 --out local --epochs 5
  The same preset with and without attention:
    $ seq2see train --data pairs.tsv --preset bahdanau2014 --attention none --out plain --epochs 5
  tensorflow/nmt's model for IWSLT 2015, with its learning rates and 12,000 steps:
    $ seq2see train --source train.en --target train.vi --preset nmt-iwslt15 --out iwslt
  Pretrained word vectors for a vocabulary of words; they set --embedding:
    $ seq2see train --data pairs.tsv --dev dev.tsv --tokenizer word:20000 --source-embeddings cc.fr.300.vec.gz --out my-model
  Image captions, "show, attend and tell"; the first column names PNG files, relative to the table:
    $ seq2see train --data captions.tsv --dev dev.tsv --preset xu2015 --patches 8 --tokenizer word:8000 --out captions
  Feature arrays [positions, features] from another network (.npy, .safetensors), read by a recurrent encoder:
    $ seq2see train --data frames.tsv --source-input features --out listen --epochs 20
  Fine-tune a model on other pairs, with a lower learning rate:
    $ seq2see train --data ours.tsv --dev dev.tsv --from my-model --out ours --learning-rate 0.0003
  Guide attention with word alignments, and keep checkpoints to average:
    $ seq2see train --data pairs.tsv --dev dev.tsv --out my-model --guided-alignment pairs.links --keep-checkpoints 5
    $ seq2see average --model my-model/training/checkpoints/* --out averaged
  Evaluate after each epoch, so that the run can be reproduced bit by bit, and keep the weights with the best BLEU:
    $ seq2see train --data pairs.tsv --out my-model --evaluate-every epoch --keep-best bleu
  Show ten dev sentences with their translations at each evaluation, in a file (in a terminal, only what fits into a row):
    $ seq2see train --data pairs.tsv --out my-model --samples 10 2> train.log
  Resume a stopped run, up to 30 minutes in all:
    $ seq2see train --out my-model --resume --minutes 30
  Four processes, here or on several machines, learn one model together (docs/cluster.md):
    $ mpirun -n 4 seq2see train --data pairs.tsv --out my-model --shards 4 --minutes 30
  Update after every eight batches, for slow networks or little memory:
    $ seq2see train --data pairs.tsv --out my-model --accumulate 8 --epochs 10
`;

/**
 * Adds `seq2see train`.
 *
 * @param run trains with the typed options; tests replace it.
 */
export function addTrainCommand(program: Command, run: typeof train = train): void {
  const command = program.command("train").description("train a model on sentence pairs");
  addTrainOptions(command)
    .addHelpText("after", examples)
    .action(async (given: Record<string, unknown>, command: Command) => {
      // Rank 0 alone reads files, prints and writes.
      if (isMember()) await endingWithRankZero(workAsMember);
      else await runTraining(await trainRequest(given, command), run);
    });
}

async function runTraining(request: TrainOptions, run: typeof train): Promise<void> {
  let example: string | undefined;
  const { result, status } = await withTrainingHooks((hooks) => {
    const onEvaluation = (evaluation: EvaluationResult): void => {
      example = exampleOf(evaluation) ?? example;
      hooks.onEvaluation?.(evaluation);
    };
    return run(request, { ...hooks, onEvaluation });
  });
  for (const line of endLines(result, { example })) console.error(line);
  if (result.reason === "interrupted") process.exitCode = status;
}

/** A short source to try, unless sources are files. */
function exampleOf({ sample }: EvaluationResult): string | undefined {
  const sources = sample?.translations.map(({ source }) => source) ?? [];
  return sources.find((source) => source.length <= 80 && !/\.(png|npy|safetensors)$/i.test(source));
}
