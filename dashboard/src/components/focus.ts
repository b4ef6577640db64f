/** Later than a closing dialog gives the focus back, in milliseconds. */
const AFTER_DIALOG = 60;

/**
 * Moves the focus to the page's heading: for dialogs whose opener is gone when they close.
 *
 * @param onlyIfLost leaves the focus where something has it
 */
export function focusHeading({ onlyIfLost = false } = {}): void {
  setTimeout(() => {
    if (onlyIfLost && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  }, AFTER_DIALOG);
}

/** Gives the focus to a control after a dialog, where the dialog could not give it back. */
export function focusIfLost(control: HTMLElement | null): void {
  setTimeout(() => {
    if (document.activeElement === document.body) control?.focus({ preventScroll: true });
  }, AFTER_DIALOG);
}
