import type { ComponentType, SVGProps } from 'react';

/** An icon: `size` in pixels (24 unless said otherwise), `stroke` the width of its lines (2). */
export type Icon = ComponentType<
  Omit<SVGProps<SVGSVGElement>, 'stroke'> & { readonly size?: number; readonly stroke?: number }
>;
