// Words that a narrow or magnified window cuts off, and what stands in the way of reading.
async () => {
  await document.fonts.ready;
  const lost = [];
  const root = document.documentElement;
  if (root.scrollWidth > window.innerWidth) lost.push(`scrolls sideways: ${root.scrollWidth}`);

  // Hidden from eyes on purpose: for screen readers, or until focused.
  const unseen = (element) => element.closest(".govuk-visually-hidden, .govuk-skip-link, script, style");
  const cuts = (element) => getComputedStyle(element).overflowX !== "visible";

  function cutters(element) {
    const found = [];
    for (let above = element; above && above !== document.body; above = above.parentElement) {
      if (cuts(above)) found.push(above.getBoundingClientRect());
    }
    return found;
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || unseen(parent) || !parent.checkVisibility()) continue;
    range.selectNodeContents(texts.currentNode);
    const frames = [{ left: 0, right: root.clientWidth }, ...cutters(parent)];
    for (const box of range.getClientRects()) {
      if (frames.some((frame) => box.left < frame.left - 1 || box.right > frame.right + 1)) {
        lost.push(`cut off: ${texts.currentNode.textContent.trim().slice(0, 60)}`);
      }
    }
  }

  // What stays in place while one scrolls may take a third of the window at most.
  for (const element of document.querySelectorAll("body *")) {
    const { position } = getComputedStyle(element);
    if (!["fixed", "sticky"].includes(position) || unseen(element) || !element.checkVisibility()) continue;
    if (element.getBoundingClientRect().height > window.innerHeight / 3) {
      lost.push(`stands in the way: ${element.className}`);
    }
  }
  return [...new Set(lost)];
}
