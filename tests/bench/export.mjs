// A tracker's export as large teams have it, the same each time: a Jira CSV of so many issues over three years.

const columns = [
  "Summary", "Issue key", "Issue id", "Issue Type", "Status", "Status Category", "Priority", "Resolution", "Assignee", "Reporter", "Created", "Updated",
  "Resolved", "Labels", "Labels", "Labels", "Description", "Outward issue link (Blocks)", "Sprint", "Sprint", "Custom field (Story Points)",
  "Custom field (Epic Link)", "Custom field (Epic Name)", "Component/s",
];
const verbs = ["Show", "Export", "Filter", "Check", "Merge", "Import", "Archive", "Sort", "Explain", "Translate", "Cache", "Rename"];
const nouns = ["the invoice list", "orders by country", "a customer's contracts", "the audit log", "price lists", "returns", "the search index", "payment reminders", "délais de livraison", "the \"quick\" order form"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 86_400_000;
const LAST = Date.UTC(2026, 10, 20);

/** What a Jira export of `rows` issues says, of which `open` are not finished; one in twenty-five is an epic. */
export function jiraExport(rows, open) {
  let state = 20_261_120;
  const below = (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const pick = (list) => list[below(list.length)];
  const date = (time) => {
    const day = new Date(time);
    const hour = 8 + below(10);
    return `${day.getUTCDate()}/${months[day.getUTCMonth()]}/${String(day.getUTCFullYear()).slice(2)} ${hour % 12 || 12}:${String(below(60)).padStart(2, "0")} ${hour < 12 ? "AM" : "PM"}`;
  };
  const cell = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [columns.join(",")];
  for (let k = 1; k <= rows; k++) {
    const done = k <= rows - open;
    const age = (rows - k) / rows;
    const created = LAST - Math.floor(age * 1095 * DAY);
    const resolved = Math.min(LAST, created + (3 + below(60)) * DAY);
    const epic = k % 25 === 1;
    const type = epic ? "Epic" : pick(["Story", "Story", "Story", "Bug", "Task", "Spike"]);
    const declined = done && below(20) === 0;
    const status = declined ? "Won't Do" : done ? "Done" : pick(["To Do", "To Do", "To Do", "In Progress", "Selected for Development"]);
    const title = epic ? `Epic ${k}: ${pick(nouns)}` : `${pick(verbs)} ${pick(nouns)} (${k})`;
    const note = `As a clerk I want to ${pick(verbs).toLowerCase()} ${pick(nouns)}, so that nobody waits for it.\n\nSeen with version ${below(9)}.${below(30)}, reported by support; see the note of ${date(created)}.`;
    // A quarter of what is open blocks something further down.
    const blocks = !done && below(4) === 0 && k + 40 < rows ? `ERP-${k + 1 + below(40)}` : "";
    lines.push([
      title, `ERP-${k}`, String(100_000 + k), type, status, done ? "Done" : status === "In Progress" ? "In Progress" : "To Do", pick(["Low", "Medium", "Medium", "High"]),
      declined ? "Won't Do" : done ? "Done" : "", `user${below(40)}`, `user${below(90)}`, date(created), date(done ? resolved : LAST), done ? date(resolved) : "",
      below(3) ? `team-${below(12)}` : "", below(4) ? "" : `release-${below(30)}`, below(9) ? "" : "customer", note, epic ? "" : blocks,
      `Sprint ${Math.floor((1 - age) * 78)}`, below(5) ? "" : `Sprint ${Math.floor((1 - age) * 78) + 1}`, epic || below(5) === 0 ? "" : String(pick([1, 2, 3, 5, 8])),
      epic ? "" : `ERP-${k - ((k - 1) % 25)}`, epic ? title : "", pick(["Billing", "Shop", "Warehouse", "Search"]),
    ].map(cell).join(","));
  }
  return `${lines.join("\n")}\n`;
}
