import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { messageOf, StartError } from './start-error.ts';

/** What synthesis left behind: the template and its bundles. */
export interface Assembly {
  /** Where it is. */
  readonly directory: string;
  readonly template: unknown;
  /** Directory of an asset, by the object key that the template gives it. */
  assetDirectory(objectKey: string): string;
}

const manifestSchema = v.object({
  artifacts: v.record(
    v.string(),
    v.looseObject({
      type: v.string(),
      properties: v.optional(v.looseObject({ templateFile: v.optional(v.string()) })),
    }),
  ),
});

const assetsSchema = v.object({
  files: v.record(
    v.string(),
    v.object({
      source: v.looseObject({ path: v.string() }),
      destinations: v.record(v.string(), v.looseObject({ objectKey: v.string() })),
    }),
  ),
});

/**
 * Reads a cloud assembly with one stack.
 *
 * @param directory CDK's output directory
 */
export async function readAssembly(directory: string): Promise<Assembly> {
  const manifest = await readJson(join(directory, 'manifest.json'), manifestSchema);
  const stacks = Object.entries(manifest.artifacts).filter(
    ([, { type }]) => type === 'aws:cloudformation:stack',
  );
  const [name, stack] = stacks[0] ?? [];
  if (name === undefined || stacks.length > 1) {
    throw new StartError(`The local system runs one stack and ${directory} has ${stacks.length}.`);
  }
  const templateFile = stack?.properties?.templateFile ?? `${name}.template.json`;
  const assets = await readJson(join(directory, `${name}.assets.json`), assetsSchema);
  const paths = new Map(
    Object.values(assets.files).flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, source.path] as const),
    ),
  );
  return {
    directory,
    template: await readJson(join(directory, templateFile), v.unknown()),
    assetDirectory: (objectKey) => {
      const path = paths.get(objectKey);
      if (path === undefined) throw new StartError(`The assembly has no asset ${objectKey}.`);
      return join(directory, path);
    },
  };
}

async function readJson<S extends v.GenericSchema>(
  file: string,
  schema: S,
): Promise<v.InferOutput<S>> {
  try {
    return v.parse(schema, JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${messageOf(error)}.`);
  }
}
