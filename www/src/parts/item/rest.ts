// Where an item stands among others, what it waits for, who does it, and what else is known.
import { type TemplateResult, html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Item, ItemDetail, ItemPatch } from "../../../pkg/landfall.js";
import { icons } from "../../icons.ts";
import { spoken } from "../../text.ts";
import type { Fields } from "./fields.ts";

/** What must be done first. */
export function needs(panel: Fields, { item: { needs = [] }, needs: links }: ItemDetail): TemplateResult {
  return panel.section("needs", "Needs first", html`${repeat(links, (link) => link.id, (link) => html`${panel.link(link, () => panel.patch("needs", { needs: needs.filter((id) => id !== link.id) }))}${panel.findings.line(`needs-${needs.indexOf(link.id)}`)}`)}
    ${panel.session.readonly ? nothing : panel.picker("needs", "Key or title of what must be done first", (id) => ({ needs: [...needs, id] }))}${panel.under("needs")}`);
}

/** The epic that it is a part of. */
export function parent(panel: Fields, { parent }: Item): TemplateResult {
  const title = (id: string) => {
    try {
      return panel.session.item(id).item.title;
    } catch {
      return "";
    }
  };
  return panel.section("parent", "Part of", html`${parent != null ? panel.link({ id: parent, title: title(parent) }, () => panel.patch("parent", { parent: null })) : panel.session.readonly ? nothing
    : panel.picker("parent", "Key or title of the epic", (id) => ({ parent: id }))}${panel.under("parent")}`);
}

/** What it waits for outside. */
export function blocked(panel: Fields, item: Item): TemplateResult {
  const { readonly, today } = panel.session;
  const blocked = item.blocked ?? undefined;
  if (readonly) return html`<h3>Blocked</h3><p>${blocked?.reason}${blocked?.until ? html` <span class="muted">until ${spoken(blocked.until, today)}</span>` : nothing}</p>`;
  const set = (next: Partial<NonNullable<Item["blocked"]>>): ItemPatch => {
    const merged = { reason: "", ...blocked, ...next };
    if (!merged.reason.trim() && !merged.until) return { blocked: null };
    return { blocked: { reason: merged.reason.trim(), since: blocked?.since ?? today, ...(merged.until ? { until: merged.until } : {}) } };
  };
  return panel.section("blocked", "Blocked", html`<div class="two">
    <label><span class="cap">By what</span>${panel.input("blocked", blocked?.reason ?? "", "Blocked by", (text) => set({ reason: text }), { placeholder: "waits for legal" })}</label>
    <label><span class="cap">Expected until</span>${panel.input("blocked-until", blocked?.until ?? "", "Expected until", (text) => set({ until: text }), { type: "date" })}</label></div>
    ${blocked && !blocked.until ? html`<p class="note">Without a date, the forecast assumes that it can go on now.</p>` : nothing}${panel.under("blocked")}${panel.under("blocked-until")}`);
}

/** Which team it is for: one of the plan's, or a name that may become one. */
export function team(panel: Fields, { team }: Item): TemplateResult {
  const { readonly, summary } = panel.session;
  const teams = summary.teams.map((view) => view.team.name ?? "");
  const names = teams.length > 1 ? teams : summary.teamNames.map(({ name }) => name);
  return panel.section("team", "Team", html`${readonly ? html`<p>${team ?? teams[0]}</p>` : teams.length > 1 ? html`<select aria-label="Team" @change=${(event: Event) => panel.patch("team", { team: (event.target as HTMLSelectElement).value || null })}>
      <option value="" ?selected=${team == null}>No team: ${teams[0]} does it</option>
      ${team == null || names.includes(team) ? nothing : html`<option value=${team} selected>${team}, not a team here: ${teams[0]} does it</option>`}
      ${names.map((name) => html`<option value=${name} ?selected=${name === team}>${name}</option>`)}
    </select>` : html`${panel.input("team", team ?? "", "Team", (text) => ({ team: text.trim() || null }), { list: "teams", placeholder: "Web" })}<datalist id="teams">${names.map((name) => html`<option value=${name}></option>`)}</datalist>`}${panel.under("team")}`);
}

/** Its labels. */
export function tags(panel: Fields, { tags = [] }: Item): TemplateResult {
  const { readonly, summary } = panel.session;
  return panel.section("tags", "Tags", html`${tags.length ? html`<div class="tags">${tags.map((tag) => html`<span class="chip tag plain">${tag}${readonly ? html`<span>&nbsp;</span>` : html`<button aria-label="Remove tag ${tag}" @click=${() => panel.patch("tags", { tags: tags.filter((one) => one !== tag) })}>${icons.close(10)}</button>`}</span>`)}</div>` : nothing}
    ${readonly ? nothing : html`<input aria-label="Add a tag" placeholder="Add a tag" list="known-tags" autocomplete="off" @keydown=${(event: KeyboardEvent) => panel.key(event, "tags", "")}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        const added = input.value.split(/[,;]/).map((tag) => tag.trim()).filter((tag) => tag && !tags.includes(tag));
        input.value = "";
        if (added.length) panel.patch("tags", { tags: [...tags, ...added] });
      }}><datalist id="known-tags">${summary.tags.filter((tag) => !tags.includes(tag)).map((tag) => html`<option value=${tag}></option>`)}</datalist>`}${panel.under("tags")}`);
}
