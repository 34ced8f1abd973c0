// Shows what the chosen amount is matched by now, and notes what was shown.
//
// The form works without this: the server shows the match before any money moves.

const WAIT = 350;

function connect(form) {
  const box = form.querySelector("[data-quote-url]");
  const shown = form.querySelector("[data-shown-match]");
  if (!box || !shown) return;
  const part = (name) => box.querySelector(`[data-quote="${name}"]`);
  let timer = 0;
  let asked = null;

  function problem(text) {
    part("problem").hidden = !text;
    part("problem").textContent = text;
  }

  function show(data) {
    problem("");
    for (const name of ["amount", "match", "total"]) part(name).textContent = data[name];
    part("sentences").replaceChildren(
      ...data.sentences.map((sentence) => {
        const line = document.createElement("p");
        line.textContent = sentence;
        return line;
      }),
    );
    const pairs = shown.value.split(",").filter((pair) => pair && !pair.startsWith(`${data.amount_minor}:`));
    shown.value = [...pairs.slice(-14), `${data.amount_minor}:${data.match_minor}`].join(",");
  }

  async function ask() {
    const fields = new FormData(form);
    const query = new URLSearchParams({
      amount: fields.get("amount") ?? "",
      own_amount: fields.get("own_amount") ?? "",
    });
    if (fields.get("amount") === "own" && !query.get("own_amount").trim()) return;
    asked?.abort();
    asked = new AbortController();
    box.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(`${box.dataset.quoteUrl}?${query}`, { signal: asked.signal });
      const data = await answer.json();
      if (answer.ok) show(data);
      else {
        for (const name of ["amount", "match", "total"]) part(name).textContent = "—";
        part("sentences").replaceChildren();
        problem(data.error ?? "");
      }
      box.removeAttribute("aria-busy");
    } catch (error) {
      // What stands there is still what the server last said; it asks again before payment.
      if (error.name !== "AbortError") box.removeAttribute("aria-busy");
    }
  }

  const soon = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(ask, delay);
  };
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-amount-own]")) soon(WAIT);
  });
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") soon(0);
  });
}

for (const form of document.querySelectorAll("[data-give]")) connect(form);
