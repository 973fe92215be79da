// The page of a work asks for itself again while the work is not over, and takes of it only how far it is: the focus
// stays where it was. Without script, a link does the same.
(() => {
  const zone = document.getElementById("avancement");
  const first = 1500, longest = 8000;
  let pause = first;

  const over = (fresh) => !fresh || !("ouvert" in fresh.dataset);

  const look = async () => {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", redirect: "manual" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("avancement");
      if (over(fresh)) {
        location.reload();
        return;
      }
      if (fresh.textContent !== zone.textContent) pause = first;
      zone.replaceChildren(...fresh.childNodes);
    } catch {
      // No answer: it is asked again later.
    }
    pause = Math.min(pause * 1.2, longest);
    setTimeout(look, pause);
  };

  if (zone && !over(zone)) setTimeout(look, pause);
})();
