import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { bundleFunctions, functionNames } from '../lib/function-bundles.ts';

/** A function's bundle beside one that only imports the same SDK clients. */
export type BundleFigures = {
  readonly name: string;
  readonly bytes: number;
  readonly bareBytes: number;
  /** Median milliseconds of a cold import, each in a fresh process. */
  readonly importMs: number;
  readonly bareImportMs: number;
};

const ROUNDS = 9;

/** What the bundles use of each client, so that the bare file carries the same and no more. */
const USED: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb': 'DynamoDBClient, ConditionalCheckFailedException',
  '@aws-sdk/lib-dynamodb':
    'DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand, QueryCommand, BatchGetCommand, BatchWriteCommand',
  '@aws-sdk/client-s3': 'S3Client, PutObjectCommand, GetObjectCommand',
  '@aws-sdk/client-cognito-identity-provider':
    'CognitoIdentityProviderClient, GetUserCommand, AdminCreateUserCommand',
  '@aws-sdk/client-kms': 'KMSClient, EncryptCommand, DecryptCommand',
  '@aws-sdk/client-sqs': 'SQSClient, SendMessageCommand, ChangeMessageVisibilityCommand',
  '@aws-sdk/client-sesv2': 'SESv2Client, SendEmailCommand, GetAccountCommand',
};

/** The SDK clients that a function bundles, by esbuild's account of what is in it. */
function clientsOf(name: string, { outputs }: Metafile): readonly string[] {
  const [, output] =
    Object.entries(outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
  const files = Object.keys(output?.inputs ?? {});
  return Object.keys(USED).filter((client) =>
    files.some((file) => file.startsWith(`node_modules/${client}/`)),
  );
}

function bareBundle(directory: string, name: string, clients: readonly string[]): string {
  const source = clients.map(
    (client, i) =>
      `import { ${USED[client]?.replace(/(\w+)/g, `$1 as $1_${i}`)} } from '${client}';\n` +
      `globalThis.used_${i} = [${USED[client]?.replace(/(\w+)/g, `$1_${i}`)}];`,
  );
  const entry = join(directory, `${name}.mjs`);
  writeFileSync(entry, source.join('\n'));
  const outfile = join(directory, name, 'index.mjs');
  buildSync({
    entryPoints: [entry],
    outfile,
    absWorkingDir: process.cwd(),
    nodePaths: [resolve('node_modules')],
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}

const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  TABLE_NAME: 't',
  CONTENT_BUCKET: 'b',
  SEND_QUEUE_URL: 'http://127.0.0.1/q',
  EVENT_QUEUE_URL: 'http://127.0.0.1/q',
  DEAD_LETTER_QUEUE_URL: 'http://127.0.0.1/q',
  WEBHOOK_QUEUE_URL: 'http://127.0.0.1/q',
  SECRET_KEY_ID: 'k',
  OWN_HOSTS: 'api.example.com',
  USER_POOL_ID: 'us-east-1_Pool',
  USER_POOL_CLIENT_ID: 'c',
  OPERATORS_GROUP: 'operators',
  SITE_BUCKET: 'b',
  WEBHOOK_PORTS: '443',
  LANES: '1',
  CONFIGURATION_SET: 'c',
  PLANS: '{}',
  RETENTION_DAYS: '30',
  TIME_SCALE: '1',
};

function importMs(file: string): number {
  const script = `const t = performance.now(); await import(${JSON.stringify(file)}); process.stdout.write(String(performance.now() - t)); process.exit(0);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: { ...process.env, ...ENVIRONMENT },
    encoding: 'utf8',
  });
  // A stack trace of a bundle shows its one long line.
  if (!stdout) throw new Error(stderr.slice(-2000));
  return Number(stdout);
}

const median = (values: number[]) =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** Sizes and cold imports of every function; both kinds in turn, so that both see the same load. */
export function measureBundles(): BundleFigures[] {
  const directory = mkdtempSync(join(tmpdir(), 'maillayer-bundles-'));
  try {
    const bundles = bundleFunctions();
    const metafile = JSON.parse(readFileSync(join(bundles, 'metafile.json'), 'utf8')) as Metafile;
    return functionNames(process.cwd()).map((name) => {
      const own = join(bundles, name, 'index.mjs');
      const bare = bareBundle(directory, name, clientsOf(name, metafile));
      const rounds = Array.from({ length: ROUNDS }, () => [importMs(own), importMs(bare)] as const);
      return {
        name,
        bytes: statSync(own).size,
        bareBytes: statSync(bare).size,
        importMs: median(rounds.map(([ms]) => ms)),
        bareImportMs: median(rounds.map(([, ms]) => ms)),
      };
    });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
