import { expect, type Locator, type Page } from '@playwright/test';

/** Presses a key until the focus is where it should be, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator, key = 'Tab', most = 60): Promise<void> {
  for (let times = 0; times < most; times++) {
    if (await target.evaluate((element) => element === document.activeElement).catch(() => false)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}
