// What a page in the browser holds, for tests/e2e/crawling.py.
async () => {
  // Two Latin words side by side. Names in Urdu are marked too (core/passages.py); one Latin word
  // alone, as in “Childline”, is a name or abbreviation, which WCAG 3.1.2 exempts.
  const LATIN_WORDS = /[A-Za-z]{2,}(?:[ ,’'-]+[A-Za-z]{2,}){1,}/;
  const URDU = /[\u0620-\u064A\u0671-\u06D3]/;
  const ENGLISH = /\b(?:the|and|you|your|is|are|with|what|when|this|they|someone|can|not|for|help)\b/gi;
  // Letters, and words of every other sentence, that English does not have.
  const NOT_ENGLISH =
    /[ąćęłńśźżșțăčďěľňřšťž]|\b(?:jest|nie|dla|czy|przez|este|sunt|pentru|sau|alebo|pre|aby|ktor[ýáéí])\b/i;
  // Words of theirs that are spelled as English ones: “are” is Romanian for “has”.
  const ALSO_THEIRS = { ro: ["are"] };
  // The address of a page or a person is of no language.
  const ADDRESS = /\S+@\S+|\b(?:https?:\/\/)?[\w-]+(?:[.:][\w-]+)+\/?\S*/g;

  function isForeign(text, language) {
    if (language !== "ur" && URDU.test(text)) return true;
    if (language === "ur") return LATIN_WORDS.test(text);
    if (language === "en") return NOT_ENGLISH.test(text);
    const english = (text.match(ENGLISH) ?? []).map((word) => word.toLowerCase());
    const own = ALSO_THEIRS[language] ?? [];
    return english.filter((word) => !own.includes(word)).length > 1 && text.split(" ").length > 3;
  }

  function foreignPassages() {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      const text = texts.currentNode.textContent.replace(ADDRESS, " ").replace(/\s+/g, " ").trim();
      const language = parent.closest("[lang]")?.lang.split("-")[0] ?? "";
      if (text && !parent.closest("script, style") && isForeign(text, language)) {
        found.push(`${language}: ${text.slice(0, 120)}`);
      }
    }
    return found;
  }

  function repeated(values) {
    return [...new Set(values.filter((value, place) => values.indexOf(value) !== place))];
  }

  // Fonts are asked for when the first letter of theirs is drawn.
  await document.fonts.ready;
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return {
    title: document.title,
    language: document.documentElement.lang,
    direction: document.documentElement.dir,
    headings: document.querySelectorAll("h1").length,
    ids,
    repeatedIds: repeated(ids),
    fonts: [...document.fonts].filter(({ status }) => status === "loaded").map(({ family }) => family.replaceAll(/"/g, "")),
    links: [...document.querySelectorAll("a[href]")].map((link) => link.getAttribute("href")),
    foreign: foreignPassages(),
    kept: [
      document.cookie,
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map((database) => database.name),
      ...(await caches.keys()),
      ...(await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
    ].filter(Boolean),
  };
}
