import * as v from 'valibot';
import { StartError } from '../start-error.ts';
import type { Identity } from './identity.ts';
import { resolve } from './intrinsics.ts';
import { isCustom, requireKnownTypes } from './known-types.ts';
import { templateSchema } from './outline.ts';
import { readProperties } from './properties.ts';
import { createScope } from './scope.ts';

/** A resource of the template and how to read it. */
export interface Resource extends Identity {
  readonly logicalId: string;
  readonly type: string;
  readonly name: string;
  /** The properties listed in `shape`, resolved and checked; `ignored` ones may be there too. */
  properties<S extends v.ObjectEntries>(
    shape: S,
    ignored: readonly string[],
  ): v.InferOutput<v.ObjectSchema<S, undefined>>;
  /** All properties, resolved, for who must take whatever is there. */
  allProperties(): Readonly<Record<string, unknown>>;
}

/** The synthesized template with its intrinsic functions evaluated for this machine. */
export interface Template {
  /** Resources of any of the types, in the template's order. */
  resources(...types: string[]): readonly Resource[];
  /** Those of the types `Custom::…`. */
  customResources(): readonly Resource[];
}

/**
 * Reads a CloudFormation template.
 *
 * @param json the parsed template file
 * @param queueUrl URL that the emulator gives a queue of this name
 * @throws StartError for a resource type, property or intrinsic function that is not known here.
 */
export function openTemplate(json: unknown, queueUrl: (name: string) => string): Template {
  const parsed = v.safeParse(templateSchema, json);
  if (!parsed.success) {
    throw new StartError(`The synthesized template is unreadable: ${parsed.issues[0].message}.`);
  }
  const file = parsed.output;
  requireKnownTypes(file.Resources);
  const { scope, nameOf, identityOf } = createScope(file, queueUrl);

  function open(logicalId: string, type: string): Resource {
    const properties = file.Resources[logicalId]?.Properties ?? {};
    return {
      ...identityOf(logicalId),
      logicalId,
      type,
      name: nameOf(logicalId),
      properties: (shape, ignored) =>
        readProperties(`${type} ${logicalId}`, properties, shape, { scope, ignored }),
      allProperties: () => resolve(properties, scope) as Readonly<Record<string, unknown>>,
    };
  }

  const those = (wanted: (type: string) => boolean) =>
    Object.entries(file.Resources)
      .filter(([, { Type }]) => wanted(Type))
      .filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition))
      .map(([logicalId, { Type }]) => open(logicalId, Type));
  return {
    resources: (...types) => those((type) => types.includes(type)),
    customResources: () => those(isCustom),
  };
}
