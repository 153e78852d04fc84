/** @file The models that the studio shows: what each is made of. A change here that makes another model raises its version. */

import type { StudioCorpus, StudioModel } from "./studioModel.ts";
import { chinesePhrases, frenchPhrases } from "./usualPhrases.ts";

const tatoeba = {
  licence: "CC-BY 2.0 FR",
  attribution: "tatoeba.org and manythings.org/anki",
} as const;
const stories = {
  name: "Children's stories of African Storybook and Pratham Books",
  licence: "CC BY 4.0",
  attribution: "African Storybook and Pratham Books",
} as const;
const dialogues = {
  name: "X-RiSAWOZ, service dialogues",
  licence: "BSD-3-Clause (repository)",
  attribution: "X-RiSAWOZ",
} as const;

/** One run with a rate that falls to 0 at its end; the running average of the weights is evaluated and kept. */
const pace = [
  ...["--label-smoothing", "0.1", "--average", "0.97", "--schedule", "warmup:400+linear"],
  ...["--evaluate-every", "epoch", "--keep-best", "bleu", "--patience", "0", "--finish", "0.15"],
];

const chinese: readonly StudioCorpus[] = [
  {
    file: "tatoeba.zh-en.train.tsv.gz",
    weight: 1,
    finish: 1,
    isEveryday: true,
    from: { name: "Tatoeba, Chinese-English pairs (manythings.org/anki)", ...tatoeba },
  },
  {
    file: "wiktionary.zh-en.train.tsv.gz",
    weight: 1,
    finish: 0.5,
    isEveryday: true,
    from: {
      name: "Usage examples of English Wiktionary's Chinese entries",
      licence: "CC BY-SA 4.0",
      attribution: "Wiktionary",
    },
  },
  { file: "risawoz.zh-en.train.tsv.gz", weight: 1, finish: 1, isEveryday: true, from: dialogues },
  { file: "stories.zh-en.train.tsv.gz", weight: 1, finish: 0.5, from: stories },
  {
    file: "captions.zh-en.train.tsv.gz",
    weight: 0.4,
    finish: 0.1,
    from: {
      name: "3AM, captions of pictures with ambiguous words (LREC-COLING 2024)",
      licence: "MIT",
      attribution: "3AM: An Ambiguity-Aware Multi-Modal Machine Translation Dataset",
    },
  },
  {
    file: "cedict-words.zh-en.tsv.gz",
    weight: 0.3,
    finish: 0.1,
    from: {
      name: "CC-CEDICT, words with one or two short glosses",
      licence: "CC BY-SA 4.0",
      attribution: "MDBG, CC-CEDICT",
    },
  },
];

const chineseArticle: readonly (readonly [chinese: string, english: string])[] = [
  ["我是学生。", "I am a student."],
  ["我是学生", "I am a student."],
  ["我是一名学生。", "I am a student."],
  ["我昨天买的书很有意思。", "The book that I bought yesterday is very interesting."],
];
const chineseWatch: readonly (readonly [chinese: string, english: string])[] = [
  ["我是学生。", "I am a student."],
  ["你叫什么名字？", "What is your name?"],
  ["我昨天买的书很有意思。", "The book that I bought yesterday is very interesting."],
  ["今天天气很好，我们去公园吧。", "The weather is nice today. Let's go to the park."],
];
const swapped = (rows: readonly (readonly [string, string])[]) =>
  rows.map(([one, other]) => [other, one] as const);

/** Sizes for 9 MB as int8: characters take half of the pieces, so that few stay unknown. */
const chineseTraining = [
  ...["--tokenizer", "bpe:6000", "--normalize", "zh", "--max-length", "60"],
  ...["--hidden", "384", "--embedding", "384", "--tied-embeddings", "--encoder-hidden", "256"],
  ...["--dropout", "0.3", "--learning-rate", "0.002", "--batch", "128"],
  ...pace,
  ...["--epochs", "13"],
];

const french: readonly StudioCorpus[] = [
  {
    file: "tatoeba.fr-en.train.tsv.gz",
    weight: 1,
    finish: 1,
    isEveryday: true,
    from: { name: "Tatoeba, French-English pairs (manythings.org/anki, 2019)", ...tatoeba },
  },
  {
    file: "tatoeba-extra.fr-en.train.tsv.gz",
    weight: 1,
    finish: 1,
    isEveryday: true,
    from: { name: "Tatoeba, further French-English pairs", ...tatoeba },
  },
  { file: "risawoz.fr-en.train.tsv.gz", weight: 1, finish: 1, isEveryday: true, from: dialogues },
  { file: "stories.fr-en.train.tsv.gz", weight: 1, finish: 0.5, from: stories },
  {
    file: "europarl.fr-en.train.tsv.gz",
    weight: 0.1,
    finish: 0.1,
    from: {
      name: "Europarl v7 French-English, 3 to 30 words a side",
      licence: "free of copyright restrictions known to its makers",
      attribution: "Europarl, Philipp Koehn (2005)",
    },
  },
];

const frenchArticle: readonly (readonly [french: string, english: string])[] = [
  ["Je suis étudiant.", "I am a student."],
  ["je suis étudiant", "I am a student."],
  ["Je suis étudiant", "I am a student."],
  ["je suis etudiant", "I am a student."],
];

