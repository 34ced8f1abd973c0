// Waits for our own record to change, then loads the page anew.

const FIRST = 1000;
const SLOWEST = 15_000;

class Waiting {
  constructor(element) {
    this.element = element;
    this.pause = FIRST;
    this.next();
  }

  next() {
    setTimeout(() => this.ask(), this.pause);
    this.pause = Math.min(this.pause * 1.3, SLOWEST);
  }

  async ask() {
    try {
      const answer = await fetch(this.element.dataset.statusUrl, { cache: "no-store" });
      if (answer.ok) {
        const { state, has_receipt: hasReceipt } = await answer.json();
        const { state: before, receipt } = this.element.dataset;
        if (state !== before || String(hasReceipt) !== receipt) {
          location.reload();
          return;
        }
      }
    } catch {
      // The next try may find the network again.
    }
    this.next();
  }
}

for (const element of document.querySelectorAll("[data-status-url]")) new Waiting(element);
