import { defineConfig } from 'vite';
import { icons } from './icons.ts';

/** The single-page app, built as files with hashed names under `assets/` and one index.html. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [icons],
  oxc: { jsx: { runtime: 'automatic' } },
  build: {
    outDir: '../dist/dashboard',
    emptyOutDir: true,
    // Browsers with `light-dark()`: the colours of both schemes stand beside each other in the styles.
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    manifest: true,
    // The page's policy allows neither inline scripts nor data: fonts.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
});