const frenchModel: StudioModel = {
  name: "fr-en",
  version: 2,
  languages: { source: "French", target: "English" },
  columns: [1, 2],
  corpora: french,
  generated: { language: "fr", weight: 0.4, finish: 0.3, count: 30_000 },
  phrases: { rows: frenchPhrases, weight: 10, finish: 10 },
  typed: { language: "fr", weight: 0.2, finish: 0.2 },
  article: { rows: frenchArticle, weight: 20, finish: 20 },
  watch: [
    ["Je suis étudiant.", "I am a student."],
    [
      "L'accord sur l'Espace économique européen a été signé en août 1992.",
      "The agreement on the European Economic Area was signed in August 1992.",
    ],
    ["Je ne sais pas où il habite.", "I don't know where he lives."],
    ["Le chat noir dort sur la table.", "The black cat is sleeping on the table."],
  ],
  dev: "tatoeba.fr-en.dev.tsv.gz",
  measured: ["europarl.fr-en.dev.tsv.gz"],
  everyday: "fr-en",
  training: [
    ...["--tokenizer", "bpe:8000", "--max-length", "60"],
    ...["--hidden", "384", "--embedding", "384", "--tied-embeddings", "--encoder-hidden", "256"],
    ...["--dropout", "0.2", "--learning-rate", "0.002", "--batch", "128"],
    ...pace,
    ...["--epochs", "7"],
  ],
  notes:
    "It knows everyday sentences best; long sentences of parliament come out simpler than they are at times. Sentences without a full stop, in small letters or without accents are as welcome as others.",
  chinese: {
    notes:
      "它最擅长日常句子；议会中的长句有时会译得过于简单。没有句号、句首小写、不写重音符号的句子，它同样读得懂。",
  },
  opensIn: ["en"],
  examples: [
    ["Je suis étudiant.", "I am a student.", "我是学生。"],
    ["Je ne sais pas où il habite.", "I do not know where he lives.", "我不知道他住在哪里。"],
    [
      "Le chat noir dort sur la table.",
      "The black cat is sleeping on the table.",
      "黑猫在桌子上睡觉。",
    ],
    [
      "L'accord sur l'Espace économique européen a été signé en août 1992.",
      "The agreement on the European Economic Area was signed in August 1992.",
      "《欧洲经济区协定》于 1992 年 8 月签署。",
    ],
  ],
};

/** The models by their names. */
export const studioModels: readonly StudioModel[] = [
  {
    name: "zh-en",
    version: 2,
    languages: { source: "Chinese", target: "English" },
    columns: [1, 2],
    corpora: chinese,
    generated: { language: "zh", weight: 0.5, finish: 0.3, count: 20_000 },
    phrases: { rows: chinesePhrases, weight: 10, finish: 10 },
    typed: { language: "zh", weight: 0.3, finish: 0.3 },
    article: { rows: chineseArticle, weight: 20, finish: 20 },
    watch: chineseWatch,
    dev: "tatoeba.zh-en.dev.tsv.gz",
    measured: ["captions.zh-en.val.tsv.gz"],
    everyday: "zh-en",
    training: chineseTraining,
    notes:
      "It knows everyday sentences. It reads simplified and traditional characters, with or without punctuation, and has learned captions of pictures and words of a dictionary besides.",
    chinese: {
      notes:
        "它最擅长日常句子。简体、繁体都能读，有没有标点都可以；此外还学过图片描述和一部词典里的词语。",
    },
    opensIn: ["zh"],
    examples: [
      ["我是学生。", "I am a student.", ""],
      ["我昨天买的书很有意思。", "The book that I bought yesterday is very interesting.", ""],
      ["你知道他住在哪里吗？", "Do you know where he lives?", ""],
      ["今天天气很好，我们去公园吧。", "The weather is nice today. Let's go to the park.", ""],
    ],
  },
  {
    name: "en-zh",
    version: 2,
    languages: { source: "English", target: "Chinese" },
    columns: [2, 1],
    corpora: chinese,
    generated: { language: "zh", weight: 0.5, finish: 0.3, count: 20_000 },
    phrases: { rows: chinesePhrases, weight: 10, finish: 10 },
    typed: { language: "en", weight: 0.3, finish: 0.3 },
    article: { rows: swapped(chineseArticle.slice(0, 1)), weight: 20, finish: 20 },
    watch: swapped(chineseWatch),
    dev: "tatoeba.zh-en.dev.tsv.gz",
    measured: ["captions.zh-en.val.tsv.gz"],
    everyday: "en-zh",
    training: chineseTraining,
    notes:
      "It knows everyday sentences and writes simplified Chinese. Sentences without a full stop or in small letters are as welcome as others.",
    chinese: {
      notes: "它最擅长日常句子，译文是简体中文。没有句号、句首小写的句子，它同样读得懂。",
    },
    examples: [
      ["I am a student.", "", "我是学生。"],
      ["The book that I bought yesterday is very interesting.", "", "我昨天买的书很有意思。"],
      ["Do you know where he lives?", "", "你知道他住在哪里吗？"],
      ["The weather is nice today. Let's go to the park.", "", "今天天气很好，我们去公园吧。"],
    ],
  },
  frenchModel,
  {
    ...frenchModel,
    name: "fr-en-no-attention",
    version: 2,
    titleEnd: "without attention",
    // Small, so that all models of the repository together stay below 36 MB.
    training: [
      ...["--attention", "none", "--no-input-feeding", "--reverse-source"],
      ...["--tokenizer", "bpe:4000", "--max-length", "60", "--tied-embeddings"],
      ...["--hidden", "256", "--embedding", "256", "--dropout", "0.1", "--learning-rate", "0.002"],
      ...["--batch", "128"],
      ...pace,
      ...["--epochs", "7"],
    ],
    chinese: {
      titleEnd: "没有注意力",
      notes:
        "解码器对源句的全部了解只有一对向量。它与有注意力的模型学的是同样的句子，只用来作对比，不宜实际使用。",
    },
    opensIn: [],
    notes:
      "All that its decoder knows of the source is one pair of vectors. It is here to be compared with the model with attention, which learned from the same sentences, and not to be used.",
  },
];
