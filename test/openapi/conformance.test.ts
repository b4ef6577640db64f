import { globSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROUTES } from '../../lambdas/routes.ts';
import { startTable, type TestTable } from '../contracts/table-fixture.ts';
import { errorsOf, type Header, misfits, operationOf, resolve, responseOf } from './document.ts';
import { generalCases } from './general.ts';
import { type Answer, type FunctionUnderTest, worldOf } from './world.ts';

const FOLDER = `${import.meta.dirname}/cases`;
const FUNCTIONS: FunctionUnderTest[] = await Promise.all(
  readdirSync(FOLDER).map(async (file) => (await import(`${FOLDER}/${file}`)).tested),
);

let started: TestTable;
beforeAll(async () => {
  started = await startTable();
});
afterAll(() => started.stop());

/** Everything that an operation can answer, by the document: a success by its status, errors by name. */
function answersOf(operation: string): { status: number; name: string }[] {
  return Object.keys(operationOf(operation).responses).flatMap((text) => {
    const status = Number(text);
    const response = responseOf(operation, status);
    const errors = response ? errorsOf(response) : [];
    return (errors.length > 0 ? errors : [text]).map((name) => ({ status, name }));
  });
}

const RATE = ['x-ratelimit-limit', 'x-ratelimit-remaining'];
const RETRY = 'retry-after';
/** Headers of an answer that say something of this API. */
const OWN = [...RATE, RETRY, 'idempotent-replayed', 'allow', 'www-authenticate'];

/** What an answer has that the document does not, and the other way round. */
function differences(operation: string, { status = 0, headers, body }: Answer): string[] {
  const response = responseOf(operation, status);
  if (!response) return [`${status} is not in the document`];
  const found: string[] = [];
  const described = new Map(
    Object.entries(response.headers).map(([name, header]) => [
      name.toLowerCase(),
      resolve<Header>(header),
    ]),
  );
  for (const name of OWN) {
    const value = headers[name];
    if (value === undefined) continue;
    const schema = described.get(name)?.schema;
    const read = schema?.type === 'integer' ? Number(value) : value;
    found.push(...(schema ? misfits(schema, read) : [`${name} is not in the document`]));
  }
  if ((status === 429) !== RETRY in headers) found.push('Retry-After belongs to a 429');
  if (!response.content) return body === undefined ? found : [...found, 'there is a body'];
  return [...found, ...misfits(response.content['application/json'].schema, body)];
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
      const own = tested.cases[operation] ?? {};
      const cases = { ...generalCases(route), ...own };
      const answers = answersOf(operation);

      for (const { status, name } of answers) {
        it(`answers ${operation} with ${status} ${name} as the document says`, async () => {
          const provoke = cases[name];
          if (!provoke) throw new Error(`Nothing brings about ${name} of ${operation}.`);
          const answer = await provoke(worldOf(tested, started.table));
          expect({ status: answer.status, error: answer.body?.error }).toEqual({
            status,
            error: name === String(status) ? undefined : name,
          });
          expect(differences(operation, answer)).toEqual([]);
        });
      }

      it(`has no case of ${operation} that the document lacks`, () => {
        const documented = answers.map(({ name }) => name);
        expect(Object.keys(own).filter((name) => !documented.includes(name))).toEqual([]);
      });
    }

    it('documents the errors that its source gives', () => {
      const documented = tested.routes.flatMap(({ operation }) => answersOf(operation));
      const names = new Set(documented.map(({ name }) => name));
      expect(givenBy(tested.name).filter((name) => !names.has(name))).toEqual([]);
    });

    it('gives the errors that it declares itself', () => {
      const declared = tested.routes.flatMap(({ refusals = [] }) => refusals);
      const given = givenBy(tested.name);
      expect(declared.filter((name) => !given.includes(name))).toEqual([]);
    });

    it('has cases for the operations that it declares only', () => {
      const declared = tested.routes.map(({ operation }) => operation);
      expect(Object.keys(tested.cases).filter((name) => !declared.includes(name))).toEqual([]);
    });
  });
}
