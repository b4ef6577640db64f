import { StartError } from '../start-error.ts';

/** What an intrinsic function may ask the template for. */
export interface Scope {
  /** Value of `Ref`: a parameter, a pseudo parameter or a resource; `NO_VALUE` for `AWS::NoValue`. */
  ref(name: string): unknown;
  /** Value of `Fn::GetAtt`. */
  attribute(logicalId: string, name: string): unknown;
  /** Value of a named condition. */
  condition(name: string): boolean;
}

/** Result of `Ref: AWS::NoValue`; a property or list element that has it is left out. */
export const NO_VALUE: unique symbol = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, scope: Scope) => unknown;

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, scope) => scope.ref(text(name, 'Ref')),
  'Fn::GetAtt': (argument, scope) => {
    const parts = typeof argument === 'string' ? argument.split('.') : list(argument, 'Fn::GetAtt');
    const [logicalId, ...attribute] = parts.map((part) => text(part, 'Fn::GetAtt'));
    return scope.attribute(logicalId ?? '', attribute.join('.'));
  },
  'Fn::Join': (argument, scope) => {
    const [separator, values] = list(argument, 'Fn::Join');
    const parts = list(resolve(values, scope), 'Fn::Join');
    return parts.map((part) => text(part, 'Fn::Join')).join(text(separator, 'Fn::Join'));
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Select': (argument, scope) => {
    const [index, values] = list(resolve(argument, scope), 'Fn::Select');
    const chosen = list(values, 'Fn::Select')[Number(index)];
    if (chosen === undefined) throw new StartError(`Fn::Select has no element ${String(index)}.`);
    return chosen;
  },
  'Fn::Split': (argument, scope) => {
    const [separator, value] = list(resolve(argument, scope), 'Fn::Split');
    return text(value, 'Fn::Split').split(text(separator, 'Fn::Split'));
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument, 'Fn::If');
    return resolve(scope.condition(text(name, 'Fn::If')) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(resolve(argument, scope), 'Fn::Equals');
    return String(left) === String(right);
  },
  'Fn::Not': (argument, scope) => !list(resolve(argument, scope), 'Fn::Not')[0],
  'Fn::And': (argument, scope) => list(resolve(argument, scope), 'Fn::And').every(Boolean),
  'Fn::Or': (argument, scope) => list(resolve(argument, scope), 'Fn::Or').some(Boolean),
};

/**
 * The value with every CloudFormation intrinsic function in it evaluated.
 *
 * @throws StartError for a function that is not known here, or is written wrongly.
 */
export function resolve(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((element) => resolve(element, scope)).filter((it) => it !== NO_VALUE);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length === 1 && first !== undefined) {
    const [name, argument] = first;
    const intrinsic = INTRINSICS[name];
    if (intrinsic !== undefined) return intrinsic(argument, scope);
    // A statement of an IAM policy has a key Condition too; only a named condition is text.
    if (name === 'Condition' && typeof argument === 'string') return scope.condition(argument);
    if (name.startsWith('Fn::')) {
      throw new StartError(`The template uses ${name}, which the local system cannot evaluate.`);
    }
  }
  const resolved = entries.map(([key, inner]) => [key, resolve(inner, scope)] as const);
  return Object.fromEntries(resolved.filter(([, inner]) => inner !== NO_VALUE));
}

function substitute(argument: unknown, scope: Scope): string {
  const [pattern, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = resolve(variables, scope) as Record<string, unknown>;
  return text(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_, literal, name: string) => {
    if (literal === '!') return `\${${name}}`;
    if (Object.hasOwn(own, name)) return text(own[name], 'Fn::Sub');
    const [logicalId = '', ...attribute] = name.split('.');
    const found = attribute.length
      ? scope.attribute(logicalId, attribute.join('.'))
      : scope.ref(name);
    return text(found, 'Fn::Sub');
  });
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new StartError(`${where} in the template needs text and has ${JSON.stringify(value)}.`);
}

function list(value: unknown, where: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new StartError(`${where} in the template needs a list and has ${JSON.stringify(value)}.`);
}
