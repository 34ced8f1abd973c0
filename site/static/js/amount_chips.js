// Typing an amount of one's own chooses "own"; choosing a set amount clears the typed one.

for (const group of document.querySelectorAll("[data-amount-chips]:not([data-ready])")) {
  const own = group.querySelector("[data-amount-own]");
  const radio = group.querySelector("[data-amount-own-radio]");
  group.dataset.ready = "";
  own.addEventListener("input", () => {
    if (own.value.trim()) radio.checked = true;
  });
  group.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    if (event.target === radio) own.focus();
    else own.value = "";
  });
}
