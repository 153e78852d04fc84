/**
 * @file `npm run bench:ranks [-- RUNS]`: trains the same small model by one process and by 1, 2 and 4 ranks of each MPI
 * library that is installed, on one host and on two, so many times each, and prints the hashes of what was learned.
 * Fails if they differ or a run fails. The two hosts are network namespaces, which needs the rights of an administrator.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageFolder } from "../src/files/nodePackage.ts";
import { writeDateSamples } from "../src/samples/dateFiles.ts";
import { installedLaunchers, type Launcher, twoHosts } from "../test/support/mpi.ts";
import { trainedBits } from "../test/support/trainedBits.ts";

/** How the training is started. */
interface Way {
  readonly library: string;
  readonly hosts: number;
  readonly ranks: number;
  /** The words before the training's own. */
  readonly words: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
}

const runs = Number(process.argv[2] ?? "1");
if (!Number.isInteger(runs) || runs < 1) {
  console.error("npm run bench:ranks -- RUNS: give the number of runs of each kind, 1 or more.");
  process.exit(1);
}
const training = [
  ...[join(packageFolder, "dist/cli/main.js"), "train", "--data", "train.tsv", "--dev", "dev.tsv"],
  ...["--tokenizer", "char", "--hidden", "16", "--embedding", "8", "--batch", "16"],
  ...["--average", "0.9", "--keep-best", "bleu", "--evaluate-every", "10", "--threads", "1"],
  ...["--steps", "40", "--shards", "4", "--out", "model"],
];
const folder = mkdtempSync(join(tmpdir(), "seq2see-ranks-"));
const hosts = twoHosts();
try {
  await writeDateSamples(folder, { train: 300, dev: 20, seed: 1 });
  console.log("| library | hosts | ranks | hash | runs that failed | seconds, median |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  const alone = { library: "none", hosts: 1, ranks: 1, words: [], variables: {} };
  const hashes = new Set<string>();
  let failures = 0;
  for (const way of [alone, ...installedLaunchers().flatMap(waysOf)]) {
    const { found, failed, seconds } = repeat(way);
    for (const hash of found) hashes.add(hash);
    failures += failed;
    const short = [...found].map((hash) => hash.slice(0, 12)).join(", ");
    const median = seconds.sort((one, other) => one - other)[seconds.length >> 1] as number;
    console.log(
      `| ${way.library} | ${way.hosts} | ${way.ranks} | ${short} | ${failed} of ${runs} | ${median.toFixed(1)} |`,
    );
  }
  if (hosts === null)
    console.log("This machine allows no network namespaces: two hosts were left out.");
  process.exitCode = hashes.size === 1 && failures === 0 ? 0 : 1;
} finally {
  hosts?.remove();
  rmSync(folder, { recursive: true, force: true });
}

/** All ways of a launcher: 1, 2 and 4 ranks on one host, 2 and 4 on two. */
function waysOf(launcher: Launcher): Way[] {
  const { name: library, program, variables } = launcher;
  const onOne = [1, 2, 4].map((ranks) => ({
    ...{ library, hosts: 1, ranks, variables },
    words: [program, ...launcher.start(ranks)],
  }));
  if (hosts === null) return onOne;
  const onTwo = [2, 4].map((ranks) => ({
    ...{ library, hosts: 2, ranks },
    variables: { ...variables, ...launcher.hostVariables, ...hosts.variables },
    words: [
      ...[...hosts.onFirst, program, ...launcher.startOn(hosts, ranks)],
      ...["bash", "-c", `cd '${folder}' && exec "$@"`, "bash"],
    ],
  }));
  return [...onOne, ...onTwo];
}

/** Trains so many times. */
function repeat(way: Way): { found: Set<string>; failed: number; seconds: number[] } {
  const found = new Set<string>();
  const seconds: number[] = [];
  let failed = 0;
  for (let run = 0; run < runs; run++) {
    rmSync(join(folder, "model"), { recursive: true, force: true });
    const start = performance.now();
    const [program, ...words] = [...way.words, process.execPath, ...training] as [
      string,
      ...string[],
    ];
    const { status, stderr } = spawnSync(program, words, {
      cwd: folder,
      env: { ...process.env, ...way.variables },
      encoding: "utf8",
    });
    seconds.push((performance.now() - start) / 1000);
    if (status === 0) found.add(trainedBits(join(folder, "model")));
    else {
      failed++;
      console.error(`${way.library}, ${way.ranks} ranks on ${way.hosts} hosts:\n${stderr}`);
    }
  }
  return { found, failed, seconds };
}
