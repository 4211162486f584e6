import { ErrorSummary } from "./govuk/components/error-summary/error-summary.js";
import { ExitThisPage } from "./govuk/components/exit-this-page/exit-this-page.js";

// The components refuse to start unless the body carries this class.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

for (const Component of [ExitThisPage, ErrorSummary]) {
  for (const root of document.querySelectorAll(`[data-module="${Component.moduleName}"]`)) {
    new Component(root);
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const form of document.querySelectorAll("form[data-submit-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.submitted) event.preventDefault();
    form.dataset.submitted = "true";
  });
  // Coming back by the Back button may restore the page as it was left.
  window.addEventListener("pageshow", () => delete form.dataset.submitted);
}
