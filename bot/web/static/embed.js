/* Mithaq on another site: needs only script-src and frame-src; stores nothing. */
(() => {
  const script = document.currentScript || document.querySelector('script[src*="/embed.js"]');
  const once = Symbol.for("mithaq");
  if (!script || document[once]) return;
  document[once] = true;

  const words = {/* words */};
  const home = new URL(script.src).origin;
  const given = script.dataset;
  const spoken = (tag) => {
    const code = `${tag}`.trim().toLowerCase().split(/[-_]/)[0];
    return Object.keys(words).includes(code) ? code : "";
  };
  const lang = spoken(given.lang) || spoken(document.documentElement.lang) || "fr";
  const [ask, close, title] = words[lang];
  const dir = lang === "ar" ? "rtl" : "ltr";
  const side = /^(left|right)$/.test(given.position) ? given.position : dir === "rtl" ? "left" : "right";
  const accent = /^#[0-9a-f]{6}$/i.test(given.accent) ? given.accent : "#4f3fc4";
  const light = [1, 3, 5].map((at) => parseInt(accent.slice(at, at + 2), 16) / 255)
    .map((part) => (part > 0.04045 ? ((part + 0.055) / 1.055) ** 2.4 : part / 12.92))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);

  const small = "(max-width:480px),(max-height:480px)";
  const rules = `
:host{all:initial!important}
@media print{:host{display:none!important}}
button{font:600 16px system-ui;cursor:pointer;color:var(--on);background:var(--accent);border:2px solid var(--on)}
button:focus-visible{outline:3px solid var(--accent);outline-offset:3px}
.b{position:fixed;z-index:2147483000;bottom:20px;${side}:20px;min-height:52px;padding:0 20px;border-radius:26px;box-shadow:0 4px 16px #0005}
dialog{position:fixed;inset:auto;bottom:84px;${side}:20px;margin:0;padding:0;box-sizing:border-box;width:min(410px,100vw - 40px);height:min(660px,100vh - 104px);max-width:none;max-height:none;border:1px solid #777;border-radius:14px;background:#fff;box-shadow:0 8px 32px #0006;overflow:hidden}
dialog[open]{display:flex;flex-direction:column}
div{display:flex;align-items:center;justify-content:space-between;padding-inline:14px 6px;background:var(--accent);color:var(--on);font:600 16px system-ui}
div button{width:44px;height:44px;border-color:transparent;font-size:24px}
div button:focus-visible{outline-color:var(--on);outline-offset:-5px}
iframe{flex:1;border:0}
@media ${small}{dialog{inset:0;width:auto;height:auto;border:0;border-radius:0}}`;

  const make = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  };
  const host = make("mithaq-chat", { lang, dir });
  host.style.setProperty("--accent", accent);
  host.style.setProperty("--on", light > 0.179 ? "#000" : "#fff");
  const root = host.attachShadow({ mode: "open" });
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", {}, rules));
  }
  const button = make("button", { type: "button", class: "b", "aria-haspopup": "dialog", "aria-expanded": "false" }, ask);
  const shut = make("button", { type: "button", "aria-label": close, title: close }, "×");
  const dialog = make("dialog", { "aria-label": title }, make("div", {}, make("span", {}, dir === "rtl" ? "ميثاق" : "Mithaq"), shut));
  root.append(button, dialog);

  let frame;
  const say = (word) => frame.contentWindow?.postMessage({ mithaq: word }, home);
  const open = () => {
    if (frame) say("hello");
    else {
      const src = `${home}/embed?lang=${lang}&accent=%23${accent.slice(1)}`;
      frame = make("iframe", { title, src, allow: "clipboard-write", referrerpolicy: "origin" });
      frame.addEventListener("load", () => say("hello"));
      dialog.append(frame);
    }
    if (matchMedia(small).matches) dialog.showModal();
    else dialog.show();
    button.setAttribute("aria-expanded", "true");
  };
  button.addEventListener("click", () => (dialog.open ? dialog.close() : open()));
  shut.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    button.setAttribute("aria-expanded", "false");
    button.focus();
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && dialog.open) dialog.close();
  });
  addEventListener("message", ({ data, origin, source }) => {
    if (origin !== home || !frame || source !== frame.contentWindow || !dialog.open) return;
    if (data?.mithaq === "close") dialog.close();
    if (data?.mithaq === "ready" && root.activeElement) {
      frame.focus();
      say("focus");
    }
  });
  const place = () => document.body.append(host);
  if (document.body) place();
  else addEventListener("DOMContentLoaded", place);
})();
