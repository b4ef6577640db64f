import Icons from 'unplugin-icons/vite';

/** The set gives every line this width; here it is a property of the icon. */
const WIDTH = / stroke-width="2"/g;

/** A module with one icon as a React component, with the properties of `src/icon.ts`. */
function compile(svg: string): string {
  const body = svg
    .replace(/^<svg[^>]*>/, '')
    .replace(/<\/svg>$/, '')
    .replace(WIDTH, '');
  return `import { createElement } from 'react';
const inner = { __html: ${JSON.stringify(body)} };
export default ({ size = 24, stroke = 2, ...rest }) => createElement('svg', {
  width: size, height: size, viewBox: '0 0 24 24', strokeWidth: stroke, ...rest, dangerouslySetInnerHTML: inner,
});`;
}

/** Gives `~icons/<set>/<name>`: only the icons that are used get into the page. */
export const icons = Icons({ compiler: { extension: 'js', compiler: compile } });
