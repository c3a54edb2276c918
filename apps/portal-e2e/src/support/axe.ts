import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const STANDARD = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];

/** The rules whose verdict depends on colours and places; the others see the same page in both themes and directions. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size'];

/** How a page is looked at. */
interface Look {
  readonly theme: 'light' | 'dark';
  readonly dir: 'ltr' | 'rtl';
  readonly width: number;
}

/** Every look a page can have: changed in place, which is quicker than eight visits and what a person does. */
const LOOKS: readonly Look[] = (['light', 'dark'] as const).flatMap((theme) =>
  (['ltr', 'rtl'] as const).flatMap((dir) => [320, 1280].map((width) => ({ theme, dir, width }))),
);

/** Fails with every violation of the standard in any look of what the page shows. */
export async function expectAccessible(page: Page, what: string, looks: readonly Look[] = LOOKS): Promise<void> {
  const before = page.viewportSize();
  const found: string[] = [];
  for (const { theme, dir, width } of looks) {
    // High enough that the bar at the bottom of a phone half covers nothing that one could scroll to.
    await page.setViewportSize({ width, height: 1_600 });
    await page.evaluate(
      (look) => {
        document.documentElement.dataset['chatTheme'] = look.theme;
        document.documentElement.dir = look.dir;
        // Two frames let the page settle; a headless browser may now and then draw none at all, and axe needs none.
        return new Promise((resolve) => {
          requestAnimationFrame(() => requestAnimationFrame(resolve));
          setTimeout(resolve, 1_000);
        });
      },
      { theme, dir },
    );
    // The simple mode: there are no foreign frames, for which the other one would open a page each time.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    const isWhole = (theme === 'light') === (dir === 'ltr');
    const { violations } = await (isWhole ? axe.withTags(STANDARD) : axe.withRules(RULES_OF_LOOKS)).analyze();
    for (const { id, help, nodes } of violations) {
      for (const node of nodes) {
        const why = node.failureSummary?.split('\n').at(-1)?.trim();
        found.push(`${theme} ${dir} ${width}: ${id} (${help})\n    ${node.html.slice(0, 200)}\n    ${why}`);
      }
    }
  }
  await page.evaluate(() => (document.documentElement.dir = 'ltr'));
  if (before) await page.setViewportSize(before);
  expect.soft(found.join('\n'), what).toBe('');
}
