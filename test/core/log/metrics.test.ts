import { afterEach, expect, it, jest } from '@jest/globals';
import { createCounts } from '../../../lambdas/core/log/metrics.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

/** What is written to the log meanwhile. */
function watchLog() {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  return lines;
}

it('writes what an invocation counted as one line for CloudWatch, and nothing where it counted nothing', async () => {
  const { count, counted } = createCounts<'Late' | 'Odd'>('record-event');
  const lines = watchLog();
  const handler = counted(async (names: ('Late' | 'Odd')[]) => {
    for (const name of names) count(name);
    return names.length;
  });
  expect(await handler(['Late', 'Odd', 'Late'])).toBe(3);
  expect(await handler([])).toBe(0);
  expect(lines).toHaveLength(1);
  const entry = JSON.parse(lines[0] ?? '');
  expect(entry).toMatchObject({ service: 'record-event', Late: [1, 1], Odd: 1 });
  const [{ Namespace, Dimensions, Metrics }] = entry._aws.CloudWatchMetrics;
  expect([Namespace, Dimensions]).toEqual(['Maillayer', [['service']]]);
  expect(Metrics).toContainEqual({ Name: 'Late', Unit: 'Count' });
});

it('writes them when the invocation fails, too', async () => {
  const { count, counted } = createCounts<'Late'>('record-event');
  const lines = watchLog();
  const handler = counted(async () => {
    count('Late');
    throw new Error('No table.');
  });
  await expect(handler()).rejects.toThrow('No table.');
  expect(lines).toHaveLength(1);
});
