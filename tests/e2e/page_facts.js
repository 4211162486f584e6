// What a page in the browser holds, for tests/e2e/crawling.py.
async () => {
  const LATIN_SENTENCE = /[A-Za-z]{2,}(?:[ ,’'-]+[A-Za-z]{2,}){3,}/;
  const ENGLISH = /\b(?:the|and|you|your|is|are|with|what|when|this|they|someone|can|not|for|help)\b/gi;
  const NOT_ENGLISH = /[ąćęłńśźżșțăčďěľňřšťž]/i;

  function isForeign(text, language) {
    if (language !== "ur" && /[\u0620-\u064A\u0671-\u06D3]/.test(text)) return true;
    if (language === "ur") return LATIN_SENTENCE.test(text);
    if (language === "en") return NOT_ENGLISH.test(text);
    return (text.match(ENGLISH) ?? []).length > 1 && text.split(" ").length > 3;
  }

  function foreignPassages() {
    const found = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      const text = texts.currentNode.textContent.trim().replace(/\s+/g, " ");
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
