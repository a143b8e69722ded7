import "./define.ts";

const planner = document.createElement("landfall-planner");
planner.style.minHeight = "100%";
document.body.append(planner);
