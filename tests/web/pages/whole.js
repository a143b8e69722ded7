// As www/src/standalone.ts does it.
const planner = document.createElement("landfall-planner");
const asked = new URLSearchParams(location.search);
for (const name of ["view", "theme", "today"]) if (asked.get(name)) planner.setAttribute(name, asked.get(name));
Object.assign(planner.style, { height: "100%", border: "0", borderRadius: "0" });
planner.addEventListener("landfall-ready", () => planner.shadowRoot.querySelector(".shell").focus({ preventScroll: true }), { once: true });
document.body.append(planner);
