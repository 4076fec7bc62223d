// Fills the panel at the foot of a page, again when the checks are through, and keeps what was open over reloads.
(() => {
  const panel = document.querySelector("preview-panel");
  if (!panel) {
    return;
  }
  const details = panel.querySelector("details");
  const summary = details.querySelector("summary");
  const inside = details.querySelector("[data-panel]");
  const alone = Boolean(panel.closest("preview-page"));
  let latest = 0;
  let moved = null;
  let known = "";

  // What a tab remembers. A browser may forbid it; then it is forgotten.
  const memory = {
    get(key) {
      try {
        return JSON.parse(sessionStorage.getItem(`preview-panel-${key}`));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        sessionStorage.setItem(`preview-panel-${key}`, JSON.stringify(value));
      } catch {
        // Nothing to do.
      }
    },
  };

  const parts = () => [...inside.querySelectorAll("section details")];

  // Opens what was open and goes to where it was read; only on the page that it was left on.
  function restore(kept) {
    if (kept?.page !== location.pathname) {
      return;
    }
    for (const part of parts()) {
      part.open = kept.open.includes(part.querySelector("summary").textContent);
    }
    inside.scrollTop = kept.top;
  }

  const now = () => ({
    page: location.pathname,
    top: inside.scrollTop,
    open: parts().filter((part) => part.open).map((part) => part.querySelector("summary").textContent),
  });

  async function fill(kept) {
    const mine = ++latest;
    let text;
    try {
      const answer = await fetch(panel.dataset.src);
      text = answer.ok ? await answer.text() : "";
    } catch {
      return; // the server went away; the page finds it again by itself
    }
    const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("preview-panel");
    if (mine !== latest || !fresh) {
      return;
    }
    const before = kept ?? now();
    panel.dataset.checked = fresh.dataset.checked;
    summary.replaceChildren(...fresh.querySelector("summary").childNodes);
    inside.replaceChildren(...fresh.querySelector("[data-panel]").childNodes);
    moved = true;
    restore(before);
  }

  details.addEventListener("toggle", () => memory.set("open", details.open));
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open && !alone) {
      details.open = false;
      summary.focus();
    }
  });
  addEventListener("pagehide", () => moved && memory.set("kept", now()));
  document.addEventListener("preview-state", ({ detail }) => {
    // The page may have stayed as it was while others changed, and the checks ran again.
    if (detail.found && (panel.dataset.checked === "no" || (known && known !== detail.found))) {
      fill();
    }
    known = detail.found || known;
  });
  details.open = alone || memory.get("open") === true;
  if (!alone) {
    fill(memory.get("kept"));
  }
})();
