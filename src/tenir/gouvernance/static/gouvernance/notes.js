// What is typed on an item survives a lost connection. Before the form leaves, the site is asked whether it answers; while
// it does not, the page stays as it is, says so, and sends by itself later, with the version that was read: the site
// compares, as ever. What is typed is also kept for the life of the tab, and offered again after a reload.
(() => {
  const form = document.querySelector("main form.formulaire");
  const zone = document.getElementById("garde");
  if (!form || !zone) return;
  const told = zone.querySelector("p"), choices = zone.querySelector(".gestes");
  const key = `notes:${location.pathname}`, again = 4000;
  const OURS = ["csrfmiddlewaretoken", "envoi"];
  let sending = false, timer = 0;

  const held = () => Object.fromEntries([...new FormData(form)].filter(([name]) => !OURS.includes(name)));
  const plain = (text) => String(text ?? "").replace(/\r\n/g, "\n").trim();
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  };
  const keep = (value) => {
    try { value ? sessionStorage.setItem(key, JSON.stringify(value)) : sessionStorage.removeItem(key); } catch { /* full, or refused */ }
  };
  const say = (sentence, choose = false) => {
    told.textContent = sentence;
    zone.hidden = !sentence;
    choices.hidden = !choose;
  };

  const fill = (values) => {
    for (const [name, value] of Object.entries(values)) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field) field.value = value;
    }
  };

  const before = kept();
  const written = held();
  if (before && Object.keys(before).some((name) => !name.startsWith("initial-") && name !== "version" && plain(before[name]) !== plain(written[name]))) {
    say(zone.dataset.revenu, true);
  } else {
    keep(null);
  }
  zone.querySelector("[data-reprendre]").addEventListener("click", () => { fill(before); say(""); form.elements.namedItem("notes").focus(); });
  zone.querySelector("[data-oublier]").addEventListener("click", () => { keep(null); say(""); });
  form.addEventListener("input", () => keep(held()));

  const leave = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 403) return say(zone.dataset.finie);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector("[name=csrfmiddlewaretoken]");
      if (fresh) form.elements.namedItem("csrfmiddlewaretoken").value = fresh.value;
      sending = true;
      form.submit();
    } catch {
      say(zone.dataset.coupee);
      clearTimeout(timer);
      timer = setTimeout(leave, again);
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return;
    keep(held());
    leave();
  });
  addEventListener("online", () => { if (timer) leave(); });
  addEventListener("pageshow", () => { sending = false; });
})();
