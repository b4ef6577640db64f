type Place = { readonly to: string; readonly label: string };

/** The page that helps with a notice, by the first word of its kind, such as `domain` of `domain_failed`. */
const PLACES: Readonly<Record<string, (about: string) => Place>> = {
  domain: (name) => ({ to: `/domains/${encodeURIComponent(name)}`, label: 'View domain' }),
  endpoint: (id) => ({ to: `/webhooks/${encodeURIComponent(id)}`, label: 'View webhook' }),
  quota: () => ({ to: '/settings', label: 'View plan and usage' }),
  sending: () => ({ to: '/settings', label: 'View sending' }),
  pricing: () => ({ to: '/settings', label: 'View sending' }),
};

/** The page that helps with a notice; Settings for kinds that this page does not know yet. */
export function placeOf(notice: { readonly kind: string; readonly about: string | null }): Place {
  const place = PLACES[notice.kind.split('_')[0] ?? ''];
  return place?.(notice.about ?? '') ?? { to: '/settings', label: 'View settings' };
}
