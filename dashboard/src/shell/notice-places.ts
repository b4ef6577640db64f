import type { Schema } from '../api/client.ts';

type Notice = Schema<'Account'>['notices'][number];
type FirstWord<Text> = Text extends `${infer Word}_${string}` ? Word : Text;

type Place = { readonly to: string; readonly label: string };

/** The page that helps with a notice, by the first word of its kind, such as `domain` of `domain_failed`. */
const PLACES: Readonly<Record<FirstWord<Notice['kind']>, (about: string) => Place>> = {
  domain: (name) => ({ to: `/domains/${encodeURIComponent(name)}`, label: 'View domain' }),
  endpoint: (id) => ({ to: `/webhooks/${encodeURIComponent(id)}`, label: 'View webhook' }),
  quota: () => ({ to: '/settings', label: 'View plan and usage' }),
  sending: () => ({ to: '/settings', label: 'View sending' }),
  pricing: () => ({ to: '/settings', label: 'View sending' }),
};

/** The page that helps with a notice; Settings for kinds that this page does not know yet. */
export function placeOf(notice: Notice): Place {
  const place = PLACES[notice.kind.split('_')[0] as FirstWord<Notice['kind']>];
  return place?.(notice.about ?? '') ?? { to: '/settings', label: 'View settings' };
}
