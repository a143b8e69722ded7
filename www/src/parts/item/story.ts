// The story in three parts, its acceptance criteria, and the definition of ready.
import { type TemplateResult, html, nothing } from "lit";
import { live } from "lit/directives/live.js";
import type { Criterion, Item, ItemDetail, Story } from "../../../pkg/landfall.js";
import { fit } from "../../dom.ts";
import { say } from "../../events.ts";
import { icons } from "../../icons.ts";
import type { Fields } from "./fields.ts";

const words = /(^|\n|[,;.]\s+)(given|when|then)\b/gi;

/** A criterion with given, when and then set off; nothing where it is free text. */
export function setOff(text: string): TemplateResult[] | undefined {
  const parts = text.split(words);
  return parts.length > 4 ? parts.map((part, k) => (k % 3 === 2 ? html`<b>${part}</b>` : html`${part}`)) : undefined;
}

/** The criteria in what was typed or pasted: one a line, but given, when and then belong together. */
export function criteriaOf(text: string): string[] {
  const found: string[] = [];
  for (const raw of text.split("\n")) {
    const line = raw.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, "").trim();
    if (!line || /^(given|when|then)\W*$/i.test(line)) continue;
    const last = found.length - 1;
    if (/^(when|then|and|but)\b/i.test(line) && /^(given|when|then)\b/i.test(found[last] ?? "")) found[last] += `\n${line}`;
    else found.push(line);
  }
  return found;
}

/** As a …, I want …, so that …. */
export function story(panel: Fields, { story = {} }: Item): TemplateResult {
  const part = (field: keyof Story, label: string, placeholder: string) => html`<span>${label}</span><div>${panel.session.readonly
    ? html`<p class="read">${story[field] ?? ""}</p>`
    : panel.area(`story-${field}`, story[field] ?? "", label, (text) => ({ story: { ...story, [field]: text.trim() } }), { placeholder })}${panel.under(`story-${field}`)}</div>`;
  return panel.section("story", "Story", html`<div class="story">${part("asA", "As", "who, in their role")}${part("iWant", "I want", "what they want to do")}${part("soThat", "so that", "why: what they gain")}</div>`);
}

