// Asks the server, while one types, which words of the form need care, and shows the
// answer beside each field. The server is the only judge; nothing is kept there.
const WAIT = 700;
const panel = document.querySelector("[data-language-guard]");
const form = panel?.closest("form");

if (form) {
  const summary = panel.querySelector("[data-language-guard-summary]");
  let timer = 0;
  let asked = 0;
  let told = "";

  const fieldsOf = () => {
    const fields = {};
    for (const field of form.elements) {
      const isRemoved = /-(deleted|DELETE)$/.test(field.name);
      if (isRemoved && (field.type === "hidden" ? field.value : field.checked)) {
        fields[field.name] = "1";
      } else if (field.name && field.matches("textarea, select, input[type=text]")) {
        fields[field.name] = field.value;
      }
    }
    return fields;
  };

  const noteOf = (field) => document.getElementById(`${field.id}-careful-words`);

  const show = (field, words) => {
    noteOf(field)?.remove();
    const described = (field.getAttribute("aria-describedby") || "")
      .split(" ")
      .filter((id) => id && id !== `${field.id}-careful-words`);
    if (words?.length) {
      const list = document.createElement("ul");
      list.id = `${field.id}-careful-words`;
      list.className = "careful-words__list";
      for (const word of words) {
        const item = list.appendChild(document.createElement("li"));
        const found = item.appendChild(document.createElement("strong"));
        found.textContent = `“${word.found}”`;
        item.append(` ${word.reason} `);
        const instead = item.appendChild(document.createElement("em"));
        instead.textContent = word.instead;
      }
      (field.closest(".w-field__input") ?? field).after(list);
      described.push(list.id);
    }
    if (described.length) {
      field.setAttribute("aria-describedby", described.join(" "));
    } else {
      field.removeAttribute("aria-describedby");
    }
  };

  const ask = async () => {
    asked += 1;
    const turn = asked;
    const answer = await fetch(panel.dataset.languageGuard, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify({ language: panel.dataset.language, fields: fieldsOf() }),
    }).catch(() => null);
    // A later question is on its way, or the server cannot answer: the form still asks.
    if (turn !== asked || !answer?.ok) {
      return;
    }
    const { fields, summary: words } = await answer.json();
    for (const field of form.querySelectorAll("textarea[name], input[type=text][name]")) {
      if (fields[field.name] || noteOf(field)) {
        show(field, fields[field.name]);
      }
    }
    // Said again only when it has changed: a screen reader is not to repeat it.
    if (words !== told) {
      told = words;
      summary.textContent = words;
    }
  };

  const askSoon = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  };

  form.addEventListener("input", askSoon);
  form.addEventListener("change", askSoon);
  askSoon();
}
