// What is typed into small forms, as numbers, days and words.
import type { Range } from "../../pkg/landfall";

/** What cannot be read as it was typed. */
export class Unread extends Error {
  readonly field: string;
  constructor(field: string, why: string) {
    super(why);
    this.field = field;
  }
}

/** What was typed. */
export class Form {
  readonly #data: FormData;
  constructor(form: HTMLFormElement) {
    this.#data = new FormData(form);
  }

  text(name: string): string {
    return String(this.#data.get(name) ?? "").trim();
  }

  all(name: string): string[] {
    return this.#data.getAll(name).map(String);
  }

  optional(name: string): number | undefined {
    const text = this.text(name);
    if (text === "") return undefined;
    const value = Number(text.replace("−", "-").replace(",", ".").replace(/\s*%$/, ""));
    if (!Number.isFinite(value)) throw new Unread(name, `Found “${text}”: give a number`);
    return value;
  }

  number(name: string, what: string): number {
    const value = this.optional(name);
    if (value === undefined) throw new Unread(name, `Give ${what}`);
    return value;
  }

  range(name: string, what: string): Range {
    const [low, likely, high] = ["low", "likely", "high"].map((part) => this.optional(`${name}/${part}`));
    if (low === undefined || high === undefined) throw new Unread(`${name}/${low === undefined ? "low" : "high"}`, `Give ${what}`);
    return likely === undefined ? { low, high } : { low, likely, high };
  }

  date(name: string): string {
    const text = this.text(name);
    if (!/^\d{4}-\d\d-\d\d$/.test(text)) throw new Unread(name, "Give a day");
    return text;
  }
}
