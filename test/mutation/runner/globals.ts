/** Stands in for `@jest/globals`: the parts that the tests of the core use, with Jest's own `expect`, `each` and spies. */
import { createRequire } from 'node:module';
import { addGroup, addTest, declared } from './suite.ts';

const fromJest = createRequire(createRequire(import.meta.url).resolve('@jest/globals'));
const { jestExpect } = fromJest('@jest/expect');
const { bind } = fromJest('jest-each');
const { ModuleMocker } = fromJest('jest-mock');

type Body = () => unknown;

/** Jest's own. */
export const expect = jestExpect;
/** Jest's spies. */
export const jest = new ModuleMocker(globalThis);

/** A test. */
export const it = Object.assign((title: string, body: Body) => addTest(title, body), {
  each: bind(addTest),
});

/** A group of tests. */
export const describe = Object.assign((title: string, body: Body) => addGroup(title, body), {
  each: bind(addGroup, false),
});

/** Before the first test of a group. */
export const beforeAll = (body: Body) => declared().beforeAll.push(body);
/** After the last test of a group. */
export const afterAll = (body: Body) => declared().afterAll.push(body);
/** Before each test of a group. */
export const beforeEach = (body: Body) => declared().beforeEach.push(body);
/** After each test of a group. */
export const afterEach = (body: Body) => declared().afterEach.push(body);
