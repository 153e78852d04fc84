import { Command, Option } from "commander";
import { afterEach, expect, test, vi } from "vitest";
import { addEvaluateCommand } from "./evaluate.ts";
import { addExportCommand } from "./export.ts";
import { choicesWithSuggestions, HelpfulCommand } from "./suggestions.ts";
import { addTrainCommand } from "./train.ts";
import { addTranslateCommand } from "./translate.ts";

afterEach(() => vi.restoreAllMocks());

const train = vi.fn();

/** What a mistyped command line is answered. */
async function answerTo(typed: string): Promise<string> {
  const program = new HelpfulCommand("seq2see").exitOverride();
  let printed = "";
  program.configureOutput({
    writeErr: (text) => {
      printed += text;
    },
  });
  addTrainCommand(program, train);
  for (const add of [addTranslateCommand, addEvaluateCommand, addExportCommand]) add(program);
  await program.parseAsync(typed.split(" "), { from: "user" }).catch((error: Error) => error);
  return printed.trim();
}

test.each([
  // A typing error, and the names of fairseq, OpenNMT-py, Joey NMT, Marian and tensorflow/nmt.
  ["train --hiden 8", "--hidden"],
  ["train --lr 0.1", "--learning-rate"],
  ["train --learning_rate=0.1", "--learning-rate"],
  ["train -learning_rate 0.1", "--learning-rate"],
  ["train --save-dir x", "--out"],
  ["train --max-epoch 3", "--epochs"],
  ["train --word_vec_size 8", "--embedding"],
  ["train --rnn_size 8", "--hidden"],
  ["train --train_from x", "--from"],
  ["train --model_dir x", "--out"],
  ["train --clip_grad_norm 1", "--clip"],
  ["train --mini-batch 8", "--batch"],
  ["train --valid-sets x", "--dev"],
  ["train --dim-vocabs 8000", "--tokenizer"],
  ["train --num_units 8", "--hidden"],
  ["train --num_train_steps 8", "--steps"],
  ["train --learning-rate-schedule x", "--schedule"],
  ["train --no-input-feding", "--no-input-feeding"],
  ["train --hlep", "--help"],
  ["translate --model x --beam-size 3", "--beam"],
  ["translate --model x --lenpen 3", "--length-penalty"],
  ["translate --model x --gpu 0", "--device"],
  ["translate --src x", "--input"],
  ["translate --checkpoint x", "--model"],
  ["evaluate --model x --metric bleu", "--metrics"],
  ["export --model x --out y --quantize", "--weights"],
])("seq2see %s is answered with %s", async (typed, flag) => {
  expect(await answerTo(typed)).toMatch(
    new RegExp(`^error: unknown option '[^']+' \\(Did you mean ${flag}\\?\\)$`),
  );
});

test("all unknown options are named at once", async () => {
  expect(await answerTo("train --lr 0.1 --hidden 3 --foo --batch-size 3")).toBe(
    "error: unknown options '--lr' (Did you mean --learning-rate?), '--foo', '--batch-size' (Did you mean --batch?)",
  );
});

test("a missing option is named where none is unknown", async () => {
  expect(await answerTo("translate --beam 3")).toBe(
    "error: required option '--model <folder>' not specified",
  );
});

test.each([
  ["trian", " (Did you mean train?)"],
  ["predict", " (Did you mean translate?)"],
  ["eval", " (Did you mean evaluate?)"],
  ["quux", ""],
])("the command %s", async (typed, question) => {
  expect(await answerTo(typed)).toBe(`error: unknown command '${typed}'${question}`);
});

test.each([
  ["train --attention addtive", "additive"],
  ["train --attention bahdanau", "additive"],
  ["train --attention scaled_luong", "scaledGeneral"],
  ["train --cell LSTM", "lstm"],
  ["train --keep-best perplex", "perplexity"],
  ["export --model x --out y --weights fp16", "float16"],
  ["translate --model x --length-normalization mean", ""],
])("seq2see %s: the word is %s", async (typed, word) => {
  const question = word === "" ? "" : `Did you mean ${word}\\? `;
  expect(await answerTo(typed)).toMatch(
    new RegExp(`is invalid. ${question}Allowed choices are [^?]+\\.$`),
  );
});

test("a choice is taken as it is", () => {
  const option = choicesWithSuggestions(new Option("--side <side>"), ["source", "target"]);
  const command = new Command().addOption(option).parse(["--side", "target"], { from: "user" });
  expect(command.opts()).toEqual({ side: "target" });
});
