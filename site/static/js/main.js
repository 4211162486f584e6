import { ExitThisPage } from "./govuk/components/exit-this-page/exit-this-page.js";

// Leaves in place of the page, so that "back" does not lead to it again. A browser that
// keeps the page alive all the same shows nothing of it before it is asked for anew.
class LeaveForGood extends ExitThisPage {
  exitPage() {
    document.body.classList.add("govuk-exit-this-page-hide-content");
    this.$overlay = document.createElement("div");
    this.$overlay.className = "govuk-exit-this-page-overlay";
    this.$overlay.setAttribute("role", "alert");
    document.body.appendChild(this.$overlay);
    this.$overlay.textContent = this.i18n.t("activated");
    this.hasLeft = true;
    window.location.replace(this.$button.href);
  }

  resetPage(event) {
    if (this.hasLeft && event.persisted) window.location.reload();
    else super.resetPage();
  }
}

// The components refuse to start unless the body carries this class.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

start(LeaveForGood);

// Public pages have no form to send, and do without the rest of this.
if (document.querySelector('[data-module="govuk-error-summary"]')) {
  import("./govuk/components/error-summary/error-summary.js").then(({ ErrorSummary }) => start(ErrorSummary));
}

function start(Component) {
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
