import { distance } from 'fastest-levenshtein';
import type * as v from 'valibot';

type Issue = v.BaseIssue<unknown>;

/** Problems that one answer spells out; further ones are counted. */
const MOST = 100;
/** Characters of a caller's own field name that an answer repeats. */
const NAME_LENGTH = 64;

const simplified = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The known name that was probably meant: at most a third of its letters and digits differ. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const wanted = simplified(name);
  const ranked = known
    .map((field) => ({ field, distance: distance(wanted, simplified(field)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(1, wanted.length / 3) ? best.field : undefined;
}

function unknownField(name: string, known: readonly string[]): string {
  const shown = name.slice(0, NAME_LENGTH);
  const meant = nearest(shown, known);
  const fields = known.length > 0 ? `the fields are ${known.join(', ')}.` : 'there are no fields.';
  const hint = meant ? `did you mean '${meant}'?` : fields;
  return `The '${shown}' field is not known: ${hint}`;
}

function pathOf(issue: Issue): string {
  const keys = (issue.path ?? []).map((item) => item.key);
  return keys
    .map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i ? '.' : ''}${key}`))
    .join('');
}

/** A union reports one issue; the branch of the input's own kind says more. */
function expand(issue: Issue): Issue[] {
  if (issue.type !== 'union' || !Array.isArray(issue.input)) return [issue];
  const inner = (issue.issues ?? []).filter((each) => each.path !== undefined);
  if (inner.length === 0) return [issue];
  return inner.map(
    (each) => ({ ...each, path: [...(issue.path ?? []), ...(each.path ?? [])] }) as Issue,
  );
}

function isMissing(issue: Issue): boolean {
  return issue.kind === 'schema' && (issue.input === null || issue.received === 'undefined');
}

/** A strict object's own complaint about unknown keys; it names the first one only. */
function isUnknownField(issue: Issue): boolean {
  return issue.type === 'strict_object' && issue.expected === 'never';
}

function sentence(issue: Issue): string {
  const path = pathOf(issue);
  if (path === '') return issue.message;
  if (isMissing(issue)) return `The '${path}' field is required.`;
  return `The '${path}' field ${issue.message}.`;
}

/**
 * Every problem of one request in one text: a sentence each, naming its field.
 *
 * @param input what was parsed
 * @param known names of the fields that exist, for the nearest one to a field that does not
 */
export function describeProblems(
  issues: readonly Issue[],
  input: object,
  known: readonly string[],
): string {
  const unknown = Object.keys(input).filter((key) => !known.includes(key));
  const all = [
    ...issues
      .filter((issue) => !isUnknownField(issue))
      .flatMap(expand)
      .map(sentence),
    ...unknown.map((name) => unknownField(name, known)),
  ];
  const shown = all.slice(0, MOST);
  if (all.length > MOST) shown.push(`There are ${all.length - MOST} more problems.`);
  return shown.join(' ');
}
