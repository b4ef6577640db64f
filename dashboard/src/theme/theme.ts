import {
  type CSSVariablesResolver,
  createTheme,
  type MantineColorsTuple,
  Modal,
  Tooltip,
} from '@mantine/core';

/** Petrol, our own colour: shades 6 and 7 carry white text at more than 4.5 to 1. */
const petrol: MantineColorsTuple = [
  '#e9f5f6',
  '#d2e9eb',
  '#a5d3d8',
  '#76c1c8',
  '#4fb2bb',
  '#2f98a2',
  '#17818b',
  '#0c6f78',
  '#095a62',
  '#05444a',
];

/** Greys with a little petrol in them, so that they belong to it. */
const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef2f2',
  '#e2e8e8',
  '#d2dada',
  '#b9c4c4',
  '#93a1a2',
  '#667678',
  '#475658',
  '#2c3a3c',
  '#1a2527',
];

const dark: MantineColorsTuple = [
  '#e3eaea',
  '#c0cbcc',
  '#a3b1b3',
  '#75868a',
  '#3a484c',
  '#2b373a',
  '#1f292c',
  '#12191b',
  '#0e1416',
  '#090d0e',
];

/** The look of every component of Mantine. */
export const theme = createTheme({
  colors: { petrol, gray, dark },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 6 },
  black: '#1a2527',
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  components: {
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        radius: 'lg',
        padding: 'lg',
        closeButtonProps: { 'aria-label': 'Close' },
      },
      styles: {
        header: { background: 'var(--paper)' },
        content: { background: 'var(--paper)' },
        title: { fontSize: '1.125rem', fontWeight: 620, letterSpacing: '-0.011em' },
      },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { events: { hover: true, focus: true, touch: true } },
    }),
  },
});

/** Mantine's own quiet colours are too faint for small text; these are above 4.5 to 1. */
export const themeVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fafbfa',
    '--mantine-color-dimmed': '#566567',
    '--mantine-color-placeholder': '#667678',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0c6f78',
  },
  dark: {
    '--mantine-color-dimmed': '#a3b1b3',
    '--mantine-color-placeholder': '#8b9a9d',
    '--mantine-color-error': '#ff9b91',
    '--mantine-color-anchor': '#76c1c8',
  },
});
