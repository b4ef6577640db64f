import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { isObject, type JsonObject } from './json.ts';

/**
 * Rules that are functions, for which JSON Schema has no words. Where one can be said in a schema after all,
 * `v.metadata` says so beside it: its keys are copied as they are.
 */
const FUNCTIONS = ['check', 'raw_check', 'partial_check'];

/** JSON Schema of what a valibot schema takes: of the text that arrives, before any transformation. */
export function jsonSchemaOf(schema: GenericSchema): JsonObject {
  const { $schema: _draft, ...converted } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    typeMode: 'input',
    ignoreActions: FUNCTIONS,
    overrideAction: ({ valibotAction, jsonSchema }) => {
      // Patterns of JSON Schema are Unicode ones, as `u` says; no other flag can be kept.
      const pattern = 'requirement' in valibotAction ? valibotAction.requirement : undefined;
      if (!(pattern instanceof RegExp) || pattern.flags !== 'u') return undefined;
      return { ...jsonSchema, pattern: pattern.source };
    },
  });
  // As it is written: what is undefined is not there.
  return JSON.parse(JSON.stringify(converted));
}

/** The named schemas of a document: whatever has a `title` is written once and referred to. */
export type NamedSchemas = {
  /** The schema, with a reference in place of each part that has a title, itself included. */
  refer(schema: JsonObject): JsonObject;
  /** Title → schema, of all that was referred to. */
  readonly all: JsonObject;
};

/** Collects named schemas; throws where two different ones have one title. */
export function namedSchemas(): NamedSchemas {
  const all: Record<string, JsonObject> = {};
  const within = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(within);
    return isObject(value) ? refer(value) : value;
  };
  const refer = (schema: JsonObject): JsonObject => {
    const inner = Object.fromEntries(
      Object.entries(schema).map(([key, value]) => [key, within(value)]),
    );
    const { title } = inner;
    if (typeof title !== 'string') return inner;
    const known = all[title] ?? inner;
    if (JSON.stringify(known) !== JSON.stringify(inner)) {
      throw new Error(`Two different schemas have the title ${title}. Give one another title.`);
    }
    all[title] = inner;
    return { $ref: `#/components/schemas/${title}` };
  };
  return { refer, all };
}
