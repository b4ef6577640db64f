import { globSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { differences } from './differences.ts';
import { errorsOf, operationOf, responseOf } from './document.ts';
import { generalCases } from './general.ts';
import { type FunctionUnderTest, worldOf } from './world.ts';

const FOLDER = `${import.meta.dirname}/functions`;
const FUNCTIONS: FunctionUnderTest[] = await Promise.all(
  readdirSync(FOLDER).map(async (file) => (await import(`${FOLDER}/${file}`)).tested),
);

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.stop());

/** Every error that an operation can answer, by the document. */
function documentedErrors(operation: string): string[] {
  const statuses = Object.keys(operationOf(operation).responses).map(Number);
  const responses = statuses.flatMap((status) => responseOf(operation, status) ?? []);
  return responses.flatMap(errorsOf);
}

/** The errors that a function's own files make. */
function givenBy(name: string): string[] {
  const sources = globSync(`lambdas/${name}/*.ts`).map((file) => readFileSync(file, 'utf8'));
  return sources.flatMap((source) =>
    [...source.matchAll(/new Refusal\(\s*'([^']+)'/g)].map(([, error = '']) => error),
  );
}

describe('the functions under test', () => {
  it('are those behind the routes', () => {
    expect(FUNCTIONS.map(({ name }) => name).sort()).toEqual(Object.keys(ROUTES).sort());
  });
});

for (const tested of FUNCTIONS) {
  describe(tested.name, () => {
    for (const route of tested.routes) {
      const { operation } = route;
      const cases = Object.entries(generalCases(route)).filter(([error]) =>
        documentedErrors(operation).includes(error),
      );
      it.each(cases)(
        `answers ${operation} with the error %s as the document says`,
        async (error, provoke) => {
          const answer = await provoke(worldOf(tested, started.table));
          expect(answer.body?.error).toBe(error);
          expect(differences(operation, answer)).toEqual([]);
        },
      );
    }

    it('documents the errors that its source gives', () => {
      const documented = tested.routes.flatMap(({ operation }) => documentedErrors(operation));
      expect(givenBy(tested.name).filter((name) => !documented.includes(name))).toEqual([]);
    });

    it('gives the errors that it declares itself', () => {
      const declared = tested.routes.flatMap(({ refusals = [] }) => refusals);
      const given = givenBy(tested.name);
      expect(declared.filter((name) => !given.includes(name))).toEqual([]);
    });
  });
}
