// For a walk with the Tab key: what has the focus, can it be seen, and what was passed over.
() => {
  const STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const stops = [...document.querySelectorAll(STOPS)].filter((element) => element.checkVisibility());
  const name = (element) => `${element.tagName.toLowerCase()} ${(element.textContent.trim() || element.id).slice(0, 40)}`;

  window.focused = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const wrong = [];
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const hasOutline = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    if (!hasOutline && boxShadow === "none") wrong.push(`focus not seen: ${name(element)}`);
    const box = element.getBoundingClientRect();
    if (box.width < 2 || box.height < 2) wrong.push(`too small to see: ${name(element)}`);
    if (box.bottom <= 0 || box.top >= window.innerHeight) wrong.push(`out of sight: ${name(element)}`);
    return { place: stops.indexOf(element), wrong };
  };
  window.missed = (order) => stops.filter((_, place) => !order.includes(place)).map(name);
}
