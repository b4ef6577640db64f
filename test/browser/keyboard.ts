import type { Locator, Page } from 'playwright-core';

/** Tabs after which a control counts as out of reach. */
const MOST_TABS = 80;

type Role = Parameters<Page['getByRole']>[0];

/** What the user presses Tab for: a role and a name. */
export type Target = { readonly role: Role; readonly name: string | RegExp };

/**
 * Run in the page: what of the focused element, its neighbour and its parents could show that it has the focus.
 * Controls whose own box is hidden show it on their label.
 */
const LOOK = `(() => {
  for (const animation of document.getAnimations()) try { animation.finish() } catch {}
  const look = (element) => {
    const { outline, boxShadow, borderColor } = getComputedStyle(element);
    return [outline, boxShadow, borderColor].join(' ');
  };
  const parts = (element) =>
    [element, element.nextElementSibling, element.parentElement].filter(Boolean).map(look).join();
  const before = window.focusBefore;
  const unseen =
    before && before.element.isConnected && before.element !== document.activeElement &&
    parts(before.element) === before.look ? before.element.outerHTML.slice(0, 200) : null;
  const element = document.activeElement;
  window.focusBefore = element.matches('body, iframe, h1') ? null : { element, look: parts(element) };
  return unseen;
})()`;

/** Somebody who has a keyboard only, and sees where the focus is. */
export function keyboardOf(page: Page) {
  const unseen: string[] = [];

  async function press(key: string): Promise<void> {
    await page.keyboard.press(key);
    const found = (await page.evaluate(LOOK)) as string | null;
    if (found !== null) unseen.push(found);
  }

  const isFocused = async (target: Locator) =>
    (await target.and(page.locator(':focus')).count()) > 0;

  async function tabTo({ role, name }: Target, key = 'Tab'): Promise<void> {
    const target = page.getByRole(role, { name, exact: typeof name === 'string' });
    await target.first().waitFor();
    for (let tabs = 0; tabs <= MOST_TABS; tabs += 1) {
      if (await isFocused(target)) return;
      await press(key);
    }
    throw new Error(`${MOST_TABS} presses of ${key} did not lead to the ${role} ${name}.`);
  }

  return {
    press,
    tabTo,
    /** Elements that had the focus and did not show it. */
    unseen: () => [...new Set(unseen)],
    /** Goes to a control and presses a key there. */
    async use(target: Target, key = 'Enter'): Promise<void> {
      await tabTo(target);
      await press(key);
    },
    /** Goes to a field and types into it. */
    async type(name: string | RegExp, text: string): Promise<void> {
      await tabTo({ role: 'textbox', name });
      await page.keyboard.type(text);
    },
    /** Waits until a dialog is open and has the focus inside, as whoever opens it needs. */
    async dialog(name: string): Promise<void> {
      const dialog = page.getByRole('dialog', { name });
      await dialog.waitFor();
      await dialog.locator(':focus').waitFor();
    },
  };
}
