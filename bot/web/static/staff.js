/* The desk works without this: it adds the look, files dropped onto their field, and progress that renews itself. */
(() => {
  "use strict";
  const root = document.documentElement;
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
      try { localStorage.setItem("mithaq-theme", root.dataset.theme); } catch { /* private window: this visit only */ }
    });
  }

  /* A file may be dropped anywhere onto the area around its field. */
  for (const zone of document.querySelectorAll("[data-drop]")) {
    const field = zone.querySelector("input[type=file]"), shown = zone.querySelector("[data-dropped]");
    const show = () => { if (shown) shown.textContent = [...field.files].map((file) => file.name).join(", "); };
    for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => {
      event.preventDefault();
      zone.classList.add("is-over");
    });
    for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("is-over"));
    zone.addEventListener("drop", (event) => {
      event.preventDefault();
      if (event.dataTransfer.files.length) { field.files = event.dataTransfer.files; show(); }
    });
    field.addEventListener("change", show);
  }

  /* Whatever has `data-refresh="seconds"` is fetched anew from this address until it no longer has it. */
  const renew = async (place) => {
    if (!document.hidden) {
      const got = await fetch(location.href, { headers: { "X-Requested-With": "staff" } }).catch(() => null);
      if (got?.redirected) { location.reload(); return; }
      if (got?.ok) {
        const fresh = new DOMParser().parseFromString(await got.text(), "text/html").getElementById(place.id);
        if (!fresh) { location.reload(); return; }
        if (fresh.outerHTML !== place.outerHTML) { place.replaceWith(fresh); place = fresh; }
        if (!place.dataset.refresh) return;
      }
    }
    setTimeout(renew, 1000 * Number(place.dataset.refresh), place);
  };
  for (const place of document.querySelectorAll("[data-refresh][id]")) setTimeout(renew, 1000 * Number(place.dataset.refresh), place);
})();
