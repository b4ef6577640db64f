import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createLog } from '../../../lambdas/core/log/logger.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** The entry that the log writes of an error. */
function logged(error: unknown) {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
  }
  createLog('accept-email').error('request failed', { account: 'a' }, error);
  jest.restoreAllMocks();
  expect(lines).toHaveLength(1);
  return { line: lines[0] ?? '', entry: JSON.parse(lines[0] ?? '') };
}

describe('an error in the log', () => {
  it('has its name, message and stack, and those of its causes', () => {
    const { entry } = logged(new TypeError('No table.', { cause: new Error('No network.') }));
    expect(entry).toMatchObject({
      level: 'ERROR',
      message: 'request failed',
      service: 'accept-email',
      account: 'a',
      error: {
        name: 'TypeError',
        message: 'No table.',
        stack: expect.stringMatching(/^TypeError: No table\.\n {4}at .*logger\.test\.ts/),
        cause: { name: 'Error', message: 'No network.' },
      },
    });
  });

  it('holds no item that the table gave with it, and no answer, but which call it was', () => {
    const error = new ConditionalCheckFailedException({
      message: 'The conditional request failed',
      $metadata: { httpStatusCode: 400, requestId: 'R1' },
      Item: { subject: { S: 'canary' } },
    });
    Object.assign(error, { response: { body: 'canary' } });
    const { entry, line } = logged(error);
    expect(line).not.toContain('canary');
    expect(entry.error).toMatchObject({
      name: 'ConditionalCheckFailedException',
      httpStatusCode: 400,
      requestId: 'R1',
    });
  });

  it.each([
    'Email address is not verified. The following identities failed the check: canary@example.com',
    'Invalid email identity Canary <canary@example.com>',
    'The key ml_live_canary0123456789 is unknown',
  ])('does not show whom a service speaks of: %s', (message) => {
    const { line } = logged(new Error(message, { cause: new Error(message) }));
    expect(line).not.toContain('canary');
    expect(logged(message).line).not.toContain('canary');
  });

  it('shows a message of several lines once, and masked', () => {
    const { entry, line } = logged(new Error('Not verified:\ncanary@example.com'));
    expect(line).not.toContain('canary');
    expect(entry.error.stack).toMatch(/^Error: Not verified:\nc…@example\.com\n {4}at /);
  });

  it('is cut where a message quotes a whole request', () => {
    const { entry } = logged(new Error(`${'x'.repeat(600)} canary`));
    expect(entry.error.message).toHaveLength(501);
    expect(JSON.stringify(entry)).not.toContain('canary');
  });

  it.each(['canary@example.com', '"canary canary"@example.com', '"can\\"canary "@x.example'])(
    'shows nothing of an address that is cut in two: %s',
    (address) => {
      for (let before = 3960; before < 4000; before += 1) {
        // One word that becomes a short one when masked, so that its end is within what is shown.
        const text = `${'x'.repeat(before - 10)}@b.example ${address}`;
        const { entry, line } = logged(new Error(text));
        expect(entry.error.message).toMatch(/^x…@b\.example/);
        expect(line).not.toMatch(/can/);
      }
    },
  );

  it('takes no time over a long message', () => {
    expect(logged(new Error('"'.repeat(2_000_000))).entry.error.message.length).toBeLessThan(502);
  });

  it('tells of three causes, one within another, and of no more', () => {
    const deep = [4, 3, 2, 1].reduce(
      (cause, depth) => new Error(`Cause ${depth}`, { cause }),
      new Error('Cause 5'),
    );
    const { error } = logged(deep).entry;
    const third = error.cause.cause.cause;
    expect([error.message, third.message]).toEqual(['Cause 1', 'Cause 4']);
    expect(third).not.toHaveProperty('cause');
  });

  it('has neither cause, status nor request id where there is none', () => {
    const { error } = logged(new Error('No table.')).entry;
    expect(Object.keys(error).sort()).toEqual(['message', 'name', 'stack']);
  });

  it('shows the places of an error without a message, and of one without a stack none', () => {
    expect(logged(new RangeError('')).entry.error.stack).toMatch(
      /^RangeError: \n {4}at .*logger\.test\.ts/,
    );
    const bare = new Error('No table.');
    delete bare.stack;
    expect(logged(bare).entry.error.stack).toBe('Error: No table.\n    ');
  });

  it.each([new Error(''), undefined, null, { any: 'thing' }])('may be anything: %p', (thrown) => {
    expect(logged(thrown).entry.error).toMatchObject({ message: expect.any(String) });
  });
});
