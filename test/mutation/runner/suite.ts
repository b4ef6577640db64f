/** What a test or a hook is made of. */
type Body = () => unknown;

/** A test with the groups around it. */
export type Test = {
  /** The file and all titles; a number is added where two tests share them. */
  readonly id: string;
  readonly groups: readonly Group[];
  readonly body: Body;
};

/** What `describe` holds, or a whole file. */
export type Group = {
  readonly title: string;
  readonly beforeAll: Body[];
  readonly afterAll: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
};

/** The tests of one file, in their order. */
export type Suite = { readonly file: string; readonly tests: Test[] };

const group = (title: string): Group => ({
  title,
  beforeAll: [],
  afterAll: [],
  beforeEach: [],
  afterEach: [],
});

let suite: Suite = { file: '', tests: [] };
let groups: Group[] = [];

/** Collects what a file declares while `load` imports it. */
export async function collect(file: string, load: () => Promise<unknown>): Promise<Suite> {
  suite = { file, tests: [] };
  groups = [group('')];
  await load();
  return suite;
}

/** The group that is being declared. */
export function declared(): Group {
  const last = groups.at(-1);
  if (!last) throw new Error('Tests are declared while their file is loaded.');
  return last;
}

/** Declares a group. */
export function addGroup(title: string, body: Body): void {
  groups.push(group(title));
  body();
  groups.pop();
}

/** Declares a test. */
export function addTest(title: string, body: Body): void {
  const names = [...groups.slice(1).map((around) => around.title), title].join(' ');
  const name = `${suite.file}: ${names}`;
  const same = suite.tests.filter(({ id }) => id === name || id.startsWith(`${name} #`)).length;
  suite.tests.push({
    id: same === 0 ? name : `${name} #${same + 1}`,
    groups: [...groups],
    body,
  });
}
