/** `MAILLAYER_PROOF=full`: the whole proof; else the part of it that every run of the tests can afford. */
const FULL = process.env.MAILLAYER_PROOF === 'full';

/** Random sequences of events, longer than those which are gone through one by one. */
export const RANDOM_SEQUENCES = FULL ? 20_000 : 200;

/** How often each of up to three events comes, where all orders are gone through on the table. */
export const MOST_TIMES = FULL ? 3 : 2;

/** The seed of everything random, to be given again when something fails. */
export const SEED = Number(process.env.MAILLAYER_SEED ?? Date.now() % 2 ** 31);
