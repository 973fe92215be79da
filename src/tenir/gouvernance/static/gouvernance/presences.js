// Quorum, parity and colleges follow what is ticked, before it is saved: the site counts, by the same rules as in the minutes,
// and writes nothing. Without this script, or without a connection, they are counted at each saving.
(() => {
  const zone = document.getElementById("comptes"), form = zone?.closest("form");
  if (!form) return;
  const OURS = ["csrfmiddlewaretoken", "envoi", "marque"];
  let timer = 0, last = 0;

  const count = async () => {
    const mine = ++last;
    const typed = new URLSearchParams([...new FormData(form)].filter(([name]) => !OURS.includes(name)));
    try {
      const answer = await fetch(`${zone.dataset.compter}?${typed}`, { credentials: "same-origin", redirect: "error", cache: "no-store" });
      if (!answer.ok || mine !== last) return;
      const told = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine === last) zone.replaceChildren(...told.body.childNodes);
    } catch { /* no connection: counted at the saving */ }
  };

  // what was typed or ticked while this script was still coming is counted too
  const touched = (field) => field.checked !== field.defaultChecked || (field.defaultValue ?? field.value) !== field.value;

  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(count, 250); });
  if ([...form.elements].some(touched)) count();
})();
