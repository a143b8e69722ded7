// What axe finds, in the light and in the dark.
import AxeBuilder from "@axe-core/playwright";
import { type Page, expect } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** These are about the page around it. */
const others = ["landmark-one-main", "page-has-heading-one", "region"];

/**
 * Expects that axe finds nothing to mend in the planner as it stands: every rule in the light, and in the dark what colours
 * decide, which is all that differs there. `parts` are selectors, from the page down through shadow roots.
 */
export async function accessible(page: Page, what: string, ...parts: string[]): Promise<void> {
  for (const theme of ["light", "dark"] as const) {
    await page.locator("landfall-planner").first().evaluate((planner, theme) => { (planner as unknown as { theme: string }).theme = theme; }, theme);
    // What fades in is not judged half way.
    await page.waitForTimeout(theme === "light" ? 400 : 250);
    // In its usual mode it opens another page each time, for frames that these pages do not have.
    const [first, ...rest] = parts;
    const axe = new AxeBuilder({ page }).setLegacyMode().include(first ? { fromShadowDom: ["landfall-planner", first, ...rest] } : "landfall-planner");
    const { violations } = await (theme === "light" ? axe.withTags(tags).disableRules(others) : axe.withRules(["color-contrast", "link-in-text-block"])).analyze();
    expect(violations.map(({ id, nodes }) => `${what}, ${theme}: ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join("\n")}`)).toEqual([]);
  }
}
