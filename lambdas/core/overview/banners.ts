import type { Domain } from '../domain/domain.ts';
import { pendingSince } from '../domain/domain.ts';
import { domainTrouble, domainWords } from '../domain/notice.ts';
import type { NoticeKind } from '../notice/notice.ts';
import { mostOf } from '../notice/quota.ts';
import { quota80Words, quota100Words } from '../notice/words.ts';
import type { Gate } from '../sending/gate.ts';
import { pricingWarning } from '../sending/pricing.ts';
import { type SendingState, sendingMessage, sendingState } from '../sending/state.ts';
import type { Endpoint } from '../webhook/endpoint.ts';
import { endpointWords } from '../webhook/endpoint.ts';
import { BY_OWNER } from '../webhook/endpoint-request.ts';

/** What an account's owner should know and do, for as long as it is so. */
export type Banner = {
  readonly kind: NoticeKind;
  /** The domain's name or the endpoint's id; null where it is about neither. */
  readonly about: string | null;
  readonly message: string;
  /** ISO 8601, UTC; null where nobody wrote down when it began. */
  readonly since: string | null;
};

/** What banners are derived from. */
export type BannerState = {
  /** Live emails of this month. */
  readonly used: number;
  /** The plan's live emails a month; null is unlimited. */
  readonly limit: number | null;
  readonly domains: readonly Domain[];
  readonly endpoints: readonly Endpoint[];
  readonly gate: Gate;
  /** Whether the reader runs the service. */
  readonly operator: boolean;
};

const SENDING: Partial<Record<SendingState, NoticeKind>> = {
  sandbox: 'sending_sandbox',
  paused: 'sending_paused',
  shut_down: 'sending_shut_down',
  daily_quota_used: 'sending_daily_quota_used',
};

function sendingBanners({ gate }: BannerState): Banner[] {
  const kind = SENDING[sendingState(gate)];
  if (kind === undefined) return [];
  const since = gate.refused ? new Date(gate.refused.at).toISOString() : null;
  return [{ kind, about: null, message: sendingMessage(gate), since }];
}

function quotaBanners({ used, limit }: BannerState): Banner[] {
  if (limit === null || used < mostOf(limit)) return [];
  const about = { about: null, since: null };
  return used >= limit
    ? [{ kind: 'quota_100', message: quota100Words(limit), ...about }]
    : [{ kind: 'quota_80', message: quota80Words(used, limit), ...about }];
}

function domainBanner(domain: Domain): Banner[] {
  const kind = domainTrouble(domain);
  if (kind === undefined) return [];
  const since = new Date(pendingSince(domain)).toISOString();
  return [{ kind, about: domain.name, message: domainWords(domain), since }];
}

/** An endpoint that its owner paused is as its owner wants it. */
function endpointBanner(endpoint: Endpoint): Banner[] {
  const { id, disabled } = endpoint;
  if (!disabled || disabled.reason === BY_OWNER) return [];
  const message = endpointWords(endpoint, disabled.reason);
  return [{ kind: 'endpoint_disabled', about: id, message, since: disabled.at }];
}

function pricingBanners({ gate, operator }: BannerState): Banner[] {
  const message = operator ? pricingWarning(gate.account?.pricing) : null;
  return message === null ? [] : [{ kind: 'pricing', about: null, message, since: null }];
}

/** Everything that is to be dealt with, what stops mail first. Nothing of it is stored. */
export function bannersOf(state: BannerState): Banner[] {
  return [
    ...sendingBanners(state),
    ...quotaBanners(state),
    ...state.domains.flatMap(domainBanner),
    ...state.endpoints.flatMap(endpointBanner),
    ...pricingBanners(state),
  ];
}
