/** Writes the pages of the documentation that are generated. */
import { writeFileSync } from "node:fs";
import { optionsPage } from "./optionsPage.ts";

writeFileSync("docs/options.md", optionsPage());
