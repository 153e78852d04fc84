/** @file The whole page, which `main.ts` fetches after it has shown what this is. */

import "./withoutEval.ts";

export { default as App } from "./App.svelte";
