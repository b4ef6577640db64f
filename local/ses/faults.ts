import { seededRandom } from '../seeded-random.ts';
import {
  badRequest,
  isSesErrorName,
  SesError,
  type SesErrorName,
  sesErrorNames,
} from './errors.ts';

/** What can be made to go wrong with `SendEmail`. Shares go from 0 (never) to 1 (always). */
export type Faults = {
  /** Answers "Maximum sending rate exceeded." although there is room. */
  readonly throttleShare?: number;
  readonly paused?: boolean;
  /** Answers every call with this status. */
  readonly status?: 500 | 503;
  /** Answers every call with this SES error. */
  readonly error?: SesErrorName;
  /** Accepts nothing and never answers. */
  readonly noAnswer?: number;
  /** Accepts the mail, then cuts the connection before the answer or in its middle. */
  readonly cutAnswer?: number;
  /** Cuts the connection and accepts nothing. */
  readonly dropBeforeAccept?: number;
  readonly delayMs?: number;
  /** Between acceptance and answer. */
  readonly delayAnswerMs?: number;
  /** The same seed and the same calls give the same faults. */
  readonly seed?: number;
};

/** The fault of one call. */
export type Fate = {
  readonly delayMs: number;
  readonly delayAnswerMs: number;
  readonly before: 'accept' | 'drop' | 'silence' | SesError;
  readonly answer: 'whole' | 'none' | 'half';
};

export type FaultState = {
  current(): Faults;
  /** Replaces all faults. @throws SesError (`BadRequestException`) that names what is wrong */
  set(faults: Readonly<Record<string, unknown>>): Faults;
  fate(): Fate;
};

const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;
const isWhole = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const share = { test: isShare, is: 'a number from 0 to 1' };
const whole = { test: isWhole, is: 'a whole number from 0' };

const CHECKS: Readonly<Record<keyof Faults, { test(value: unknown): boolean; is: string }>> = {
  throttleShare: share,
  paused: { test: (value) => typeof value === 'boolean', is: 'true or false' },
  status: { test: (value) => value === 500 || value === 503, is: '500 or 503' },
  error: { test: isSesErrorName, is: `one of ${sesErrorNames.join(', ')}` },
  noAnswer: share,
  cutAnswer: share,
  dropBeforeAccept: share,
  delayMs: whole,
  delayAnswerMs: whole,
  seed: whole,
};

export const PAUSED = 'Sending is paused for this account.';
export const RATE_EXCEEDED = 'Maximum sending rate exceeded.';

export function createFaults(): FaultState {
  let faults: Faults = {};
  let random = Math.random;
  return {
    current: () => faults,
    set(next) {
      for (const [name, value] of Object.entries(next)) {
        const check = CHECKS[name as keyof Faults];
        if (!check)
          throw badRequest(`'${name}' is no fault; known: ${Object.keys(CHECKS).join(', ')}.`);
        if (!check.test(value)) throw badRequest(`'${name}' must be ${check.is}.`);
      }
      faults = next as Faults;
      random = faults.seed === undefined ? Math.random : seededRandom(faults.seed);
      return faults;
    },
    fate: () => drawFate(faults, random),
  };
}

function drawFate(faults: Faults, random: () => number): Fate {
  // Every number is drawn at every call, so that one fault's share does not shift another's.
  const [drop, silence, throttle, cut, half] = [random(), random(), random(), random(), random()];
  const before = (): Fate['before'] => {
    if (faults.status === 500) return new SesError('InternalServiceErrorException', 'Try again.');
    if (faults.status === 503) return new SesError('ServiceUnavailableException', 'Try again.');
    if (faults.error) return new SesError(faults.error, 'Answered on demand by a local fault.');
    if (faults.paused) return new SesError('SendingPausedException', PAUSED);
    if (drop < (faults.dropBeforeAccept ?? 0)) return 'drop';
    if (silence < (faults.noAnswer ?? 0)) return 'silence';
    if (throttle >= (faults.throttleShare ?? 0)) return 'accept';
    return new SesError('TooManyRequestsException', RATE_EXCEEDED);
  };
  return {
    delayMs: faults.delayMs ?? 0,
    delayAnswerMs: faults.delayAnswerMs ?? 0,
    before: before(),
    answer: cut >= (faults.cutAnswer ?? 0) ? 'whole' : half < 0.5 ? 'none' : 'half',
  };
}
