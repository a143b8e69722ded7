import { LandfallPlanner } from "./element.ts";

// A wiki may include the script twice.
if (!customElements.get("landfall-planner")) customElements.define("landfall-planner", LandfallPlanner);
