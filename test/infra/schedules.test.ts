import { describe, expect, it } from '@jest/globals';
import { Synthesis } from './synthesis.ts';

const synthesis = new Synthesis();

describe('the gate’s schedule', () => {
  it('asks SES for its limits each minute', () => {
    const [rule] = Object.values(synthesis.byPath('AWS::Events::Rule'));

    expect(rule).toMatchObject({ ScheduleExpression: 'rate(1 minute)', State: 'ENABLED' });
    expect(rule.Targets.map(({ Arn }: { Arn: unknown }) => synthesis.functionNameOf(Arn))).toEqual([
      'refresh-gate',
    ]);
  });
});

describe('schedules', () => {
  const rules = Object.values(synthesis.byPath('AWS::Events::Rule'));
  const period = ({ ScheduleExpression }: { ScheduleExpression: string }) =>
    60 * Number(/^rate\((\d+) minutes?\)$/.exec(ScheduleExpression)?.[1]);
  const called = rules.map((rule) => ({
    name: synthesis.functionNameOf(rule.Targets[0].Arn),
    period: period(rule),
    target: rule.Targets[0],
  }));

  it('are these', () => {
    expect(called.map(({ name, period }) => [name, period]).sort()).toEqual([
      ['notify-owners', 120],
      ['recheck-domains', 120],
      ['refresh-gate', 60],
      ['sweep-due', 60],
    ]);
  });

  it('hand over no call that the next one has overtaken', () => {
    for (const { period, target } of called) {
      expect(target.RetryPolicy).toEqual({
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds: period,
      });
    }
  });

  // Lambda keeps calls of its own: a throttled one for six hours, a failed one for two more attempts.
  it('let Lambda keep no call either, so that an hour of throttling ends without a burst', () => {
    const kept = Object.values(synthesis.byPath('AWS::Lambda::EventInvokeConfig')).map((each) => ({
      name: synthesis.functionNameOf(each.FunctionName),
      age: each.MaximumEventAgeInSeconds,
      retries: each.MaximumRetryAttempts,
      qualifier: each.Qualifier,
    }));

    expect(kept.sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual(
      called
        .map(({ name, period: age }) => ({ name, age, retries: 0, qualifier: '$LATEST' }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    );
  });
});
