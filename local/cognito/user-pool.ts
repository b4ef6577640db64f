import * as v from 'valibot';
import { uuidOf } from '../template/identity.ts';
import { CognitoError, invalidParameter, notFound } from './errors.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import type { ClientSettings, PoolPlan, PoolSettings } from './settings.ts';

const refreshTokenSchema = v.object({
  /** SHA-256 of the token. */
  hash: v.string(),
  clientId: v.string(),
  /** The sign-in that it comes from: the claim `origin_jti`. */
  origin: v.string(),
  /** Epoch seconds of that sign-in. */
  authTime: v.number(),
  /** Epoch milliseconds, as all times below. */
  expiresAt: v.number(),
});

const userSchema = v.object({
  /** Also Cognito's name for a user who signs in with an address. */
  sub: v.string(),
  attributes: v.objectWithRest({ email: v.string() }, v.string()),
  passwordHash: v.string(),
  status: v.picklist(['UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'CONFIRMED']),
  groups: v.array(v.string()),
  createdAt: v.number(),
  modifiedAt: v.number(),
  confirmationCode: v.optional(v.string()),
  /** Of an authenticator, in base 32; the new one has not been proven by a code yet. */
  secret: v.optional(v.string()),
  newSecret: v.optional(v.string()),
  /** Whether a sign-in asks for the authenticator's code. */
  secondFactor: v.boolean(),
  refreshTokens: v.array(refreshTokenSchema),
});

const fileSchema = v.record(v.string(), userSchema);

/** A user as it is kept. */
export type User = Readonly<v.InferOutput<typeof userSchema>>;
export type RefreshToken = Readonly<v.InferOutput<typeof refreshTokenSchema>>;

/** Attributes as Cognito writes them. */
export const attributesSchema = v.array(
  v.object({ Name: v.string(), Value: v.optional(v.string(), '') }),
);
type Attributes = v.InferOutput<typeof attributesSchema>;

/** A user's attributes as Cognito writes them. */
export function attributesOf({ sub, attributes }: User): Attributes {
  return Object.entries({ sub, ...attributes }).map(([Name, Value]) => ({ Name, Value }));
}

/** The user pool: its settings are those of the template today, its users are kept in a file. */
export class UserPool {
  readonly #file: string;
  readonly #users: Map<string, User>;
  #plan: PoolPlan | undefined;

  /** @throws Error when the file holds something else */
  constructor(file: string) {
    const parse = (text: string) => v.parse(fileSchema, JSON.parse(text));
    this.#file = file;
    this.#users = new Map(Object.entries(readPrivateFile(file, 'the users', parse) ?? {}));
  }

  configure(plan: PoolPlan): void {
    this.#plan = plan;
  }

  /** @throws CognitoError when the pool has another id */
  requireId(id: string): void {
    if (this.#plan?.pool.Id !== id) throw notFound(`User pool ${id}`);
  }

  /** @throws CognitoError when there is no such client */
  client(id: string): ClientSettings {
    const client = this.#plan?.clients.find(({ ClientId }) => ClientId === id);
    if (client === undefined) throw notFound(`User pool client ${id}`);
    return client;
  }

  /** @throws CognitoError when there is no such group */
  requireGroup(name: string): void {
    const isThere = this.#plan?.groups.some(({ GroupName }) => GroupName === name);
    if (!isThere) throw notFound(`Group ${name}`);
  }

  /** To be asked for once the pool or a client of it was found. */
  get settings(): PoolSettings {
    if (this.#plan === undefined) throw new Error('there is no user pool');
    return this.#plan.pool;
  }

  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  /** The user of this address or id. */
  find(name: string): User | undefined {
    const wanted = this.#normal(name);
    return this.users.find(({ sub, attributes }) => [sub, attributes.email].includes(wanted));
  }

  /** @throws CognitoError when there is no such user */
  get(name: string): User {
    const user = this.find(name);
    if (user !== undefined) return user;
    throw new CognitoError('UserNotFoundException', 'User does not exist.');
  }

  /**
   * The user of this address or id; undefined where there is none and the client is not to tell.
   *
   * @throws CognitoError where there is none and the client is to tell
   */
  findFor({ PreventUserExistenceErrors: hides }: ClientSettings, name: string): User | undefined {
    return hides === 'ENABLED' ? this.find(name) : this.get(name);
  }

  /**
   * Makes a user, whose id follows from the address, so that it is the same in every clone and after a new start.
   *
   * @throws CognitoError where the name is no address, or somebody has it
   */
  create(name: string, given: Attributes, user: Pick<User, 'passwordHash' | 'status'>): User {
    if (!name.includes('@')) throw invalidParameter('Username should be an email.');
    const email = this.#normal(name);
    const sub = uuidOf(`user ${email.toLowerCase()}`);
    if (this.find(email) !== undefined || this.#users.has(sub)) {
      throw new CognitoError('UsernameExistsException', 'User account already exists');
    }
    const now = Date.now();
    return this.put({
      ...user,
      sub,
      attributes: { ...this.attributes(given), email },
      groups: [],
      createdAt: now,
      modifiedAt: now,
      secondFactor: false,
      refreshTokens: [],
    });
  }

  /** Attributes of a request as they are kept. */
  attributes(given: Attributes): Readonly<Record<string, string>> {
    const kept = (name: string, value: string) => (name === 'email' ? this.#normal(value) : value);
    return Object.fromEntries(given.map(({ Name, Value }) => [Name, kept(Name, Value)]));
  }

  change(user: User, changes: Partial<User>): User {
    return this.put({ ...user, ...changes, modifiedAt: Date.now() });
  }

  /** Keeps a user without counting that as a change of the user: a sign-in is none. */
  put(user: User): User {
    this.#users.set(user.sub, user);
    this.#write();
    return user;
  }

  delete({ sub }: User): void {
    this.#users.delete(sub);
    this.#write();
  }

  #write(): void {
    const users = Object.fromEntries(this.#users);
    writePrivateFile(this.#file, `${JSON.stringify(users, null, 2)}\n`);
  }

  /** A name in the case that counts. */
  #normal(name: string): string {
    return this.settings.UsernameConfiguration?.CaseSensitive === false ? name.toLowerCase() : name;
  }
}
