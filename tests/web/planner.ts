// The page as a person uses it: what several tests do.
import { fileURLToPath } from "node:url";
import { type FrameLocator, type Locator, type Page, expect } from "@playwright/test";

/** The day from which tests plan, so that dates do not move with the clock. */
export const today = "2026-11-23";

/** A real export in tests/data/import. */
export const sample = (name: string): string => fileURLToPath(new URL(`../data/import/${name}`, import.meta.url));

/** One planner on a page or in a frame. */
export class Planner {
  readonly root: Locator;
  constructor(readonly page: Page, within: Page | FrameLocator = page, nth = 0) {
    this.root = within.locator("landfall-planner").nth(nth);
  }

  get rows(): Locator {
    return this.root.locator("landfall-plan [role=rowgroup] .row");
  }
  get headline(): Locator {
    return this.root.locator(".shell .headline");
  }
  get dialog(): Locator {
    return this.root.locator("landfall-import dialog");
  }
  get panel(): Locator {
    return this.root.locator("landfall-detail");
  }
  get toast(): Locator {
    return this.root.locator(".toast");
  }
  button(name: string | RegExp): Locator {
    return this.root.getByRole("button", { name, exact: typeof name === "string" });
  }
  row(title: string): Locator {
    return this.rows.filter({ has: this.page.locator(".name", { hasText: new RegExp(`^${title}$`) }) });
  }

  /** Opens an item in the panel. */
  async open(title: string): Promise<void> {
    await this.row(title).locator(".name").click();
    await expect(this.panel.getByRole("button", { name: "Close" })).toBeVisible();
  }

  async ready(): Promise<this> {
    await expect(this.root.locator(".shell > .header")).toBeVisible();
    return this;
  }

  /** The titles in sight, from the top. */
  async titles(): Promise<string[]> {
    return this.rows.locator(".name").allInnerTexts();
  }

  /** The 85 % date of a row, as it stands there. */
  async date(title: string): Promise<string> {
    return (await this.row(title).locator(".date").innerText()).trim();
  }

  /** Every date of the list, by title; for lists that fit the screen. */
  async dates(): Promise<Map<string, string>> {
    return new Map(await this.rows.evaluateAll((rows) => rows.map((row) => [row.querySelector(".name")?.textContent ?? "", row.querySelector(".date")?.textContent?.trim() ?? ""] as const)));
  }

  /** Chooses a file in the import dialog, and waits for its card. */
  async choose(file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    if (!(await this.dialog.isVisible())) await this.button("Import").click();
    await this.dialog.locator("input[type=file]").setInputFiles(file);
    await expect(this.dialog.getByRole("heading", { level: 2 })).toHaveText(typeof file === "string" ? file.split("/").pop()! : file.name);
    await expect(this.dialog.locator(".reading")).toHaveCount(0);
  }

  /** Drops a text onto the planner, as a file. */
  async drop(name: string, text: string): Promise<void> {
    const files = await this.root.evaluateHandle((_, [name, text]) => {
      const data = new DataTransfer();
      data.items.add(new File([text!], name!, { type: "text/csv" }));
      return data;
    }, [name, text]);
    const target = this.root.locator(".shell");
    await target.dispatchEvent("dragover", { dataTransfer: files });
    await target.dispatchEvent("drop", { dataTransfer: files });
  }
}

/** Days between two dates as the list shows them ("2 Dec", "6 Jan", "3 May 2028"), seen from `from`. */
export function dayOf(shown: string, from = today): number {
  const [, day, month, year] = /^(\d+) (\w{3})(?: (\d{4}))?$/.exec(shown) ?? [];
  if (!day) throw new Error(`"${shown}" is no date`);
  const thisYear = Number(from.slice(0, 4));
  const at = (year: number): number => Date.parse(`${day} ${month} ${year} UTC`) / 86_400_000;
  if (year) return at(Number(year));
  // Without a year it lies in this one, or in the half year to come.
  return at(thisYear) >= Date.parse(from) / 86_400_000 ? at(thisYear) : at(thisYear + 1);
}
