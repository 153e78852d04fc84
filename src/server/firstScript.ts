/** @file What the studio's page does before anything else of it has come. */

/**
 * The script in the page itself: it chooses the language (of the address, else the one chosen before, else the
 * browser's) and the colours, so that the first words are right before any file is fetched; has the browser fetch the
 * files of the page that is asked for, story or lab; shows the title of a scene that the address names; and notes when a
 * script cannot be fetched. The content security policy names its checksum (`contentPolicy.ts`), so the page may run it
 * and no other. What it writes on the page's element, `state/preferences.svelte.ts` reads.
 */
export const firstScript = `(() => {
  const page = document.documentElement;
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("seq2see")) ?? {};
  } catch {}
  const asked = new URLSearchParams(location.hash.slice(1));
  const isChinese = /^zh\\b/i.test(navigator.language);
  const locales = [asked.get("lang"), kept.locale, isChinese ? "zh" : "en"];
  page.lang = locales.find((locale) => locale === "en" || locale === "zh") === "zh" ? "zh-CN" : "en";
  page.dataset.theme = ["light", "dark"].includes(kept.theme) ? kept.theme : "auto";
  const name = asked.has("lab") ? "lab" : "story";
  const files = document.querySelector('template[data-page="' + name + '"]');
  if (files) document.head.append(files.content.cloneNode(true));
  if (name === "lab") page.dataset.begins = "lab";
  const scene = asked.get("scene") ?? asked.get("at");
  if (name === "story" && scene !== null) {
    page.dataset.begins = "inside";
    const style = document.createElement("style");
    if (/^[a-z-]+$/.test(scene)) style.textContent = '#first [data-scene="' + scene + '"] { display: block }';
    document.head.append(style);
  }
  addEventListener("error", ({ target }) => {
    if (target instanceof HTMLScriptElement) page.dataset.failed = "";
  }, true);
})();`;
