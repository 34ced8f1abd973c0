// Keeps figures current: <section data-live-url="board.json" data-live-every="5">.
// Sections of one address share one poll.
//
// Children with data-live-field="a.b" show that value of the JSON, formatted by
// data-live-format: "money" (minor units; currency from the JSON's "currency" or
// data-live-currency), "number" (default), "share" (of "part/whole", in percent), "text"
// or "time". <time data-live-as-of>
// shows the JSON's "as_of" (ISO 8601). A [data-live-announce="共 {total_minor}"]
// element (role=status) tells screen readers, at most once a minute.
// Bars: <rect data-live-share="arrived_minor/target_minor"> sets its width; the whole may be
// "max(townships.cash_minor)", the greatest of them all.
// Lists: <ol data-live-list="latest" data-live-nobody="爱心人士" data-live-now="刚刚"> is filled
// anew from its <template>, whose [data-item="name"] shows that value by data-live-format.

const SLOWEST = 120_000;
const ANNOUNCE_EVERY = 60_000;
const DIGITS = { JPY: 0, KRW: 0, VND: 0, KWD: 3, BHD: 3, OMR: 3 };
const locale = document.documentElement.lang || "zh-Hans";

const spaced = locale.startsWith("zh") ? " " : "";
const AGES = [[86_400, "day"], [3600, "hour"], [60, "minute"]];
const relative = new Intl.RelativeTimeFormat(locale, { numeric: "always" });

const pick = (data, path) => path.split(".").reduce((value, key) => value?.[key], data);

function whole(data, path) {
  const [, rows, key] = path.match(/^max\((\w+)\.(\w+)\)$/) ?? [];
  return rows ? Math.max(0, ...Object.values(data[rows] ?? {}).map((row) => row[key])) : Number(pick(data, path));
}

function share(data, path) {
  const [part, of] = path.split("/");
  const all = whole(data, of);
  return all > 0 ? Math.min(100, (Number(pick(data, part)) * 100) / all) : 0;
}

// As the server says it: 刚刚, 5 分钟前.
function age(instant, now) {
  const seconds = Math.max(0, (Date.now() - new Date(instant)) / 1000);
  const [unit, name] = AGES.find(([length]) => seconds >= length) ?? [];
  if (!unit) return now;
  const parts = relative.formatToParts(-Math.floor(seconds / unit), name);
  return parts.map((part) => part.value.trim()).join(spaced || " ");
}

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
  if (kind === "share") return `${Math.floor(Number(value))}%`;
  if (kind === "text") return String(value);
  return new Intl.NumberFormat(locale).format(Number(value));
}

class LivePoll {
  constructor(url, elements) {
    this.url = url;
    this.elements = elements;
    this.every = Math.max(2, Number(elements[0].dataset.liveEvery) || 5) * 1000;
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
      const answer = await fetch(this.url, { headers, cache: "no-store" });
      if (answer.status === 200) {
        this.etag = answer.headers.get("ETag");
        const data = await answer.json();
        for (const element of this.elements) this.show(element, data);
      } else if (answer.status !== 304) {
        throw new Error(`HTTP ${answer.status}`);
      }
      this.wait = this.every;
      for (const element of this.elements) delete element.dataset.liveStale;
      this.grow();
    } catch {
      this.wait = Math.min(this.wait * 2, SLOWEST);
      for (const element of this.elements) element.dataset.liveStale = ""; // the page keeps its last figures and their time
    }
    this.schedule(this.wait * (0.9 + Math.random() * 0.2));
  }

  show(element, data) {
    const currency = data.currency ?? element.dataset.liveCurrency ?? "CNY";
    for (const child of element.querySelectorAll("[data-live-field]")) {
      const path = child.dataset.liveField;
      const value = path.includes("/") ? share(data, path) : pick(data, path);
      if (value === undefined || value === null) continue;
      const text = format(value, child.dataset.liveFormat, currency);
      if (child.textContent.trim() === text) continue;
      child.textContent = text;
      delete child.dataset.changed;
      requestAnimationFrame(() => (child.dataset.changed = ""));
    }
    for (const bar of element.querySelectorAll("[data-live-share]"))
      bar.setAttribute("width", `${share(data, bar.dataset.liveShare).toFixed(1)}%`);
    for (const list of element.querySelectorAll("[data-live-list]")) this.fill(list, data, currency);
    for (const time of element.querySelectorAll("[data-live-as-of]")) {
      if (!data.as_of) continue;
      time.dateTime = data.as_of;
      time.textContent = moment(data.as_of);
    }
    this.announce(element, data, currency);
  }

  // Rows seen before stay as they are; new ones are marked, so that the eye finds them.
  fill(list, data, currency) {
    const items = pick(data, list.dataset.liveList);
    const mould = list.querySelector("template");
    if (!mould || !items?.length) return;
    const seen = new Map([...list.children].map((row) => [row.dataset.key, row]));
    const rows = items.map((item) => {
      const key = JSON.stringify(item);
      if (seen.has(key)) return seen.get(key);
      const row = mould.content.firstElementChild.cloneNode(true);
      for (const part of row.querySelectorAll("[data-item]")) {
        const value = item[part.dataset.item];
        part.closest("[data-optional]")?.toggleAttribute("hidden", !value);
        part.textContent = value ? format(value, part.dataset.liveFormat, currency) : list.dataset.liveNobody;
      }
      const time = row.querySelector("time");
      if (time) time.dateTime = item.at;
      row.dataset.key = key;
      if (list.dataset.filled !== undefined) row.dataset.changed = "";
      return row;
    });
    list.replaceChildren(mould, ...rows);
    list.dataset.filled = "";
  }

  // Says anew how long ago the rows of the lists were.
  grow() {
    for (const element of this.elements)
      for (const list of element.querySelectorAll("[data-live-now]"))
        for (const time of list.querySelectorAll("time")) time.textContent = age(time.dateTime, list.dataset.liveNow);
  }

  announce(element, data, currency) {
    const status = element.querySelector("[data-live-announce]");
    if (!status || Date.now() - this.announcedAt < ANNOUNCE_EVERY) return;
    this.announcedAt = Date.now();
    status.textContent = status.dataset.liveAnnounce.replace(/\{([\w.]+)\}/g, (_, path) =>
      format(pick(data, path), path.endsWith("_minor") ? "money" : "number", currency),
    );
  }
}

const groups = new Map();
for (const element of document.querySelectorAll("[data-live-url]")) {
  const url = element.dataset.liveUrl;
  groups.set(url, [...(groups.get(url) ?? []), element]);
}
for (const [url, elements] of groups) new LivePoll(url, elements);
