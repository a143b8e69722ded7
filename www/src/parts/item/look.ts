import { css } from "lit";

/** How the item's panel looks. */
export const look = css`
    :host { display: block; overflow: auto; background: var(--panel); border-left: 1px solid var(--line); overscroll-behavior: contain; }
    .top { position: sticky; top: 0; z-index: 2; background: var(--panel); display: flex; align-items: center; gap: 4px; padding: 8px 10px 4px 18px; }
    .top .key { color: var(--faint); font-size: 12px; white-space: nowrap; }
    .top select { width: auto; field-sizing: content; min-height: 24px; padding: 0 2px; border-color: transparent; font-size: 12px; color: var(--muted); background: none; }
    .top select:hover { background: var(--hover); color: var(--ink); }
    .body { padding: 0 18px 28px; }
    h3 { font-size: 11.5px; font-weight: 600; color: var(--muted); margin: 18px 0 5px; display: flex; align-items: baseline; gap: 6px; }
    h3 .faint { font-weight: 400; } h3 .link { font-weight: 400; min-height: 24px; margin: -4px 0; }
    textarea.title { font-size: 16px; line-height: 22px; font-weight: 620; letter-spacing: -.01em; border-color: transparent; background: none; padding: 2px 8px; margin: 0 -9px; width: calc(100% + 18px); overflow: hidden; }
    .soft { border-color: transparent !important; background: none !important; padding: 2px 8px !important; margin-left: -9px; width: calc(100% + 9px) !important; overflow: hidden; }
    ul.ac .soft { margin-left: -3px; width: calc(100% + 3px) !important; }
    .soft:hover, textarea.title:hover { background: var(--hover) !important; }
    .soft:focus, textarea.title:focus { background: var(--panel) !important; border-color: var(--edge) !important; }
    .facts { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; margin-top: 6px; }
    .fact { display: grid; gap: 1px; min-width: 0; }
    .fact > span, label > span.cap { font-size: 11px; line-height: 15px; color: var(--muted); }
    .story { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 10px; align-items: start; }
    .story > span { color: var(--muted); padding: 4px 0; white-space: nowrap; }
    ul.ac li { display: grid; grid-template-columns: 24px minmax(0, 1fr) 24px; gap: 4px; align-items: start; margin-left: -5px; }
    ul.ac input[type=checkbox] { appearance: none; width: 24px; height: 24px; margin-top: 1px; display: grid; place-content: center; border-radius: 6px; }
    ul.ac input[type=checkbox]::before { content: ""; width: 14px; height: 14px; border: 1.5px solid var(--field); border-radius: 4px; grid-area: 1 / 1; }
    ul.ac input[type=checkbox]:checked::before { background: var(--accent); border-color: var(--accent); }
    ul.ac input[type=checkbox]:checked::after { content: ""; grid-area: 1 / 1; width: 8px; height: 4px; border: solid var(--accent-ink); border-width: 0 0 1.8px 1.8px; transform: translate(3px, 4px) rotate(-45deg); }
    ul.ac li > button, .item-chip button { min-height: 24px; width: 24px; padding: 0; color: var(--faint); display: grid; place-items: center; border-radius: 5px; }
    ul.ac li > button { opacity: 0; margin-top: 2px; }
    ul.ac li:hover > button, ul.ac li:focus-within > button { opacity: 1; }
    ul.ac li > button:hover, .item-chip button:hover { background: var(--hover); color: var(--ink); }
    .met textarea { color: var(--muted); }
    .inputs { display: grid; grid-template-columns: repeat(auto-fit, minmax(76px, 1fr)); gap: 8px; }
    .cell { border: 1px solid var(--line); border-radius: 8px; padding: 5px 6px 3px 7px; cursor: text; display: block; min-width: 0; }
    .cell:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
    .cell small { display: block; color: var(--muted); font-size: 11px; line-height: 14px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
    .cell input { border: 0 !important; background: none !important; padding: 0 !important; min-height: 24px !important; font-weight: 600; font-size: 12.5px; letter-spacing: -.02em; outline: none !important; }
    .cell input::placeholder { font-weight: 400; }
    .cell.bad { border-color: var(--bad); }
    .scale { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 6px; }
    .scale button { min-height: 26px; padding: 1px 9px; font-size: 12px; border-color: var(--edge); border-radius: 13px; }
    .scale button:hover { background: var(--hover); }
    .scale small { color: var(--muted); font-size: inherit; }
    .lands { line-height: 20px; }
    .item-chip { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; gap: 8px; align-items: center; min-height: 28px; }
    .item-chip button.link { width: auto; display: block; padding: 0 2px; text-align: left; overflow: hidden; text-overflow: ellipsis; color: inherit; text-decoration: none; justify-self: start; max-width: 100%; }
    .item-chip button.link:hover { text-decoration: underline; background: none; }
    .tags { display: flex; flex-wrap: wrap; gap: 4px; margin-bottom: 4px; }
    .tag { display: inline-flex; align-items: center; gap: 2px; padding-right: 0; line-height: 22px; border-radius: 11px; font-size: 12px; }
    .tag button { min-height: 22px; width: 24px; padding: 0; display: grid; place-items: center; color: inherit; }
    .two { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
    .fold { margin-top: 22px; padding-top: 12px; border-top: 1px solid var(--line); }
    .fold button { color: var(--muted); border-color: var(--line); padding: 1px 9px; min-height: 26px; font-size: 12px; border-radius: 13px; }
    .fold button:hover { background: var(--hover); color: var(--ink); }
    details { margin-top: 18px; } summary { font-size: 11.5px; font-weight: 600; color: var(--muted); cursor: pointer; min-height: 24px; }
    dl { display: grid; grid-template-columns: minmax(80px, 38%) minmax(0, 1fr); gap: 4px 10px; font-size: 12px; } dt { color: var(--muted); overflow-wrap: anywhere; } dd { overflow-wrap: anywhere; white-space: pre-wrap; }
    .serves { display: flex; gap: 8px; align-items: center; }
    .serves select { flex: 1; }
    .danger { color: var(--bad); }
    p.note { color: var(--muted); font-size: 12px; line-height: 17px; margin-top: 4px; }
    .read { white-space: pre-wrap; overflow-wrap: anywhere; }
    .mend { font-size: 12px; color: var(--warn); }
    .found p { display: grid; grid-template-columns: 12px minmax(0, 1fr) 24px; gap: 6px; align-items: start; color: var(--muted); font-size: 12px; line-height: 16px; margin-top: 2px; }
    .found svg { margin-top: 2px; color: var(--warn); } .found button { min-height: 24px; width: 24px; padding: 0; margin-top: -4px; display: grid; place-items: center; color: var(--faint); opacity: 0; }
    .found button svg { margin: 0; color: inherit; } .found p:hover button, .found button:focus-visible { opacity: 1; } .found .fix { color: var(--faint); } .found span span { display: inline; } .found p > span { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; } :is(.story > div, ul.ac li):focus-within > .found p > span, :is(.facts:focus-within, textarea:focus) + .found p > span { -webkit-line-clamp: none; }
    ul.ac .found { margin: -3px 0 4px; }
    .off { display: grid; } .off > * { grid-area: 1 / 1; } .off p { padding: 3px 9px 3px 6px; white-space: pre-wrap; overflow-wrap: break-word; pointer-events: none; z-index: 1; }
    .off b { font-weight: inherit; color: var(--accent-text); } .read b { font-weight: 550; } .off textarea:not(:focus) { color: transparent; } .off:focus-within p { visibility: hidden; }
    .met p { color: var(--muted); }
    ul.ac .link { width: auto; opacity: 1; grid-column: 2; justify-self: start; font-size: 12px; margin: -4px 0 0 2px; color: var(--muted); } ul.ac .found, ul.ac .error { grid-column: 2 / 4; padding-left: 6px; }
    summary .faint { font-weight: 400; } .points { margin: 2px 0 4px; } .points li, .points label { display: flex; gap: 8px; align-items: center; min-height: 24px; } .points li > span:first-child { width: 15px; display: grid; place-items: center; color: var(--warn); } .points .yes { color: var(--accent) !important; }
    .four { display: grid; grid-template-columns: repeat(4, 1fr); border: 1px solid var(--edge); border-radius: 7px; } .four button { border-radius: 6px; padding: 2px 4px; min-height: 28px; color: var(--muted); } .four button:hover { background: var(--hover); color: var(--ink); }
    .four [aria-pressed=true] { background: var(--accent-soft) !important; color: var(--accent-text) !important; font-weight: 550; }
    .effect { display: grid; grid-template-columns: auto minmax(76px, 1fr) minmax(0, auto); gap: 8px; align-items: center; margin-top: 6px; } .effect > span { color: var(--muted); font-size: 12px; }
    .voice { display: grid; grid-template-columns: minmax(0, 1fr) auto auto; gap: 8px; align-items: start; padding: 3px 0; } .voice + .voice, .decided + .decided { border-top: 1px solid var(--line); } .decided { padding: 3px 0; }
    .voice button { min-height: 24px; width: 24px; padding: 0; color: var(--faint); display: grid; place-items: center; } .voice .chip { margin-top: 2px; }
    .asks { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) auto; gap: 8px; align-items: end; }
    .acts { position: relative; } .acts .sheet { right: 0; top: calc(100% + 4px); min-width: 210px; }
    .fold { display: grid; gap: 5px; } .fold > div { display: grid; grid-template-columns: 44px minmax(0, 1fr); align-items: baseline; } .fold > div > span:first-child { font-size: 11px; color: var(--faint); } .fold .chips { display: flex; flex-wrap: wrap; gap: 4px 6px; }
    @media (forced-colors: active) { .off p { display: none; } }
    @media (pointer: coarse) { .found button { opacity: 1; min-height: 36px; width: 36px; } .found p { grid-template-columns: 12px minmax(0, 1fr) 36px; } ul.ac li > button { opacity: 1; } }
  `;
