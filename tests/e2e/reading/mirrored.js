// What is not as a page read from the right should be.
async () => {
  await document.fonts.ready;
  const wrong = [];
  const root = document.documentElement;
  const style = getComputedStyle;
  if (root.lang !== "ur" || style(root).direction !== "rtl") wrong.push("not read from the right");

  const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const range = document.createRange();

  // Words begin at the side they are read from.
  for (const element of shown("main :is(h1, h2, h3, p, li)")) {
    const { direction, textAlign } = style(element);
    const aligned = { rtl: ["start", "right"], ltr: ["start", "left"] }[direction];
    if (![...aligned, "center"].includes(textAlign)) wrong.push(`aligned ${textAlign}: ${element.textContent.trim().slice(0, 40)}`);
  }
  for (const element of shown("main :is(h1, h2)")) {
    if (style(element).direction !== "rtl" || element.closest(".govuk-visually-hidden")) continue;
    range.selectNodeContents(element);
    const right = Math.max(...[...range.getClientRects()].map((box) => box.right));
    const box = element.getBoundingClientRect();
    if (style(element).textAlign !== "center" && box.right - parseFloat(style(element).paddingRight) - right > 2) {
      wrong.push(`begins at ${right} of ${box.right}: ${element.textContent.trim().slice(0, 40)}`);
    }
  }

  // A drawing in a line stands before its words and faces them.
  for (const motif of shown(".motif--inline")) {
    if (style(motif).direction !== "rtl") continue;
    if (!style(motif).transform.startsWith("matrix(-1")) wrong.push("drawing not mirrored");
    const words = motif.nextElementSibling;
    if (words?.checkVisibility() && words.getBoundingClientRect().width > 1) {
      const [own, other] = [motif, words].map((element) => element.getBoundingClientRect());
      if (own.top < other.bottom && other.top < own.bottom && own.left < other.right - 1) {
        wrong.push(`drawing behind its words: ${words.textContent.trim()}`);
      }
    }
  }
  for (const choice of shown(".finder__choice")) {
    const { content, transform } = style(choice, "::after");
    if (content !== "none" && transform === "none") wrong.push("arrow not mirrored");
  }

  // 0800 555 111 is read from the left wherever it stands.
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.parentElement.checkVisibility() || node.parentElement.closest(".govuk-visually-hidden, script, style")) continue;
    for (const match of node.textContent.matchAll(/\d(?:[ \u00a0-]?\d){2,}/g)) {
      const boxes = [...match[0]].flatMap((letter, place) => {
        range.setStart(node, match.index + place);
        range.setEnd(node, match.index + place + 1);
        return /\d/.test(letter) ? [range.getBoundingClientRect()] : [];
      });
      const isInOrder = boxes.every((box, place) => {
        const before = boxes[place - 1];
        return !before || box.top > before.bottom - 2 || box.left > before.left;
      });
      if (!isInOrder) wrong.push(`number out of order: ${match[0]} in ${node.parentElement.outerHTML.slice(0, 120)}`);
    }
  }
  return [...new Set(wrong)];
}
