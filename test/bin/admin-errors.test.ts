import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { batch, type Parts, runAdmin, startParts } from './admin-fixture.ts';

const ID = '0123456789abcdef01234567';
const FREE = 'eeeeeeeeeeeeeeeeeeeeeeee';
const NOBODY = '000000000000000000000000';
const OF = ['--account', ID];
const KEY = ['key', 'create', ...OF, '--environment', 'live', '--name', 'CI'];
const SECRET = 'B'.repeat(30);

let parts: Parts;
beforeAll(async () => {
  parts = await startParts();
  await batch(
    parts,
    ['account', 'create', '--name', 'Ada', '--plan', 'Growth', '--id', ID],
    ['account', 'create', '--name', 'Free', '--plan', 'Free', '--id', FREE],
    ['domain', 'add', 'free.example', '--account', FREE],
    ['key', 'create', '--account', FREE, ...KEY.slice(4), '--secret', SECRET],
  );
  await fetch(`${parts.endpoints.ses}/v2/email/identities`, {
    method: 'POST',
    body: JSON.stringify({ EmailIdentity: 'foreign.example' }),
  });
});
afterAll(() => parts.stop());

const REFUSED: readonly (readonly [readonly string[], string])[] = [
  [[], 'No command was given: "npm run admin -- --help" shows them all.'],
  [
    ['account', 'delete'],
    'The command "account delete" does not exist: "npm run admin -- --help" shows them all.',
  ],
  [['list', '--colour', 'x'], 'The option --colour does not exist: see "npm run admin -- --help".'],
  [['list', '--json=yes'], '--json takes no value: omit it.'],
  [['list', '--plan', 'Free'], '"list" takes no --plan: write "npm run admin -- list".'],
  [
    ['account', 'create', '--id', ID],
    '"account create" needs --name and --plan: write "npm run admin -- account create --name NAME --plan PLAN [--id ID] [--user SUB]".',
  ],
  [['account', 'suspend', '--account'], '--account needs a value: write --account ID.'],
  [
    ['account', 'create', '--name', '--plan'],
    '--name needs a value: write --name NAME, or --name=--plan if the value starts with a dash.',
  ],
  [['account', 'suspend', ...OF, ...OF], 'Give --account only once.'],
  [
    ['domain', 'add', ...OF],
    '"domain add" takes one DOMAIN after it: write "npm run admin -- domain add DOMAIN --account ID".',
  ],
  [['list', 'all'], '"list" takes no argument after it: write "npm run admin -- list".'],
  [['list', '--stack', 'X'], 'Give --stack to "batch" itself, not to its lines.'],
  [
    ['account', 'create', '--name', 'X', '--plan', 'Huge'],
    'The plan "Huge" does not exist: choose one of Free, Starter, Growth, Business, Operator.',
  ],
  [
    ['account', 'create', '--name', 'X', '--plan', 'Free', '--id', 'ABC'],
    '"ABC" is not an account id: give 24 hex digits in lower case.',
  ],
  [
    ['account', 'create', '--name', 'a\nb', '--plan', 'Free'],
    '--name must be 1 to 100 printable characters: choose another.',
  ],
  [
    ['account', 'suspend', '--account', NOBODY],
    `The account ${NOBODY} does not exist: "npm run admin -- list" shows all accounts.`,
  ],
  ...['localhost', 'a..example', 'a_b.example', 'http://a.example', 'a b.example'].map(
    (name) =>
      [
        ['domain', 'add', name, ...OF],
        `"${name}" cannot be used: it must be a full domain name, such as example.com.`,
      ] as const,
  ),
  [
    ['domain', 'add', '10.0.0.1', ...OF],
    '"10.0.0.1" cannot be used: it must be a domain name, not an IP address.',
  ],
  [
    ['domain', 'verify', 'co.uk', ...OF],
    `"co.uk" cannot be used: it is a public suffix; use a domain that you own.`,
  ],
  [
    ['domain', 'add', 'free.example', ...OF],
    `free.example belongs to account ${FREE}: a domain can belong to only one account, so use that account.`,
  ],
  [
    ['domain', 'add', 'foreign.example', ...OF],
    'SES has an identity foreign.example that was not made for this account: if nothing else uses it, remove it with "aws sesv2 delete-email-identity --email-identity foreign.example", then run "domain add" again.',
  ],
  [
    ['domain', 'add', 'second.example', '--account', FREE],
    `Account ${FREE} already has all the domains that plan Free allows (1): move it to a larger plan with "npm run admin -- account plan".`,
  ],
  [
    ['domain', 'verify', 'free.example', ...OF],
    `Account ${ID} has no domain free.example: run "npm run admin -- domain add free.example --account ${ID}".`,
  ],
  [
    [...KEY, '--domain', 'free.example'],
    `Account ${ID} has no domain free.example: run "npm run admin -- domain add free.example --account ${ID}" first.`,
  ],
  [[...KEY, '--scope', 'all'], '--scope cannot be "all": give "send" or "full".'],
  [[...KEY, '--secret', 'short'], '--secret must be 30 letters and digits: choose another.'],
  [[...KEY, '--secret', SECRET], 'Another account already uses this secret: choose another.'],
  [
    ['key', 'revoke', 'nothing', ...OF],
    `Account ${ID} has no such key: "npm run admin -- list" shows the ids of all keys.`,
  ],
  [
    ['suppression', 'add', 'ada', ...OF],
    `"ada" cannot be suppressed because it is not an email address: it has no @: give an address such as ada@example.com.`,
  ],
];

