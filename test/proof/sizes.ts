/**
 * How much of each proof is run: the short form by every `npm test`, the full one by `npm run proof`, which
 * sets `MAILLAYER_PROOF=full`. The figures that the documents show are of the full ones.
 */
const FULL = process.env.MAILLAYER_PROOF === 'full';

/** How many times slower the machine is; it runs so many times fewer random cases, never fewer kinds. */
const SLOWNESS = Number(process.env.MAILLAYER_SLOW_MACHINE ?? 1);

const by = <Size>(sizes: { readonly short: Size; readonly full: Size }): Size =>
  FULL ? sizes.full : sizes.short;

/** The seed of everything random, to be given again as `MAILLAYER_SEED` when something fails. */
export const SEED = Number(process.env.MAILLAYER_SEED ?? Date.now() % 2 ** 31);

/** What the run in hand shall do, by proof. */
export const SIZES = {
  /**
   * SES's events in random sequences; how often each event comes where all orders are gone through; mutated events of each
   * of the two sorts, harmless and harmful.
   */
  events: by({
    short: { sequences: Math.ceil(100 / SLOWNESS), mostTimes: 2, mutations: 400 },
    full: { sequences: 20_000, mostTimes: 3, mutations: 2500 },
  }),
  /**
   * Rounds of identical posts; requests against a rate; quotas used up; workers killed over one, and how many answers of
   * 500 an overloaded machine may give meanwhile; rounds of domains.
   */
  races: by({
    short: { rounds: 3, rateRequests: 320, quotaRounds: 1, kills: 3, errors: 8, domainRounds: 1 },
    full: {
      rounds: 200,
      rateRequests: 6400,
      quotaRounds: 10,
      kills: 12,
      errors: 0,
      domainRounds: 20,
    },
  }),
  /** Emails through the local system while its workers are killed; the most kills. */
  soak: by({
    short: { emails: Math.ceil(120 / SLOWNESS), kills: 3 },
    full: { emails: 20_000, kills: 100_000 },
  }),
  /** Of all ordered pairs of faults, the share that is tried; single faults always are. */
  explorer: by({ short: { pairs: 0.003 / SLOWNESS }, full: { pairs: 1 } }),
  /** Requests to each of the API's routes; hostile texts, each in every field that reaches a mail's header. */
  input: by({
    short: { requestsPerRoute: 12, hostileTexts: 12 },
    full: { requestsPerRoute: 1550, hostileTexts: 200 },
  }),
  /** How often every way of sending canaries, and of failing with them, is gone through. */
  privacy: by({ short: { rounds: 1 }, full: { rounds: 5 } }),
};
