import fc from 'fast-check';
import type { RawEvent } from '../core/email/ses-events.ts';

type Path = readonly (string | number)[];

/** Every place in a JSON value but its root. */
function placesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = [...at, Array.isArray(value) ? Number(key) : key];
    return [place, ...placesOf(inner, place)];
  });
}

/** What an event must keep to be applied: its type, our tags, and whom it names. */
const NEEDED = [
  /^eventType$/,
  /^mail\.tags\.ml-(account|email|nonce)(\.0)?$/,
  /Recipients\.\d+\.emailAddress$/,
  /^delivery\.recipients(\.\d+)?$/,
];

/** True for a place that holds something needed, itself or below it. */
function isNeeded(place: Path, all: readonly Path[]): boolean {
  const text = place.join('.');
  return all.some((other) => {
    const inner = other.join('.');
    const below = inner === text || inner.startsWith(`${text}.`);
    return below && NEEDED.some((needed) => needed.test(inner));
  });
}

/** A copy with something else, or nothing, at a place; a place that is gone already stays so. */
function changed(event: unknown, place: Path, garbage: unknown): unknown {
  const [key, ...rest] = place;
  if (key === undefined) return garbage;
  if (typeof event !== 'object' || event === null || !(key in event)) return event;
  const copy: Record<string | number, unknown> = Array.isArray(event)
    ? ([...event] as unknown as Record<number, unknown>)
    : { ...event };
  const value = changed(copy[key], rest, garbage);
  if (value === undefined && !Array.isArray(event)) delete copy[key];
  else copy[key] = value;
  return copy;
}

const garbage = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    [],
    {},
    -1,
    1e308,
    true,
    'x'.repeat(5000),
    '"\\'.repeat(2000),
    '\u0000\ud800',
    '😀'.repeat(300),
    '9999-12-31T23:59:59Z',
    '2026-11-23T05:50:99Z',
    ['__proto__', 'constructor'],
    { ['__proto__']: 1 },
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

const unknownField = fc.tuple(fc.string({ minLength: 1 }), garbage);

/** An event with one to five places changed and up to three fields of its own; `where` says which places may be. */
function mutated(event: RawEvent, where: (place: Path, all: readonly Path[]) => boolean) {
  const all = placesOf(event);
  const places = all.filter((place) => where(place, all));
  return fc
    .tuple(
      fc.array(fc.tuple(fc.constantFrom(...places), garbage), { minLength: 1, maxLength: 5 }),
      fc.array(unknownField, { maxLength: 3 }),
    )
    .map(([changes, fields]) => {
      const more = fields.filter(([name]) => !Object.hasOwn(event, name));
      const whole = { ...Object.fromEntries(more), ...event };
      return changes.reduce<unknown>((now, [place, value]) => changed(now, place, value), whole);
    });
}

/** Bodies that are this event with changes which leave what is needed. */
export function harmless(event: RawEvent): fc.Arbitrary<string> {
  return mutated(event, (place, all) => !isNeeded(place, all)).map((each) => JSON.stringify(each));
}

/** Bodies that are this event with changes anywhere, or cut off. */
export function harmful(event: RawEvent): fc.Arbitrary<string> {
  const whole = JSON.stringify(event);
  return fc.oneof(
    { weight: 9, arbitrary: mutated(event, () => true).map((each) => JSON.stringify(each) ?? '') },
    { weight: 1, arbitrary: fc.nat({ max: whole.length - 1 }).map((end) => whole.slice(0, end)) },
  );
}
