/* The chat inside another site: talks to that site's button, and only to a site that may show the chat. */
(() => {
  "use strict";
  const root = document.documentElement;
  const sites = [location.origin, ...(root.dataset.sites || "").split(" ")];
  let site = ""; /* known once the button has greeted */
  const say = (word) => { if (site) parent.postMessage({ mithaq: word }, site); };
  const enter = () => {
    const touch = matchMedia("(hover: none)").matches; /* there the keyboard would cover the chat */
    const field = touch ? null : document.querySelector("#mq-question textarea");
    const target = field || document.querySelector("#mq-main") || document.querySelector("main");
    if (!field) target?.setAttribute("tabindex", "-1");
    target?.focus({ preventScroll: true });
  };
  const whenReady = (then) => {
    if (root.dataset.ready) return then();
    const waiting = new MutationObserver(() => {
      if (!root.dataset.ready) return;
      waiting.disconnect();
      then();
    });
    waiting.observe(root, { attributes: true, attributeFilter: ["data-ready"] });
    return undefined;
  };
  if (self === top) return;
  addEventListener("message", ({ data, origin, source }) => {
    if (source !== parent || !sites.includes(origin)) return;
    if (data?.mithaq === "hello") {
      site = origin;
      whenReady(() => say("ready"));
    } else if (data?.mithaq === "focus") enter();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) say("close");
  });
})();
