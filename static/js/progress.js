// Shows how far something has come that is made in the background. Without this the page loads itself anew.

const EVERY_MS = 2000;

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-progress]");
    const shown = document.querySelector("[data-progress]");
    // It has ended, and other links go with that; or the login has.
    if (!now || !("open" in now.dataset)) return location.reload();
    if (now.innerHTML !== shown.innerHTML) shown.innerHTML = now.innerHTML;
  } catch {
    // The server is away: it is asked again.
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
