// Words that no kernel has kept and that no form of the page shows: they wait for the passphrase of their workbook, or until
// somebody chooses their session. The first form says so, and lets them be copied.
function tellWaiting(forms) {
  const shown = new Set([...forms.values()].map(({ key }) => key));
  const waiting = [...unkept].filter(([key]) => isOfSession(key) && !shown.has(key));
  const words = waiting.map(([, left]) => wordsOf(left)).filter(Boolean).join("\n\n");
  for (const [el, { key }] of forms) {
    if (partOf(key) !== "beginning") continue;
    el.querySelector(".coaching-waiting")?.remove();
    if (words) el.querySelector("header").after(waitingFor(words));
  }
}

function waitingFor(words) {
  const copy = make("button", { type: "button", class: "coaching-quiet", onclick: () => navigator.clipboard.writeText(words) }, "Copy these words");
  return make("div", { class: "coaching-waiting", role: "alert" }, make("p", {}, "NOT KEPT yet: words typed before wait on this page. Open their session again, with its passphrase if it has one, and they are put back. Do not reload."), copy);
}
