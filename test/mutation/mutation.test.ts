import { describe, expect, it } from '@jest/globals';
import { percentOf, scoreOf } from './score.ts';

const file = (...statuses: readonly string[]) => ({
  mutants: statuses.map((status) => ({ status })),
});

describe('the mutation score', () => {
  it('counts what was killed or never ended as noticed', () => {
    const report = { files: { a: file('Killed', 'Timeout', 'Survived'), b: file('NoCoverage') } };
    expect(scoreOf(report)).toMatchObject({ mutants: 4, killed: 1, timeout: 1 });
    expect(percentOf(scoreOf(report))).toBe(50);
  });

  it('counts what is switched off as not noticed, and what cannot run as nothing', () => {
    const report = { files: { a: file('Killed', 'Ignored', 'CompileError', 'RuntimeError') } };
    expect(percentOf(scoreOf(report))).toBe(50);
  });

  it('is rounded down', () => {
    expect(percentOf({ ...scoreOf({ files: {} }), killed: 8499, mutants: 10_000 })).toBe(84.9);
  });
});
