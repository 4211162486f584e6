// Does the sum that tells a browser from a robot, while its owner fills in the form. A page
// that cannot do it leaves the answer empty, and an officer rings before anything is sent.
const BATCH = 256;
const form = document.querySelector("form[data-proof]");

if (form && window.crypto?.subtle) {
  const { challenge, answer } = form.elements;
  const zeroBits = Number(challenge.value.split(":")[0].split(".")[2]);
  const status = form.querySelector("[data-proof-status]");
  const encoder = new TextEncoder();
  let isDone = false;
  let isWaiting = false;

  document.querySelector("[data-proof-without]")?.setAttribute("hidden", "");

  const hasWork = async (number) => {
    const text = encoder.encode(`${challenge.value}:${number}`);
    const digest = new DataView(await crypto.subtle.digest("SHA-256", text));
    return digest.getUint32(0) >>> (32 - zeroBits) === 0;
  };

  const search = async () => {
    for (let first = 0; ; first += BATCH) {
      const numbers = Array.from({ length: BATCH }, (_, step) => first + step);
      const found = (await Promise.all(numbers.map(hasWork))).indexOf(true);
      if (found >= 0) return numbers[found];
      // A timer lets taps and keys through between two batches.
      await new Promise((resolve) => setTimeout(resolve));
    }
  };

  const finish = () => {
    isDone = true;
    if (isWaiting) form.submit();
  };

  form.addEventListener("submit", (event) => {
    if (isDone) return;
    event.preventDefault();
    isWaiting = true;
    status.hidden = false;
  });

  search().then(
    (number) => {
      answer.value = number;
      finish();
    },
    finish,
  );
}
