/**
 * @file `npm run bench:train -- DATA PEER`: compares training speed with the PyTorch peer, alternating in one run.
 *
 * DATA is the folder of multi30k.fr-en.train.tsv.gz, PEER the peer's script; both default to the folder
 * `shared` beside the checkout. Prints target tokens per second, the ratio, and where the time of a step goes.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { matMul } from "../src/graph/operators/matMul.ts";
import { input } from "../src/graph/operators/source.ts";
import { emitModel } from "../src/onnx/emit.ts";
import { nodeRuntime } from "../src/runtime/node.ts";
import { tensorValue } from "../src/tensor/value.ts";
import { peerBlas } from "./peerBlas.ts";
import { measure, prepareCorpus } from "./trainSpeed.ts";

const [data = "../shared/data", peer = "../shared/peers/torch_seq2seq.py"] = process.argv.slice(2);
const corpusPath = join(data, "multi30k.fr-en.train.tsv.gz");
for (const path of [corpusPath, peer]) {
  if (!existsSync(path)) {
    console.error(`${path} is not there; npm run bench:train -- DATA_FOLDER PEER_SCRIPT`);
    process.exit(1);
  }
}
const python = "/usr/bin/python3";
const blas = peerBlas(python);
if (!blas.isFast) {
  console.error(
    `PyTorch multiplies matrices with ${blas.name}, which is many times slower than OpenBLAS, so nothing would be compared; apt-get install libopenblas-dev`,
  );
  process.exit(1);
}
console.log(`PyTorch multiplies matrices with ${blas.name}.`);
const rounds = 3;
const threads = 2;
const hasAvx512 = readFileSync("/proc/cpuinfo", "utf8").includes("avx512f");

/** The peer's target tokens per second, at its best setting. */
function peerSpeed(hidden: number): number {
  const output = execFileSync(
    python,
    [
      peer,
      "speed",
      "--data",
      data,
      "--threads",
      "1",
      "--emb",
      "256",
      "--hidden",
      String(hidden),
      "--steps",
      "25",
    ],
    {
      encoding: "utf8",
      env: {
        ...process.env,
        ...(hasAvx512 && { OPENBLAS_CORETYPE: "SKYLAKEX" }),
        OMP_NUM_THREADS: "1",
        OPENBLAS_NUM_THREADS: String(threads),
      },
    },
  );
  return Number(/tgt tok\/s (\d+)/.exec(output)?.[1]);
}

/** GFLOP/s of a large product: the ceiling of this machine at this moment. */
async function productSpeed(): Promise<number> {
  const size = 1536;
  const [a, b] = [input("a", "float32", [size, size]), input("b", "float32", [size, size])];
  const program = await nodeRuntime({ threads }).compile(
    emitModel("product", { out: matMul(a, b) }),
  );
  const value = tensorValue("float32", [size, size], 1);
  const feeds = { a: value, b: value };
  const fetches = { out: tensorValue("float32", [size, size], 0) };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8; round++) {
    const start = performance.now();
    await program.run(feeds, fetches);
    best = Math.min(best, performance.now() - start);
  }
  await program.release();
  return (2 * size ** 3) / best / 1e6;
}

const kinds: Record<string, string> = {
  MatMul: "products",
  Gemm: "products",
  FusedMatMul: "products",
  FusedGemm: "products",
  Softmax: "softmax",
  Scan: "",
  LogSoftmax: "softmax",
};

/** Milliseconds of a step by kind of operator, from ONNX Runtime's own profile. */
async function breakdown(hidden: number): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), "seq2see-profile-"));
  await measure(corpus, hidden, {
    steps: 12,
    warmup: 4,
    threads,
    profile: join(folder, "profile"),
  });
  const [file] = readdirSync(folder);
  const events = JSON.parse(readFileSync(join(folder, file as string), "utf8")) as {
    name: string;
    ts: number;
    dur: number;
    args?: { op_name?: string };
  }[];
  rmSync(folder, { recursive: true });
  const runs = events.filter(({ name }) => name === "model_run").slice(4);
  const from = runs[0]?.ts ?? 0;
  const totals: Record<string, number> = { products: 0, softmax: 0, "elementwise and other": 0 };
  for (const { name, ts, dur, args } of events) {
    if (ts < from || !name.endsWith("_kernel_time")) continue;
    const kind = kinds[args?.op_name ?? ""] ?? "elementwise and other";
    if (kind !== "") totals[kind] = (totals[kind] as number) + dur / 1000 / runs.length;
  }
  totals["the graph in all"] = runs.reduce((sum, { dur }) => sum + dur, 0) / 1000 / runs.length;
  return totals;
}

const corpus = await prepareCorpus(corpusPath);
for (const hidden of [256, 512]) {
  console.log(
    `\nhidden ${hidden}, embedding 256, batch 64, ${threads} threads; ${rounds} rounds in turns`,
  );
  const ours: number[] = [];
  const lazy: number[] = [];
  const theirs: number[] = [];
  let last: Awaited<ReturnType<typeof measure>> | undefined;
  for (let round = 0; round < rounds; round++) {
    theirs.push(peerSpeed(hidden));
    last = await measure(corpus, hidden, { steps: 30, warmup: 9, threads });
    ours.push(last.tokensPerSecond);
    const sparse = { steps: 30, warmup: 9, threads, optimizer: "lazy-adam" };
    lazy.push((await measure(corpus, hidden, sparse)).tokensPerSecond);
    console.log(
      `  PyTorch ${theirs[round]?.toFixed(0)}  seq2see ${ours[round]?.toFixed(0)} target tokens/s  ratio ${((ours[round] as number) / (theirs[round] as number)).toFixed(2)}`,
    );
  }
  const median = (values: number[]) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
  const ratioOf = (values: number[]): string =>
    median(values.map((value, index) => value / (theirs[index] as number))).toFixed(2);
  console.log(
    `  median: PyTorch ${median(theirs).toFixed(0)}, seq2see ${median(ours).toFixed(0)}, ratio ${ratioOf(ours)}; with lazy-adam ${median(lazy).toFixed(0)}, ratio ${ratioOf(lazy)}`,
  );
  if (!last) continue;
  console.log(
    `  a step: ${(last.secondsPerStep * 1000).toFixed(0)} ms = gradients ${(last.gradientSeconds * 1000).toFixed(0)} + clipping and update ${(last.updateSeconds * 1000).toFixed(0)} + between steps`,
  );
  const ceiling = await productSpeed();
  const parts = await breakdown(hidden);
  for (const [name, milliseconds] of Object.entries(parts))
    console.log(`    ${name.padEnd(24)} ${milliseconds.toFixed(1)} ms`);
  const flop = flopPerStep(hidden, last.tokensPerSecond * last.secondsPerStep);
  console.log(
    `  about ${(flop / 1e9).toFixed(1)} GFLOP a step: ${(flop / 1e9 / last.secondsPerStep).toFixed(0)} GFLOP/s of ${ceiling.toFixed(0)} in a 1536³ product (${((100 * flop) / 1e9 / last.secondsPerStep / ceiling).toFixed(0)} %)`,
  );
}

/** Floating-point operations of the matrix products of one step, forward and backward. */
function flopPerStep(hidden: number, tokens: number): number {
  const [embedding, vocabulary] = [256, 8000];
  const half = hidden / 2;
  const sourceTokens = tokens * 1.02;
  const decoder = 4 * hidden * (embedding + 2 * hidden) + 2 * hidden * hidden + hidden * vocabulary;
  const encoder = 2 * 4 * half * (embedding + half) + hidden * hidden;
  return 3 * 2 * (tokens * decoder + sourceTokens * encoder);
}
