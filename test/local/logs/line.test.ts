import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { describe, expect, it } from '@jest/globals';
import { formatLine } from '../../../local/logs/line.ts';

const format = (entry: unknown, colour = false) =>
  formatLine(typeof entry === 'string' ? entry : JSON.stringify(entry), {
    functionName: 'accept-email',
    colour,
  });

const TIMESTAMP = '2025-01-15T10:30:00.123Z';
const LOGGED = {
  level: 'INFO',
  message: 'accepted',
  timestamp: TIMESTAMP,
  service: 'maillayer',
  cold_start: true,
  function_request_id: 'r-1',
  xray_trace_id: 'x',
};

describe('a line of the log', () => {
  it('shows time, function, level, message, email and status first, then the rest', () => {
    const line = format({
      ...LOGGED,
      durationMs: 12,
      status: 202,
      emailId: '665f',
      note: 'two words',
    });
    expect(line?.replace(/^\S+/, 'TIME')).toBe(
      'TIME accept-email    INFO  accepted 665f 202 durationMs=12 note="two words"',
    );
  });

  it('shows its time to the millisecond', () => {
    expect(format(LOGGED)).toMatch(/^\d\d:\d\d:00\.123 /);
  });

  it('shows an error with its stack and cause below', () => {
    const error = { name: 'Error', message: 'no', stack: 'Error: no\n  at a.ts:1', cause: 'gone' };
    expect(format({ ...LOGGED, level: 'ERROR', error })).toMatch(
      /ERROR accepted\n {4}Error: no\n {6}at a\.ts:1\n {4}because of:\n {4}gone$/,
    );
  });

  it('shows nested values as JSON', () => {
    expect(format({ ...LOGGED, counts: { a: 1 } })).toMatch(/ counts=\{"a":1\}$/);
  });

  it('stays as it is when it is no log entry', () => {
    expect(format('plain words')).toBe('accept-email    plain words');
    expect(format('{broken')).toBe('accept-email    {broken');
  });

  it('is left out when it is a record of metrics', () => {
    expect(format({ _aws: { CloudWatchMetrics: [] }, Sent: 1 })).toBeUndefined();
  });

  it('is left out when the library of metrics wrote it, whatever is beside the numbers', () => {
    const metrics = new Metrics({ namespace: 'Maillayer', serviceName: 'record-event' });
    metrics.addDimension('environment', 'live');
    metrics.addMetadata('emailId', '665f');
    metrics.addMetric('late_event', MetricUnit.Count, 1);
    const written = JSON.stringify(metrics.serializeMetrics());
    expect(written).toContain('"late_event":1');
    expect(format(written)).toBeUndefined();
  });

  it('stays when it only speaks of metrics', () => {
    expect(format({ ...LOGGED, message: '_aws' })).toContain('INFO  _aws');
  });

  it('is coloured by its level only where colours are wanted', () => {
    expect(format({ ...LOGGED, level: 'WARN' }, true)).toContain('\u001b[33mWARN \u001b[0m');
    expect(format({ ...LOGGED, level: 'WARN' })).not.toContain('\u001b');
  });
});
