/** @file What stands in the page's own HTML, so that it is seen before any script or style has come. */

import type { Locale } from "../text/translated.ts";
import { appText } from "../words/app.ts";
import { labOpening } from "../words/lab.ts";
import { sceneTitles } from "./sceneTitles.ts";

/** The languages as the page's `lang` names them; the styles show the one that it has. */
const tags: Readonly<Record<Locale, string>> = { en: "en", zh: "zh-CN" };

/** The letters of HTML that would be taken for marks. */
const escaped = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The title and the first words of the story or of the lab; the styles show those of the page that is asked for. */
const opening = (
  page: "story" | "lab",
  { title, lead, coming }: Readonly<Record<"title" | "lead" | "coming", string>>,
): string =>
  `<div data-of="${page}">
          <div class="opening"><h1>${escaped(title)}</h1><p>${escaped(lead)}</p></div>
          <p class="note coming">${escaped(coming)}</p>
        </div>`;

/** The titles of the scenes, of which the page's script shows the one that the address names. */
const titlesIn = (locale: Locale): string =>
  sceneTitles
    .map(
      ({ name, number, title }) =>
        `<h2 data-scene="${name}"><span>${number}</span>${escaped(title[locale])}</h2>`,
    )
    .join("");

function wordsIn(locale: Locale): string {
  const { title, lead, loading } = appText[locale];
  const lab = labOpening[locale];
  return `<div lang="${tags[locale]}">
        ${titlesIn(locale)}
        ${opening("story", { title, lead, coming: loading.page })}
        ${opening("lab", { ...lab, coming: lab.loading })}
        <p class="note failed" role="alert">${escaped(loading.failed)}</p>
        <noscript><p class="note">${escaped(loading.noScript)}</p></noscript>
      </div>`;
}

/** The first view, in both languages: the logo, the title and the first words, where the page puts them. */
export function firstView(logo: string): string {
  return `<div id="first">
    <header><span class="logo">${logo}<span>seq2see</span></span></header>
    <main>
      ${(Object.keys(tags) as Locale[]).map(wordsIn).join("\n      ")}
    </main>
  </div>`;
}
