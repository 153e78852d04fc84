/** @file The documented commands that are not run, each with its reason. */

/** Commands that are not run. */
export interface LeftOut {
  /** What all of them begin with. */
  readonly begins: string;
  readonly reason: string;
}

/** All of them; one that no page has any longer is an error. */
export const leftOut: readonly LeftOut[] = [
  { begins: "git clone …", reason: "the address is left open" },
  { begins: "npm start", reason: "it installs packages and opens a browser" },
  { begins: "npm test", reason: "it runs all tests, and takes half an hour" },
  {
    begins: "npm ci && npm run build",
    reason: "the other commands need its result, so it has run",
  },
  { begins: "npm run package", reason: "npm run test:package runs it" },
  { begins: "npm install --ignore-scripts", reason: "npm run test:package installs the package" },
  { begins: "npx seq2see studio", reason: "npm run test:package starts it where it is installed" },
  { begins: "cp -r node_modules/seq2see", reason: "it needs the installed package" },
  { begins: "npm run experiments -- reversal", reason: "the repository lacks its corpora" },
  { begins: "npm run experiments -- alignment", reason: "it trains for minutes" },
  { begins: "npm run recipe -- studio/dates", reason: "it trains for minutes" },
  { begins: "npm run recipe -- pronunciation", reason: "it downloads a dictionary" },
  { begins: "npm run recipe -- translation", reason: "the repository lacks its corpora" },
  { begins: "npm run recipe -- studio/zh-en", reason: "the repository lacks its corpora" },
  { begins: "npm run recipe -- studio/captions", reason: "it downloads pictures" },
  { begins: "npm install --prefix .tmp/vectors", reason: "it downloads 100 MB" },
  { begins: "npx tsc -p tsconfig.bench.json", reason: "this program is its result" },
  { begins: "node words.mjs", reason: "test/openUtau.slow.test.ts runs it" },
  { begins: "node .build/scripts/vectors/make.js", reason: "it needs the packages before it" },
];

/** Why a command is not run; null if it is. */
export function whyLeftOut(command: string): string | null {
  return leftOut.find(({ begins }) => command.startsWith(begins))?.reason ?? null;
}
