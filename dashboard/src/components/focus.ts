/** Later than a closing dialog gives the focus back, in milliseconds. */
const AFTER_DIALOG = 60;

/** Moves the focus after a dialog, unless the user has moved it meanwhile. */
function afterDialog(move: () => void): void {
  const stop = ({ key }: KeyboardEvent) => {
    if (key === 'Tab') end();
  };
  const timer = setTimeout(() => {
    end();
    move();
  }, AFTER_DIALOG);
  const end = () => {
    clearTimeout(timer);
    document.removeEventListener('keydown', stop);
  };
  document.addEventListener('keydown', stop);
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
