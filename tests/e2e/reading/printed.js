// What should not be on the sheet, and what is missing from it. Read with print styles.
async () => {
  await document.fonts.ready;
  const wrong = [];
  const style = getComputedStyle;
  const shown = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
  const name = (element) => element.outerHTML.slice(0, 100);

  for (const element of shown(".site-nav, .languages, .govuk-exit-this-page, .govuk-skip-link, .search-form, form")) {
    wrong.push(`a control: ${name(element)}`);
  }

  // Only what is drawn counts: a background that is clear shows the white below it.
  const colours = (element) => {
    for (let below = element; below; below = below.parentElement) {
      const { backgroundColor } = style(below);
      if (backgroundColor !== "rgba(0, 0, 0, 0)") return [style(element).color, backgroundColor];
    }
    return [style(element).color, "rgb(255, 255, 255)"];
  };
  const numbers = shown("a[href^='tel:']");
  if (!numbers.some((link) => link.getAttribute("href") === "tel:999")) wrong.push("no 999");
  for (const link of numbers) {
    const [ink, paper] = colours(link);
    if (ink !== "rgb(0, 0, 0)" || paper !== "rgb(255, 255, 255)") wrong.push(`${ink} on ${paper}: ${name(link)}`);
  }
  // The big buttons of a screen may go, for as long as their number stands somewhere.
  const printed = new Set(numbers.map((link) => link.getAttribute("href")));
  for (const link of document.querySelectorAll("main a[href^='tel:']")) {
    if (!printed.has(link.getAttribute("href"))) wrong.push(`number not printed: ${name(link)}`);
  }
  for (const link of shown("main a[href^='http'], main a[href^='/']:not(.door, .button)")) {
    if (!style(link, "::after").content.includes("attr(href)") && !style(link, "::after").content.includes(link.getAttribute("href"))) {
      wrong.push(`address not printed: ${name(link)}`);
    }
  }
  return wrong;
}
