import classes from './wordmark.module.css';

/** Our sign: an envelope whose flap is folded in layers. Decoration; the name is beside it. */
export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg
      className={classes.mark}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect x="1" y="4" width="30" height="24" rx="6" className={classes.envelope} />
      <path d="M6 10.5 16 18l10-7.5" className={classes.fold} />
      <path d="M6 16 16 23.5l10-7.5" className={classes.foldBelow} />
    </svg>
  );
}

/** Our sign and name. */
export function Wordmark() {
  return (
    <span className={classes.wordmark}>
      <Mark />
      <span>
        mail<b>layer</b>
      </span>
    </span>
  );
}
