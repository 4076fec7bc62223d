// Loads a page of `invoke serve` again when it changed, where one left off reading, and says why a build failed.
(() => {
  const { follow, seen } = document.currentScript.dataset;
  let source = null;

  // What a tab remembers from one page to the next. A browser may forbid it; then it is forgotten.
  const memory = {
    get(key) {
      try {
        return sessionStorage.getItem(`preview-${key}`);
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        sessionStorage.setItem(`preview-${key}`, value);
      } catch {
        // Nothing to do.
      }
    },
  };

  const here = () => location.pathname + location.search;

  function reload() {
    disconnect();
    memory.set("scroll", JSON.stringify([here(), scrollX, scrollY]));
    location.reload();
  }

  function scrollBack() {
    const [page, x, y] = JSON.parse(memory.get("scroll") ?? "[]");
    memory.set("scroll", "[]");
    if (page === here()) {
      scrollTo({ left: x, top: y, behavior: "instant" });
    }
  }

  // Makes the overlay that stands in the page work, if there is one.
  function openProblem() {
    const box = document.querySelector("preview-problem");
    if (!box) {
      memory.set("hidden", ""); // mended; should it come back, it is shown again
      return;
    }
    const dialog = box.querySelector("dialog");
    // Both, as the second comes a little later than what one sees.
    dialog.addEventListener("cancel", () => memory.set("hidden", box.dataset.key));
    dialog.addEventListener("close", () => memory.set("hidden", box.dataset.key));
    box.querySelector("[data-do=hide]").addEventListener("click", () => dialog.close());
    box.querySelector("[data-do=show]").addEventListener("click", () => dialog.showModal());
    if (memory.get("hidden") !== box.dataset.key) {
      dialog.showModal();
    }
  }

  function take(state) {
    if (state[follow] !== seen) {
      reload();
      return;
    }
    document.dispatchEvent(new CustomEvent("preview-state", { detail: state }));
    const box = document.querySelector("preview-problem");
    // A page that follows the number of the state came with its problem.
    if (follow === "version" && box?.dataset.number !== state.problem?.number) {
      box?.remove();
      document.body.insertAdjacentHTML("beforeend", state.problem?.html ?? "");
      openProblem();
    }
  }

  function connect() {
    // A browser has six connections to a server, so tabs that nobody sees give theirs back and catch up when seen.
    if (source || document.hidden) {
      return;
    }
    source = new EventSource(`/__preview/events?page=${encodeURIComponent(location.pathname)}`);
    source.onmessage = (event) => take(JSON.parse(event.data));
    source.onerror = () => {
      // The browser connects again by itself, unless something else answered in the meantime.
      if (source?.readyState === EventSource.CLOSED) {
        disconnect();
        setTimeout(connect, 2000);
      }
    };
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  scrollBack();
  openProblem();
  connect();
})();
