import { createRequire } from 'node:module';
import { withOrigin } from './access-token.ts';
import { ISSUER_HOST } from './issuer.ts';
import { FileStores } from './store.ts';

/** An attribute as Cognito writes it. */
export interface Attribute {
  readonly Name: string;
  readonly Value?: string;
}

/** A user as cognito-local keeps it. */
export interface User {
  readonly Username: string;
  readonly Password: string;
  readonly Attributes: readonly Attribute[];
  readonly Enabled: boolean;
  readonly UserStatus: string;
  readonly UserCreateDate: Date;
  readonly UserLastModifiedDate: Date;
  readonly RefreshTokens: readonly string[];
  readonly ConfirmationCode?: string | undefined;
}

/** Settings of a user pool, as `CreateUserPool` takes them. */
export interface PoolOptions {
  readonly Id: string;
  readonly UsernameAttributes?: readonly string[];
  readonly [name: string]: unknown;
}

/** Settings of a client, as `CreateUserPoolClient` takes them. */
export interface ClientOptions {
  readonly ClientId: string;
  readonly UserPoolId: string;
  readonly [name: string]: unknown;
}

/** One user pool of cognito-local. */
export interface Pool {
  readonly options: PoolOptions;
  getUserByUsername(context: Context, name: string): Promise<User | null>;
  getUserByRefreshToken(context: Context, token: string): Promise<User | null>;
  saveUser(context: Context, user: User): Promise<void>;
  listUserGroupMembership(context: Context, user: User): Promise<readonly string[]>;
  updateOptions(context: Context, options: PoolOptions): Promise<void>;
  saveAppClient(context: Context, client: ClientOptions): Promise<void>;
  getGroupByGroupName(context: Context, name: string): Promise<object | null>;
  saveGroup(context: Context, group: object): Promise<void>;
}

/** cognito-local's pools. */
export interface Pools {
  createUserPool(context: Context, options: PoolOptions): Promise<PoolOptions>;
  listUserPools(context: Context): Promise<readonly PoolOptions[]>;
  getUserPool(context: Context, id: string): Promise<Pool>;
  getUserPoolForClientId(context: Context, clientId: string): Promise<Pool>;
  getAppClient(context: Context, clientId: string): Promise<ClientOptions | null>;
}

/** Its tokens. */
export interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
}

/** A message that Cognito would have mailed. */
export interface Message {
  /** Of Cognito's messages: `AdminCreateUser`, `ForgotPassword`, `SignUp`, … */
  readonly source: string;
  readonly email: string;
  /** The code, or an invitation's first password. */
  readonly code: string;
}

/** What cognito-local's operations are called with. */
export interface Context {
  readonly logger: object;
}

export type Request = Readonly<Record<string, unknown>>;
export type Answer = Readonly<Record<string, unknown>>;
export type Operation = (context: Context, request: Request) => Promise<Answer>;

/** cognito-local put together without its server, which takes its port from a file only and logs in colours. */
export interface Parts {
  readonly context: Context;
  readonly pools: Pools;
  /** The operation of a name. */
  readonly operation: (name: string) => Operation;
  readonly publicKey: JsonWebKey;
  generate(pool: Pool, user: User, client: ClientOptions): Promise<Tokens>;
  deliver(message: Message): void;
}

type JsonWebKey = Readonly<Record<string, string>>;
type Constructor<T> = new (...args: readonly unknown[]) => T;

interface TokenModule {
  readonly JwtTokenGenerator: Constructor<{
    generate(...args: readonly unknown[]): Promise<Tokens>;
  }>;
}
interface RouterModule {
  Router(services: object): Parts['operation'];
}
interface PoolModule {
  readonly UserPoolServiceFactoryImpl: Constructor<object>;
}
interface PoolsModule {
  readonly CognitoServiceFactoryImpl: Constructor<{
    create(context: Context, defaults: object): Promise<Pools>;
  }>;
}

const require = createRequire(import.meta.url);
/** The package has no front door for this; its parts lie beside each other. */
const part = <T>(path: string): T => require(`cognito-local/lib/${path}`) as T;

const silent = () => undefined;
const logger = { debug: silent, info: silent, warn: silent, error: silent, child: () => logger };

/**
 * Opens the user pools in `directory`.
 *
 * @throws Error when a file in it is damaged
 */
export async function openParts(
  directory: string,
  deliver: (message: Message) => void,
): Promise<Parts> {
  const context = { logger };
  const stores = new FileStores(directory);
  const clock = { get: () => new Date() };
  // Lambda triggers, which would load the SDK's version 2; the template's pool has none.
  const triggers = { enabled: () => false };
  const pools = await openPools(context, directory, stores, clock);
  const tokenGenerator = openTokenGenerator(clock, triggers);
  const { Router } = part<RouterModule>('server/Router.js');
  const operation = Router({
    clock,
    cognito: pools,
    config: { UserPoolDefaults: {} },
    messages: { deliver: deliverAs(deliver) },
    otp: part<{ otp: unknown }>('services/otp.js').otp,
    tokenGenerator,
    triggers,
  });
  return {
    context,
    pools,
    operation,
    publicKey: part<{ jwk: JsonWebKey }>('keys/cognitoLocal.public.json').jwk,
    deliver,
    generate: async (pool, user, client) => {
      const groups = await pool.listUserGroupMembership(context, user);
      return tokenGenerator.generate(context, user, groups, client, undefined, 'RefreshTokens');
    },
  };
}

function openTokenGenerator(clock: object, triggers: object) {
  const { JwtTokenGenerator } = part<TokenModule>('services/tokenGenerator.js');
  const generator = new JwtTokenGenerator(clock, triggers, { IssuerDomain: ISSUER_HOST });
  const { pem } = part<{ readonly pem: string }>('keys/cognitoLocal.private.json');
  return {
    async generate(...args: readonly unknown[]): Promise<Tokens> {
      const tokens = await generator.generate(...args);
      return { ...tokens, AccessToken: withOrigin(tokens.AccessToken, pem) };
    },
  };
}

/** cognito-local's own shape of a delivery. */
function deliverAs(deliver: (message: Message) => void) {
  return async (
    _context: Context,
    source: string,
    ...[, , , code, , details]: [unknown, unknown, User, string, unknown, { Destination: string }]
  ) => deliver({ source, code, email: details.Destination });
}

async function openPools(
  context: Context,
  directory: string,
  stores: FileStores,
  clock: object,
): Promise<Pools> {
  const { UserPoolServiceFactoryImpl } = part<PoolModule>('services/userPoolService.js');
  const { CognitoServiceFactoryImpl } = part<PoolsModule>('services/cognitoService.js');
  const poolFactory = new UserPoolServiceFactoryImpl(clock, stores);
  const factory = new CognitoServiceFactoryImpl(directory, stores, poolFactory);
  return factory.create(context, { UsernameAttributes: ['email'] });
}
