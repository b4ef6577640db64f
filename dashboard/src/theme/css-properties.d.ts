import 'react';

declare module 'react' {
  // Custom properties may be set beside the known ones.
  interface CSSProperties {
    [name: `--${string}`]: string | number | undefined;
  }
}