/** What must be true for it to be accepted. */
export function criteria(panel: Fields, { criteria = [] }: Item): TemplateResult {
  const { readonly } = panel.session;
  const put = (next: Criterion[]) => panel.patch("criteria", { criteria: next });
  const without = (k: number) => criteria.filter((_, i) => i !== k);
  const replaced = (k: number, change: Partial<Criterion>) => criteria.map((c, i) => (i === k ? { ...c, ...change } : c));
  const add = (area: HTMLTextAreaElement) => {
    const texts = criteriaOf(area.value);
    area.value = "";
    if (texts.length) put([...criteria, ...texts.map((text) => ({ text }))]);
  };
  const move = (event: KeyboardEvent, k: number) => {
    if (!event.altKey || readonly || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    event.stopPropagation();
    const to = k + (event.key === "ArrowUp" ? -1 : 1);
    if (to < 0 || to >= criteria.length) return;
    const area = (event.currentTarget as HTMLElement).querySelector("textarea")!;
    const moved = { ...criteria[k]!, text: area.value.trim() || criteria[k]!.text };
    if (!put(without(k).toSpliced(to, 0, moved))) return;
    panel.reach(`[data-field=criterion-${to}]`);
    say(panel, `Criterion ${to + 1} of ${criteria.length}`);
  };
  const met = criteria.filter((one) => one.met).length;
  return panel.section("criteria", html`Acceptance criteria ${criteria.length ? html`<span class="faint">${met} of ${criteria.length} met</span>` : nothing}`, html`
    <ul class="ac">${criteria.map((one, k) => {
      const off = setOff(one.text);
      return html`<li class=${one.met ? "met" : ""} @keydown=${(event: KeyboardEvent) => move(event, k)}>
        <input type="checkbox" aria-label="Met: ${one.text}" .checked=${live(Boolean(one.met))} ?disabled=${readonly} @change=${(event: Event) => put(replaced(k, { met: (event.target as HTMLInputElement).checked }))}>
        ${readonly ? html`<span class="read">${off ?? one.text}</span>` : html`<div class=${off ? "off" : ""}>${off ? html`<p aria-hidden="true">${off}</p>` : nothing}${panel.area(`criterion-${k}`, one.text, `Criterion ${k + 1}`, (text) => ({ criteria: text.trim() ? replaced(k, { text: text.trim() }) : without(k) }))}</div>
        <button aria-label="Remove criterion ${k + 1}" title="Remove (Alt with ↑ or ↓ moves it)" @click=${() => { put(without(k)); panel.reach("[data-field=criteria]"); }}>${icons.close(12)}</button>${panel.under(`criterion-${k}`)}`}
      </li>`;
    })}
    ${readonly ? nothing : html`<li><span></span><textarea rows="1" class="soft" data-field="criteria" aria-label="New criterion" aria-describedby=${panel.described("criteria")} placeholder=${criteria.length ? "Another one" : "What must be true to accept it"}
      @input=${(event: Event) => {
        const area = event.target as HTMLTextAreaElement;
        fit(area);
        panel.findings.look(() => ({ criteria: [...criteria, ...criteriaOf(area.value).map((text) => ({ text }))] }));
      }}
      @focusout=${() => panel.left("criteria")}
      @keydown=${(event: KeyboardEvent) => {
        const area = event.target as HTMLTextAreaElement;
        if (event.key !== "Enter" || event.shiftKey) return;
        event.preventDefault();
        // Given, when and then are filled in line by line.
        const next = /^given\b/i.test(area.value) ? area.value.indexOf("\n", area.selectionEnd) : -1;
        if (next < 0) return add(area);
        const end = area.value.indexOf("\n", next + 1);
        area.selectionStart = area.selectionEnd = end < 0 ? area.value.length : end;
      }}
      @change=${(event: Event) => add(event.target as HTMLTextAreaElement)}></textarea><button class="link" @pointerdown=${(event: Event) => event.preventDefault()} @click=${() => {
        const area = panel.renderRoot.querySelector<HTMLTextAreaElement>("[data-field=criteria]")!;
        add(area);
        area.value = "Given \nWhen \nThen ";
        fit(area);
        area.focus();
        area.setSelectionRange(6, 6);
      }}>Given / when / then</button>${panel.under("criteria")}${panel.findings.line(`criterion-${criteria.length}`)}</li>`}</ul>`);
}

/** The definition of ready, point by point: what the plan sees itself, and what somebody ticks. */
export function ready(panel: Fields, { item, ready }: ItemDetail, edit: () => void): TemplateResult {
  const { readonly } = panel.session;
  const ticked = item.ready ?? [];
  const holds = ready.filter((point) => point.holds).length;
  return html`<details data-section="ready"><summary>Ready <span class="faint">${holds === ready.length ? "every point holds" : `${holds} of ${ready.length} points`}</span></summary>
    <ul class="points">${ready.map(({ text, holds, seen }) => html`<li>${seen
      ? html`<span class=${holds ? "yes" : ""}>${holds ? icons.check(13) : icons.close(11)}</span><span>${text}<span class="sr">: ${holds ? "yes" : "not yet"}</span></span>`
      : html`<label><input type="checkbox" .checked=${live(holds)} ?disabled=${readonly} @change=${(event: Event) => panel.patch("ready", { ready: (event.target as HTMLInputElement).checked ? [...ticked, text] : ticked.filter((one) => one !== text) })}>${text}</label>`}</li>`)}</ul>${panel.under("ready")}
    ${readonly ? nothing : html`<button class="link" @click=${edit}>Edit the definition of ready…</button>`}</details>`;
}
