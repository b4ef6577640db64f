/** What became of the calls of `SendEmail` since the start or the last reset. */
export type Stats = {
  /** All calls, those under way included. */
  readonly calls: number;
  /** Calls neither answered nor hung up. */
  readonly underWay: number;
  /** Mails written; those whose answer was cut are among them. */
  readonly accepted: number;
  readonly acceptedThenCut: number;
  readonly throttledByRate: number;
  readonly throttledByQuota: number;
  /** Throttled by a fault although there was room. */
  readonly throttledByFault: number;
  /** Any other 4xx. */
  readonly refused: number;
  /** Any 5xx. */
  readonly failed: number;
  /** Cut before acceptance. */
  readonly dropped: number;
  /** Never answered. */
  readonly unanswered: number;
  readonly recipientsAccepted: number;
  /** ms since the epoch, `null` before the first. */
  readonly firstAcceptedAt: number | null;
  readonly lastAcceptedAt: number | null;
};

type Counter = Exclude<
  keyof Stats,
  'calls' | 'underWay' | 'accepted' | 'recipientsAccepted' | 'firstAcceptedAt' | 'lastAcceptedAt'
>;

export type StatsState = {
  current(): Stats;
  reset(): void;
  begin(): void;
  end(): void;
  count(outcome: Counter): void;
  accept(at: number, recipients: number): void;
};

const NONE: Stats = {
  calls: 0,
  underWay: 0,
  accepted: 0,
  acceptedThenCut: 0,
  throttledByRate: 0,
  throttledByQuota: 0,
  throttledByFault: 0,
  refused: 0,
  failed: 0,
  dropped: 0,
  unanswered: 0,
  recipientsAccepted: 0,
  firstAcceptedAt: null,
  lastAcceptedAt: null,
};

export function createStats(): StatsState {
  let stats = NONE;
  const change = (changes: Partial<Stats>) => {
    stats = { ...stats, ...changes };
  };
  return {
    current: () => stats,
    reset: () => {
      stats = { ...NONE, calls: stats.underWay, underWay: stats.underWay };
    },
    begin: () => change({ calls: stats.calls + 1, underWay: stats.underWay + 1 }),
    end: () => change({ underWay: stats.underWay - 1 }),
    count: (outcome) => change({ [outcome]: stats[outcome] + 1 }),
    accept: (at, recipients) =>
      change({
        accepted: stats.accepted + 1,
        recipientsAccepted: stats.recipientsAccepted + recipients,
        firstAcceptedAt: stats.firstAcceptedAt ?? at,
        lastAcceptedAt: at,
      }),
  };
}
