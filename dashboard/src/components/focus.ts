/** Later than a closing dialog gives the focus back, in milliseconds. */
const AFTER_DIALOG = 60;

/** Whether the focus is nowhere, or on what goes away with a dialog. */
function isLost(): boolean {
  const { activeElement } = document;
  return activeElement === document.body || activeElement?.closest('[role="dialog"]') != null;
}

/** Moves the focus after a dialog, unless the user has moved it into the page meanwhile. */
function afterDialog(move: () => void): void {
  let tabbed = false;
  const note = ({ key }: KeyboardEvent) => {
    if (key === 'Tab') tabbed = true;
  };
  document.addEventListener('keydown', note);
  setTimeout(() => {
    document.removeEventListener('keydown', note);
    if (!tabbed || isLost()) move();
  }, AFTER_DIALOG);
}

/**
 * Moves the focus to the page's heading: for dialogs whose opener is gone when they close.
 *
 * @param onlyIfLost leaves the focus where something has it
 */
export function focusHeading({ onlyIfLost = false } = {}): void {
  afterDialog(() => {
    if (onlyIfLost && document.activeElement !== document.body) return;
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
  });
}

/** Gives the focus to a control after a dialog, where the dialog could not give it back. */
export function focusIfLost(control: HTMLElement | null): void {
  afterDialog(() => {
    if (document.activeElement === document.body) control?.focus({ preventScroll: true });
  });
}
