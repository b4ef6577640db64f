/** Files of one height: they may import one another, and whatever is on a lower floor. */
export type Floor = {
  readonly name: string;
  /** Matches paths from the project's root. */
  readonly files: RegExp;
  /** Lower floors that it must not know all the same. @default none */
  readonly not?: readonly string[];
  /** True where each folder is one function's own, which no other function imports. */
  readonly isApart?: boolean;
  /** The only lower floors that it may know. @default all */
  readonly only?: readonly string[];
};

const core = (name: string, rest: Partial<Floor> = {}): Floor => ({
  name,
  files: new RegExp(`^lambdas/core/${name}/`),
  ...rest,
});

const CALLERS = ['queue', 'http', 'openapi', 'route', 'handler'];

/** All floors of the source, from the bottom to the top. */
export const FLOORS: readonly Floor[] = [
  core('value'),
  core('contract'),
  core('log'),
  core('runtime'),
  // The kinds of events: plain data, for the template and the local SES as well.
  core('email/events'),
  core('suppression'),
  core('api-key'),
  core('account'),
  core('notice'),
  core('sending'),
  core('domain'),
  core('email'),
  core('statistics'),
  core('webhook'),
  core('request-log'),
  core('deployment'),
  core('overview'),
  core('queue'),
  core('http'),
  core('openapi'),
  {
    name: 'env',
    files: /^lambdas\/(?!core\/)[\w-]+\/env\.ts$/,
    isApart: true,
    only: ['value', 'contract'],
  },
  {
    name: 'route',
    files: /^lambdas\/(?!core\/)[\w-]+\/route\.ts$/,
    isApart: true,
    not: ['env', 'openapi'],
  },
  {
    name: 'handler',
    files: /^lambdas\/(?!core\/)[\w-]+\/(?!index\.ts$)[\w-]+\.ts$/,
    isApart: true,
    not: ['env', 'openapi'],
  },
  core('net', { not: CALLERS }),
  core('table', { not: [...CALLERS, 'net'] }),
  core('aws', { not: [...CALLERS, 'net', 'table'] }),
  { name: 'routes', files: /^lambdas\/routes\.ts$/, only: ['route', 'http'] },
  { name: 'index', files: /^lambdas\/(?!core\/)[\w-]+\/index\.ts$/, isApart: true },
  { name: 'lib', files: /^lib\//, only: ['contract', 'email/events', 'http', 'env', 'routes'] },
  // It runs the template that lib synthesizes, and never the functions' source.
  { name: 'local', files: /^local\//, only: ['contract', 'email/events'] },
  {
    name: 'admin',
    files: /^bin\/admin(\.ts$|\/)/,
    not: ['log', ...CALLERS, 'env', 'index', 'lib', 'local'],
  },
  { name: 'bin', files: /^bin\//, only: ['openapi', 'routes', 'lib'] },
  // It knows the API by its OpenAPI document.
  { name: 'dashboard', files: /^dashboard\/src\//, only: [] },
];

const NOUNS = FLOORS.slice(4, 17).map(({ name }) => name);

/** Packages that only some floors may import. */
export const PACKAGES: readonly {
  readonly packages: RegExp;
  readonly floors: readonly string[];
}[] = [
  { packages: /^@aws-sdk\//, floors: ['table', 'aws', 'local', 'bin'] },
  { packages: /^@smithy\//, floors: ['runtime', 'aws'] },
  { packages: /^@middy\//, floors: ['http'] },
  { packages: /^@aws-lambda-powertools\//, floors: ['log'] },
  { packages: /^(aws-cdk-lib|constructs)\b/, floors: ['lib', 'bin'] },
  // Rules are pure: nothing that reads a file, the network or the clock.
  {
    packages: /^node:(?!crypto$|url$|zlib$)/,
    floors: FLOORS.map(({ name }) => name).filter(
      (name) => !['value', 'contract', 'env', 'route', 'handler', ...NOUNS].includes(name),
    ),
  },
];
