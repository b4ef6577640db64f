import classes from './code-block.module.css';
import { CopyButton } from './copy-button.tsx';

type CodeBlockProps = {
  readonly code: string;
  /** What the code is, for its copy button and for screen readers: "the command". */
  readonly name: string;
  /** Breaks long lines instead of letting them scroll. */
  readonly wrap?: boolean;
};

/** Code or a long value, in the fixed-width face, with a button that copies it. */
export function CodeBlock({ code, name, wrap = false }: CodeBlockProps) {
  return (
    <div className={classes.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keyboard too. */}
      <section className={classes.code} data-wrap={wrap} tabIndex={0} aria-label={name}>
        <code>{code}</code>
      </section>
      <div className={classes.copy}>
        <CopyButton value={code} name={name} />
      </div>
    </div>
  );
}
