import type fc from 'fast-check';
import type { KeyName } from './draft.ts';
import type { Told, World } from './world.ts';

/** What a valid request to an operation says besides its route. */
export type Shape = {
  /** @default live */
  readonly key?: KeyName;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
};

/** What must be there before the request is sent. */
export type Prepared = {
  /** Values of the path's parameters, not encoded. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Clears up after the answer. */
  done?(answer: Told): Promise<unknown>;
};

/** Makes valid requests to one operation. */
export type Maker = {
  readonly shape: fc.Arbitrary<Shape>;
  /** @default nothing has to be there */
  prepare?(world: World): Promise<Prepared>;
};

/** The body of an answer that was expected. @throws Error for any other */
export async function made(
  answer: Promise<Told>,
  ...statuses: readonly number[]
): Promise<Readonly<Record<string, unknown>>> {
  const { status, body } = await answer;
  if (statuses.includes(status)) return body;
  throw new Error(`Nothing could be prepared: ${status} ${JSON.stringify(body)}`);
}

/**
 * A pool of things made once and used by one request at a time.
 *
 * @param size how many there are; who comes when all are in use waits
 */
export function pool<Thing>(size: number, make: (world: World) => Promise<Thing>) {
  const free: Thing[] = [];
  const waiting: ((thing: Thing) => void)[] = [];
  let count = 0;
  return {
    async take(world: World): Promise<Thing> {
      const thing = free.shift();
      if (thing !== undefined) return thing;
      if (count === size) return new Promise((resolve) => waiting.push(resolve));
      count += 1;
      return await make(world);
    },
    give(thing: Thing): void {
      const next = waiting.shift();
      if (next) next(thing);
      else free.push(thing);
    },
  };
}

/** A maker's `prepare` from a pool. */
export function fromPool<Thing>(
  things: { take(world: World): Promise<Thing>; give(thing: Thing): void },
  prepared: (thing: Thing, world: World) => Prepared | Promise<Prepared>,
) {
  return async (world: World): Promise<Prepared> => {
    const thing = await things.take(world);
    return {
      ...(await prepared(thing, world)),
      async done() {
        things.give(thing);
      },
    };
  };
}

let last = 0;
/** A number that no other call of this process gets. */
export function nextNumber(): number {
  last += 1;
  return last;
}
