// Keeps figures current: <section data-live-url="board.json" data-live-every="5">.
//
// Children with data-live-field="a.b" show that value of the JSON, formatted by
// data-live-format: "money" (minor units; currency from the JSON's "currency" or
// data-live-currency), "number" (default), "text" or "time". <time data-live-as-of>
// shows the JSON's "as_of" (ISO 8601). A [data-live-announce="共 {total_minor}"]
// element (role=status) tells screen readers, at most once a minute.
// Progress bars: <rect data-live-share="arrived_minor/target_minor"> sets its width.

const SLOWEST = 120_000;
const ANNOUNCE_EVERY = 60_000;
const DIGITS = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3 };
const locale = document.documentElement.lang || "zh-Hans";

const pick = (data, path) => path.split(".").reduce((value, key) => value?.[key], data);

function money(minor, currency) {
  const digits = DIGITS[currency] ?? 2;
  const whole = minor % 10 ** digits === 0;
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}

function moment(value) {
  return new Intl.DateTimeFormat(locale, {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "medium",
  }).format(new Date(value));
}

function format(value, kind, currency) {
  if (kind === "money") return money(Number(value), currency);
  if (kind === "time") return moment(value);
  if (kind === "text") return String(value);
  return new Intl.NumberFormat(locale).format(Number(value));
}

class LivePoll {
  constructor(element) {
    this.element = element;
    this.every = Math.max(2, Number(element.dataset.liveEvery) || 5) * 1000;
    this.wait = this.every;
    this.etag = null;
    this.timer = 0;
    this.announcedAt = Date.now();
    document.addEventListener("visibilitychange", () => this.schedule(document.hidden ? null : 0));
    this.schedule(this.every);
  }

  schedule(delay) {
    clearTimeout(this.timer);
    if (delay !== null && !document.hidden) this.timer = setTimeout(() => this.poll(), delay);
  }

  async poll() {
    try {
      const headers = this.etag ? { "If-None-Match": this.etag } : {};
      const answer = await fetch(this.element.dataset.liveUrl, { headers, cache: "no-store" });
      if (answer.status === 200) {
        this.etag = answer.headers.get("ETag");
        this.show(await answer.json());
      } else if (answer.status !== 304) {
        throw new Error(`HTTP ${answer.status}`);
      }
      this.wait = this.every;
      delete this.element.dataset.liveStale;
    } catch {
      this.wait = Math.min(this.wait * 2, SLOWEST);
      this.element.dataset.liveStale = ""; // the page keeps its last figures and their time
    }
    this.schedule(this.wait * (0.9 + Math.random() * 0.2));
  }

  show(data) {
    const currency = data.currency ?? this.element.dataset.liveCurrency ?? "CNY";
    for (const child of this.element.querySelectorAll("[data-live-field]")) {
      const value = pick(data, child.dataset.liveField);
      if (value === undefined || value === null) continue;
      const text = format(value, child.dataset.liveFormat, currency);
      if (child.textContent.trim() === text) continue;
      child.textContent = text;
      delete child.dataset.changed;
      requestAnimationFrame(() => (child.dataset.changed = ""));
    }
    for (const bar of this.element.querySelectorAll("[data-live-share]")) {
      const [part, whole] = bar.dataset.liveShare.split("/").map((path) => Number(pick(data, path)));
      if (whole > 0) bar.setAttribute("width", `${Math.min(100, (part * 100) / whole).toFixed(1)}%`);
    }
    for (const time of this.element.querySelectorAll("[data-live-as-of]")) {
      if (!data.as_of) continue;
      time.dateTime = data.as_of;
      time.textContent = moment(data.as_of);
    }
    this.announce(data, currency);
  }

  announce(data, currency) {
    const status = this.element.querySelector("[data-live-announce]");
    if (!status || Date.now() - this.announcedAt < ANNOUNCE_EVERY) return;
    this.announcedAt = Date.now();
    status.textContent = status.dataset.liveAnnounce.replace(/\{([\w.]+)\}/g, (_, path) =>
      format(pick(data, path), path.endsWith("_minor") ? "money" : "number", currency),
    );
  }
}

for (const element of document.querySelectorAll("[data-live-url]")) new LivePoll(element);
