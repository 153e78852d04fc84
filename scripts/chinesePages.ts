/**
 * Says which pages in Chinese are older than their originals, and in which sections; the exit status is 1 if there are any:
 *
 *     npm run docs:zh
 *     npm run docs:zh -- --stamp                      once all of them are translated
 *     npm run docs:zh -- --stamp docs/training.md     once this one is
 */
import {
  differencesOfForm,
  stalePages,
  stamp,
  translatedPages,
} from "./documentation/translations.ts";

const root = ".";
const [first, ...names] = process.argv.slice(2);
if (first === undefined) report();
else if (first === "--stamp") stampPages();
else fail([`${first}: the only option is --stamp, with pages such as docs/training.md.`]);

function report(): void {
  const stale = stalePages(root);
  for (const { original, translation, lacks } of stale) {
    console.log(`${translation} is older than ${original}:`);
    for (const line of lacks) console.log(`  ${line}`);
  }
  if (stale.length === 0) console.log("All pages in Chinese say what their originals say.");
  else process.exitCode = 1;
}

function stampPages(): void {
  const all = translatedPages(root);
  const unknown = names.filter((name) => !all.some((page) => isNamed(page, name)));
  if (unknown.length > 0) {
    fail(unknown.map((name) => `${name}: this page has no translation in docs/zh.`));
    return;
  }
  const pages = all.filter(
    (page) => names.length === 0 || names.some((name) => isNamed(page, name)),
  );
  const differences = pages.flatMap((page) => differencesOfForm(root, page));
  if (differences.length > 0) {
    fail([...differences, "Nothing was stamped; translate these first."]);
    return;
  }
  stamp(root, pages);
  for (const { translation } of pages) console.log(`stamped ${translation}`);
}

function isNamed(
  page: { readonly original: string; readonly translation: string },
  name: string,
): boolean {
  return page.original === name || page.translation === name;
}

function fail(lines: readonly string[]): void {
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
