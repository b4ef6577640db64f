type Place = { readonly to: string; readonly label: string };

/** Where a notice is dealt with: by the first word of its kind, such as `domain` of `domain_failed`. */
const PLACES: Readonly<Record<string, (about: string) => Place>> = {
  domain: (name) => ({ to: `/domains/${encodeURIComponent(name)}`, label: 'See the domain' }),
  endpoint: (id) => ({ to: `/webhooks/${encodeURIComponent(id)}`, label: 'See the webhook' }),
  quota: () => ({ to: '/settings', label: 'See plan and usage' }),
  sending: () => ({ to: '/settings', label: 'See sending' }),
  pricing: () => ({ to: '/settings', label: 'See sending' }),
};

/** The page on which a notice is dealt with; Settings for kinds that are newer than this page. */
export function placeOf(notice: { readonly kind: string; readonly about: string | null }): Place {
  const place = PLACES[notice.kind.split('_')[0] ?? ''];
  return place?.(notice.about ?? '') ?? { to: '/settings', label: 'See settings' };
}