describe('administration refuses', () => {
  it('whatever is wrong with a command, each with a sentence that says what to do', async () => {
    const results = await batch(parts, ...REFUSED.map(([command]) => [...command]));
    expect(results).toEqual(REFUSED.map(([, error]) => ({ error })));
  });

  it('without claiming a domain that SES has for somebody else', async () => {
    const commands = [
      ['domain', 'add', 'foreign.example', ...OF],
      ['domain', 'verify', 'foreign.example', ...OF],
    ];
    const [, second] = await batch(parts, ...commands);
    expect(second?.error).toContain(`Account ${ID} has no domain foreign.example`);
  });

  it('a line of a batch that is no array of strings, and goes on', async () => {
    const input = '{"list":1}\n\n["account"\n["list"]\n';
    const args = ['batch', '--json', '--data-dir', parts.dataDir];
    const { code, stdout } = await runAdmin(args, { input });
    const error = 'A line of a batch must be a JSON array of strings, such as ["list"].';
    const [first, second, third] = stdout.split('\n').map((line) => line && JSON.parse(line));
    expect([first, second]).toEqual([{ error }, { error }]);
    expect(third).toHaveProperty('accounts');
    expect(code).toBe(1);
  });

  it('with exit code 1, on standard error as text and on standard output as JSON', async () => {
    const sentence = `No local system runs in /nowhere: start it with "npm start", name its directory with --data-dir, or a deployed one with --stack.`;
    const args = ['list', '--data-dir', '/nowhere'];
    expect(await runAdmin(args)).toEqual({ code: 1, stdout: '', stderr: `${sentence}\n` });
    expect(await runAdmin([...args, '--json'])).toEqual({
      code: 1,
      stdout: `${JSON.stringify({ error: sentence })}\n`,
      stderr: '',
    });
  });

  it('a local system that has gone or whose file is damaged', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'maillayer-admin-'));
    const file = join(dataDir, 'endpoints.json');
    try {
      const nowhere = 'http://127.0.0.1:1';
      const endpoints = { dynamodb: nowhere, ses: nowhere, dns: '127.0.0.1:1' };
      const gone = { region: 'us-east-1', tableName: 'Emails', endpoints };
      await writeFile(file, JSON.stringify(gone));
      expect((await runAdmin(['list', '--data-dir', dataDir])).stderr).toMatch(
        /^The system cannot be reached \(.*\): for a local system, run "npm start" and keep it running; .*\n$/,
      );
      await writeFile(file, '{');
      expect((await runAdmin(['list', '--data-dir', dataDir])).stderr).toBe(
        `${file} cannot be read: restart the local system, which writes it again.\n`,
      );
    } finally {
      await rm(dataDir, { recursive: true });
    }
  });
});
