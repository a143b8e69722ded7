// The page that is nothing but a planner.
import "./define.ts";

const planner = document.createElement("landfall-planner");
const asked = new URLSearchParams(location.search);
for (const name of ["view", "theme", "today"]) {
  const value = asked.get(name);
  if (value) planner.setAttribute(name, value);
}
Object.assign(planner.style, { height: "100%", border: "0", borderRadius: "0" });
// Keys work from the start: nothing else on this page wants them.
planner.addEventListener("landfall-ready", () => planner.shadowRoot?.querySelector<HTMLElement>(".shell")?.focus({ preventScroll: true }), { once: true });
document.body.append(planner);
