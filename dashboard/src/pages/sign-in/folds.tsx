import classes from './sign-in-page.module.css';

const LAYERS = [0, 1, 2, 3, 4, 5, 6, 7];

/** Decoration of wide screens: our sign's folded layers, large. */
export function Folds() {
  return (
    <div className={classes.folds}>
      <svg viewBox="0 0 400 600" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        {LAYERS.map((layer) => (
          <path
            key={layer}
            d={`M-40 ${130 + layer * 62} 200 ${310 + layer * 62} 440 ${130 + layer * 62}V700H-40Z`}
            opacity={0.1 + layer * 0.02}
          />
        ))}
      </svg>
    </div>
  );
}
