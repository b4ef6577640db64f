import * as v from 'valibot';
import { invalidParameter } from './errors.ts';
import type { Message } from './message.ts';
import type { Answer, Tokens } from './tokens.ts';
import type { UserPool } from './user-pool.ts';

/** A challenge that waits for its answer. */
export interface Session {
  readonly sub: string;
  /** Name of the challenge, `NEW_PASSWORD_REQUIRED`. */
  readonly challenge: string;
  readonly until: number;
}

/** What the operations work on. */
export interface World {
  readonly pool: UserPool;
  readonly tokens: Tokens;
  /** Challenges that wait for their answer. */
  readonly sessions: Map<string, Session>;
  /** Takes what Cognito would have mailed. */
  deliver(message: Message): void;
}

/** One operation: the JSON of its request to the JSON of its answer. */
export type Operation = (request: unknown, world: World) => Answer;

type Read<E extends v.ObjectEntries> = v.InferOutput<v.ObjectSchema<E, undefined>>;

function reader<E extends v.ObjectEntries>(entries: E): (request: unknown) => Read<E> {
  const schema = v.object(entries);
  return (request) => {
    const parsed = v.safeParse(schema, request);
    if (parsed.success) return parsed.output;
    const [issue] = parsed.issues;
    throw invalidParameter(`${v.getDotPath(issue) ?? 'The request'}: ${issue.message}`);
  };
}

/** Makes operations whose requests name, each in the same way, what they are about. */
function kind<C extends v.ObjectEntries, S>(
  common: C,
  subjectOf: (given: Read<C>, world: World) => S,
) {
  return <E extends v.ObjectEntries>(
    entries: E,
    run: (subject: S, request: Read<E>, world: World) => Answer | undefined,
  ): Operation => {
    const readCommon = reader(common);
    const readRest = reader(entries);
    return (request, world) =>
      run(subjectOf(readCommon(request), world), readRest(request), world) ?? {};
  };
}

/** By whoever runs the pool. */
export const ofPool = kind({ UserPoolId: v.string() }, ({ UserPoolId }, { pool }) => {
  pool.requireId(UserPoolId);
  return pool;
});

/** By whoever runs the pool, on one user of it. */
export const ofUser = kind(
  { UserPoolId: v.string(), Username: v.string() },
  ({ UserPoolId, Username }, { pool }) => {
    pool.requireId(UserPoolId);
    return pool.get(Username);
  },
);

/** By anybody, through a client. */
export const ofClient = kind({ ClientId: v.string() }, ({ ClientId }, { pool }) =>
  pool.client(ClientId),
);

/** By a user who has signed in. */
export const ofOwner = kind({ AccessToken: v.string() }, ({ AccessToken }, { tokens }) =>
  tokens.ownerOf(AccessToken),
);
