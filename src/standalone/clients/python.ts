/** @file The program in Python. */

import type { ClientSource } from "./source.ts";
import { listed } from "./source.ts";

/** Returns the program. */
export function python(source: ClientSource): string {
  const isFeatures = source.kind === "features";
  const read = isFeatures
    ? `def read(paths):
    rows = [np.load(path).astype(np.float32) for path in paths]
    lengths = np.array([len(each) for each in rows], dtype=np.int64)
    features = np.zeros((len(rows), lengths.max(), ${source.rowSize}), dtype=np.float32)
    for place, each in zip(features, rows):
        place[: len(each)] = each
    return {"source_features": features, "source_lengths": lengths}`
    : `def read(texts):
    sentences = [${listed("*encoding.ids", "encoding.ids", source)} for encoding in source.encode_batch(texts)]
    source_ids = np.zeros((len(texts), max(map(len, sentences))), dtype=np.int64)
    for row, ids in zip(source_ids, sentences):
        row[: len(ids)] = ids
    return {"source_ids": source_ids}`;
  return `import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

folder = Path(__file__).parent
${isFeatures ? "" : 'source = Tokenizer.from_file(str(folder / "source.tokenizer.json"))\n'}target = Tokenizer.from_file(str(folder / "target.tokenizer.json"))
session = onnxruntime.InferenceSession(
    str(folder / "greedy.onnx"), providers=["CPUExecutionProvider"]
)


${read}


def translate(sources):
    (target_ids,) = session.run(["target_ids"], read(sources))
    # 0 is padding, and 3 the end of a sentence.
    sentences = [[id for id in row if id not in (0, 3)] for row in target_ids.tolist()]
    return [target.decode(ids, skip_special_tokens=False) for ids in sentences]


print("\\n".join(translate(sys.argv[1:])))
`;
}
