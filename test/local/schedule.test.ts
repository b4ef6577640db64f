import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { readSchedule, type Schedule, startSchedule } from '../../local/schedule.ts';
import { openTemplate } from '../../local/template/template.ts';

function read(Properties: object): Schedule | undefined {
  const Rule = { Type: 'AWS::Events::Rule', Properties: { Targets: [], ...Properties } };
  const [rule] = openTemplate({ Resources: { Rule } }, (name) => name).resources(
    'AWS::Events::Rule',
  );
  return rule && readSchedule(rule);
}

describe('a schedule of the template', () => {
  it.each([
    ['rate(1 minute)', 60_000],
    ['rate(5 minutes)', 300_000],
    ['rate(2 hours)', 7_200_000],
    ['rate(1 day)', 86_400_000],
  ])('of %s has a period of %d ms', (ScheduleExpression, periodMs) => {
    expect(read({ ScheduleExpression })?.periodMs).toBe(periodMs);
  });

  it('calls nothing when it is switched off', () => {
    expect(read({ ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' })).toBeUndefined();
  });

  it('is refused when its expression is not understood', () => {
    expect(() => read({ ScheduleExpression: 'cron(0 10 * * ? *)' })).toThrow(
      'Rule has the schedule cron(0 10 * * ? *); the local system knows rate(…) only.',
    );
  });
});

describe('a running schedule', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  function run(input: string | undefined, timeScale: number) {
    const events: string[] = [];
    const target = { invoke: async (event: string) => void events.push(event) } as never;
    const schedule = { name: 'EachMinute', periodMs: 60_000, targets: [] };
    return { events, end: startSchedule(schedule, target, { input, timeScale }) };
  }

  it('calls at once and then each period, divided by the time scale, until it ends', () => {
    const { events, end } = run(undefined, 60);
    expect(events).toHaveLength(1);
    jest.advanceTimersByTime(2500);
    expect(events).toHaveLength(3);
    end();
    jest.advanceTimersByTime(5000);
    expect(events).toHaveLength(3);
  });

  it('hands over the event of EventBridge, or the input that its target states', () => {
    const { events, end } = run(undefined, 1);
    end();
    expect(JSON.parse(events[0] ?? '')).toMatchObject({
      source: 'aws.events',
      'detail-type': 'Scheduled Event',
      resources: ['arn:aws:events:us-east-1:000000000000:rule/EachMinute'],
    });
    const stated = run('{"a":1}', 1);
    stated.end();
    expect(stated.events).toEqual(['{"a":1}']);
  });
});
