/* The page's own behaviour beside Gradio: language and look, opening citations, copying, thumbs, announcing answers. */
(() => {
  "use strict";
  const root = document.documentElement;
  const find = (selector) => document.querySelector(selector);
  const words = () => JSON.parse(find("#mq-page")?.dataset.words || "{}");
  let language = "", announced = "", followed = "", noticed = "";

  /* Gradio listens to its own text boxes: what is written here reaches a Python handler. */
  const send = (id, value) => {
    const box = find(`#${id} textarea, #${id} input`);
    if (!box) return false;
    const type = box.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(type.prototype, "value").set.call(box, value);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };

  const live = document.createElement("div");
  live.className = "mq-sr";
  live.setAttribute("role", "status");
  live.setAttribute("aria-live", "polite");
  /* Each part with its own language; emptied before, so that the same words are read out again. */
  const say = (...parts) => {
    live.replaceChildren();
    setTimeout(() => live.replaceChildren(...parts.map(
      ([text, lang]) => Object.assign(document.createElement("p"), { textContent: text, lang: lang || language }))), 50);
  };

  /* Look */
  const applyTheme = () => {
    const dark = root.dataset.theme === "dark";
    if (document.body.classList.contains("dark") !== dark) document.body.classList.toggle("dark", dark);
    const button = find(".mq-theme");
    const label = words()[dark ? "theme_light" : "theme_dark"];
    if (button && label && button.title !== label) {
      button.title = label;
      button.setAttribute("aria-label", label);
    }
  };
  const switchTheme = () => {
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    try { localStorage.setItem("mithaq-theme", root.dataset.theme); } catch { /* private window: this visit only */ }
    applyTheme();
  };

  /* Language */
  const applyLanguage = () => {
    const page = find("#mq-page");
    if (!page || page.dataset.page === language) return;
    language = page.dataset.page;
    root.lang = language;
    root.dir = page.dir;
    if (refocus) find(`a[data-language="${language}"]`)?.focus({ preventScroll: true }); /* Gradio made the header anew */
    refocus = false;
    document.title = words().page_title || document.title;
  };
  let refocus = false;
  const chooseLanguage = (event, link) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || !send("mq-chosen-language", link.dataset.language)) return;
    event.preventDefault();
    refocus = true;
    const address = new URL(location.href);
    address.searchParams.set("lang", link.dataset.language);
    history.replaceState(history.state, "", address);
  };

  /* Dates in the page's language; Moroccan month names in Arabic. */
  const writeDates = () => {
    if (!language) return;
    const format = new Intl.DateTimeFormat(
      { ar: "ar-MA-u-nu-latn", en: "en-GB", zh: "zh-CN" }[language] || language, { dateStyle: "long", timeZone: "UTC" });
    for (const time of document.querySelectorAll("time[datetime]:not([data-written])")) {
      time.dataset.written = language;
      const written = format.format(new Date(`${time.getAttribute("datetime")}T00:00:00Z`));
      (time.firstElementChild || time).textContent = language === "fr" ? written.replace(/^1 /, "1er ") : written;
    }
  };

  /* Citations */
  const plain = (text) => text.replace(/[\s\u00a0]+/g, " ").trim();
  let lastMark = null;
  const openSource = (mark) => {
    const source = document.getElementById(mark.dataset.source);
    if (!source) return;
    const folded = source.closest(".mq-more:not([open])");
    if (folded) folded.open = true;
    source.open = Boolean(folded) || !source.open || mark !== lastMark; /* another mark of an open passage moves to its own sentence */
    lastMark = mark;
    if (!source.open) return;
    const used = plain(mark.closest("p, li").textContent);
    source.querySelectorAll("mark").forEach((part) => part.classList.toggle("mq-now", used.includes(plain(part.textContent))));
    const fits = source.offsetHeight < innerHeight - 240; /* header and question field stay in view */
    const sentence = fits ? null : source.querySelector("mark.mq-now");
    (sentence || source).scrollIntoView({ block: sentence ? "center" : "nearest" });
    source.querySelector("summary").focus({ preventScroll: true });
  };
  const opened = new Set();
  const rememberOpen = (source) => {
    source.dataset.kept = "1"; /* it keeps its state itself, until Gradio makes it anew */
    opened[source.open ? "add" : "delete"](source.id);
    document.querySelectorAll(`[data-source="${source.id}"]`).forEach(
      (mark) => mark.setAttribute("aria-expanded", String(source.open)));
  };
  const reopen = () => opened.forEach((id) => {
    const source = document.getElementById(id);
    if (source && !source.dataset.kept) source.open = true;
  });

  /* Tools under an answer */
  const copy = async (button) => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: button.dataset.copy });
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const label = button.querySelector("span");
    say([label.textContent = words().copied]);
    setTimeout(() => { label.textContent = words().copy; }, 2000);
  };
  const rate = (button) => {
    const taken = button.getAttribute("aria-pressed") !== "true";
    const foot = button.parentElement;
    foot.querySelectorAll(".mq-thumb").forEach((thumb) => thumb.setAttribute("aria-pressed", "false"));
    button.setAttribute("aria-pressed", String(taken));
    send("mq-rating", `${button.closest("[data-answer]").dataset.answer}:${taken ? button.dataset.helpful : ""}`);
    if (taken) say([foot.querySelector(".mq-thanks").textContent]);
  };

  /* A new question comes to the top of the view; a finished answer is read out once. */
  const bringUp = () => find("#mq-current .mq-turn")?.scrollIntoView({ block: "start" });
  const spoken = (answer) => [...answer.querySelectorAll(".mq-badge, .mq-text :is(p, li)")].map((part) => {
    const copied = part.cloneNode(true);
    copied.querySelectorAll(".mq-marks").forEach((marks) => marks.remove());
    return [plain(copied.textContent), part.closest("[lang]").lang];
  });
  const follow = () => {
    const turn = find("#mq-current .mq-turn");
    const shown = turn ? turn.querySelector("[data-answer]")?.dataset.answer || "working" : "";
    if (shown !== followed) {
      if (turn && followed !== "working") {
        bringUp();
        setTimeout(bringUp, 60); /* once more when the turns above it have their height */
        if (matchMedia("(hover: none)").matches) find("#mq-question textarea")?.blur(); /* the keyboard gives way */
      }
      followed = shown;
      if (shown === "working") say([turn.querySelector(".mq-working").textContent]);
    }
    const done = turn?.querySelector('[data-done="1"]');
    if (done && done.dataset.answer !== announced) {
      announced = done.dataset.answer;
      say(...spoken(done));
    }
  };
  /* Gradio's own notices are in English only: its one for a lost connection is said again in the page's language. */
  const notice = document.createElement("p");
  notice.id = "mq-notice";
  notice.setAttribute("role", "alert");
  const tellTrouble = () => {
    const told = find(".toast-body.error") ? words().connection_lost : followed === noticed ? notice.textContent : "";
    if (notice.textContent !== told) notice.textContent = told; /* writing it again would call this again */
    noticed = followed;
  };

  /* The button that was pressed goes away: the focus goes on to the question field. */
  const toField = () => {
    if (!matchMedia("(hover: none)").matches) find("#mq-question textarea")?.focus({ preventScroll: true });
  };
  /* `?ask=` fills the question field; sending it is left to the visitor. */
  const fillAsked = (field) => {
    const address = new URL(location.href), asked = address.searchParams.get("ask");
    if (!field || !asked) return;
    if (!field.value) send("mq-question", asked.slice(0, 1000));
    address.searchParams.delete("ask");
    history.replaceState(history.state, "", address);
  };
  const ready = () => {
    if (root.dataset.ready || find("#mq-page")?.dataset.opened !== "1") return;
    root.dataset.ready = "1";
    const field = find("#mq-question textarea");
    field?.setAttribute("enterkeyhint", "send");
    fillAsked(field);
    if (matchMedia("(hover: hover) and (min-width: 50rem)").matches && self === top) field?.focus({ preventScroll: true });
  };
  let planned = false;
  const refresh = () => {
    planned = false;
    applyLanguage(); applyTheme(); reopen(); writeDates(); follow(); tellTrouble(); ready();
  };
  const plan = () => {
    if (planned) return;
    planned = true;
    setTimeout(refresh, 0);
  };

  document.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    let found;
    if ((found = on(".mq-cite"))) openSource(found);
    else if ((found = on(".mq-copy"))) copy(found);
    else if ((found = on(".mq-thumb"))) rate(found);
    else if ((found = on("a[data-language]"))) chooseLanguage(event, found);
    else if (on(".mq-theme")) switchTheme();
    else if (on("#mq-clear, .mq-chip")) toField();
    else if (on(".mq-skip") && find("#mq-question textarea")) { event.preventDefault(); find("#mq-question textarea").focus(); }
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".mq-source, .mq-more")) rememberOpen(event.target);
  }, true);
  addEventListener("DOMContentLoaded", () => {
    document.body.append(live, notice);
    new MutationObserver(plan).observe(document.body, { childList: true, subtree: true, characterData: true });
    new MutationObserver(applyTheme).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    plan();
    setTimeout(() => { root.dataset.ready = "1"; }, 15000);
  });
})();
