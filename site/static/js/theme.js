// Light or dark by the reader's choice; without one, by their system.
// Loaded render-blocking, so that a chosen theme never flashes.

const KEY = "aixin-theme";
const root = document.documentElement;
const systemDark = matchMedia("(prefers-color-scheme: dark)");

function stored() {
  try {
    const value = localStorage.getItem(KEY);
    return value === "light" || value === "dark" ? value : null;
  } catch {
    return null; // storage refused: the system decides
  }
}

function remember(theme) {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // lasts for this page only
  }
}

const system = () => (systemDark.matches ? "dark" : "light");
const current = () => root.dataset.theme ?? system();

function apply(theme) {
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function connect() {
  const button = document.querySelector("[data-theme-toggle]");
  if (!button) return;
  const show = () => button.setAttribute("aria-pressed", String(current() === "dark"));
  button.addEventListener("click", () => {
    const next = current() === "dark" ? "light" : "dark";
    const choice = next === system() ? null : next; // back to the system's: nothing to remember
    remember(choice);
    apply(choice);
    show();
  });
  systemDark.addEventListener("change", show);
  show();
  button.hidden = false;
}

if (!("themeFixed" in root.dataset)) {
  apply(stored());
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", connect);
  else connect();
}
