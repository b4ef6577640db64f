import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PLANS } from '../../lambdas/core/contract/plans.ts';
import { ConfigurationError, readConfiguration } from '../../lib/configuration.ts';
import { contextWith } from './synthesis.ts';

const read = (extra: Record<string, unknown> = {}) => readConfiguration(contextWith(extra));

function problemOf(extra: Record<string, unknown>): string {
  try {
    read(extra);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
  throw new Error('The configuration was accepted.');
}

const WHERE = 'correct it in cdk.json or after -c.';

describe('the configuration', () => {
  it('comes from cdk.json', () => {
    expect(read()).toEqual({
      stackName: 'Maillayer',
      retentionDays: 30,
      plans: DEFAULT_PLANS,
      timeScale: 1,
      dashboard: true,
      selfSignUp: false,
      requireTls: false,
      throttleRate: 2000,
      throttleBurst: 1000,
      deliverBatchSize: 10,
      deliverConcurrency: 2,
      recordBatchSize: 10,
      recordConcurrency: 2,
      parkBatchSize: 10,
      parkConcurrency: 2,
      webhookBatchSize: 10,
      webhookConcurrency: 2,
      webhookPort8443: false,
    });
  });

  it('is read as text too, as the command line gives it', () => {
    const plans = '{"Solo":{"emailsPerMonth":null,"domains":2,"requestsPerSecond":5}}';

    expect(read({ retentionDays: '7', requireTls: 'true', timeScale: '2.5', plans })).toMatchObject(
      { retentionDays: 7, requireTls: true, timeScale: 2.5, plans: JSON.parse(plans) },
    );
  });

  it.each([
    ['retentionDays', 'abc', `is "abc", but it must be a whole number from 1 to 3650: ${WHERE}`],
    ['retentionDays', 0, `is 0, but it must be a whole number from 1 to 3650: ${WHERE}`],
    ['retentionDays', '', `is "", but it must be a whole number from 1 to 3650: ${WHERE}`],
    ['retentionDays', 1.5, `is 1.5, but it must be a whole number from 1 to 3650: ${WHERE}`],
    ['timeScale', '0.5', `is "0.5", but it must be a number from 1 to 60: ${WHERE}`],
    ['requireTls', 'yes', `is "yes", but it must be true or false: ${WHERE}`],
    ['adminEmail', 'ada', `is "ada", but it must be an email address: ${WHERE}`],
    ['deliverConcurrency', 1, `is 1, but it must be a whole number from 2 to 1000: ${WHERE}`],
    [
      'stackName',
      'my stack',
      `is "my stack", but it must be letters, digits and hyphens, starting with a letter: ${WHERE}`,
    ],
  ])('refuses %s = %p with a sentence that says what to do', (name, value, sentence) => {
    expect(problemOf({ [name]: value })).toBe(`The context value "${name}" ${sentence}`);
  });

  it('says which number is missing from cdk.json', () => {
    expect(problemOf({ throttleRate: undefined })).toBe(
      'The context value "throttleRate" is missing: set it in cdk.json; it must be a whole number from 1 to 10000.',
    );
  });

  it.each([
    [{}, ''],
    ['{"Free"', ''],
    [{ Free: { emailsPerMonth: 1, domains: 1, requestsPerSecond: 0 } }, 'Free.requestsPerSecond'],
    [{ Free: { emailsPerMonth: 1, domains: 1 } }, 'Free.requestsPerSecond'],
  ])('refuses plans such as %j and names the place', (plans, place) => {
    const problem = problemOf({ plans });

    expect(problem).toContain('but it must be an object of plans such as {"Free":');
    expect(problem).toContain(place === '' ? JSON.stringify(plans) : `(wrong at ${place})`);
  });

  it('names every problem, each in a sentence of its own', () => {
    expect(problemOf({ retentionDays: 0, timeScale: 0 }).split('\n')).toHaveLength(2);
  });

  it('does not overlook a setting that is spelt a little differently', () => {
    expect(problemOf({ 'require-TLS': true })).toBe(
      'The context value "require-TLS" does not exist: write "requireTls".',
    );
  });
});
