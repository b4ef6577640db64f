import { Ajv2020 } from 'ajv/dist/2020.js';
import { openApiDocument } from '../../lambdas/core/openapi/document.ts';
import { ALL_ROUTES } from '../../lambdas/routes.ts';

type Referable = { readonly $ref?: string };
export type Schema = { readonly [key: string]: unknown };
export type Header = { readonly schema: Schema };
export type Content = { readonly 'application/json': { readonly schema: Schema } };
export type Response = {
  readonly description: string;
  readonly headers: Readonly<Record<string, Referable>>;
  readonly content?: Content;
};
export type Parameter = {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly schema: Schema;
};
export type Operation = {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Referable>>;
};
type Document = {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** The document as it goes over the wire. */
export const DOCUMENT: Document = JSON.parse(JSON.stringify(openApiDocument(ALL_ROUTES)));

/** What a reference within the document leads to. */
export function resolve<Target>(reference: Referable): Target {
  if (reference.$ref === undefined) return reference as Target;
  const [start, ...steps] = reference.$ref.split('/');
  if (start !== '#') throw new Error(`${reference.$ref} leads out of the document.`);
  let found: unknown = DOCUMENT;
  for (const step of steps) found = (found as Record<string, unknown>)[step];
  if (found === undefined) throw new Error(`${reference.$ref} leads nowhere.`);
  return found as Target;
}

/** Every operation: its method and path as API Gateway names them, and what the document says of it. */
export const OPERATIONS = Object.entries(DOCUMENT.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    routeKey: `${method.toUpperCase()} ${path}`,
    path,
    operation,
  })),
);

/** The operation of that name. */
export function operationOf(name: string): Operation {
  const found = OPERATIONS.find(({ operation }) => operation.operationId === name);
  if (!found) throw new Error(`The document has no operation ${name}.`);
  return found.operation;
}

/** What the document says of an operation's answer; undefined where it does not have that status. */
export function responseOf(name: string, status: number): Response | undefined {
  const found = operationOf(name).responses[status];
  return found && resolve<Response>(found);
}

/** The values of `error` that an answer can have; none for a success. */
export function errorsOf(response: Response): string[] {
  const { properties } = response.content?.['application/json'].schema ?? {};
  return (properties as { error?: { enum: string[] } } | undefined)?.error?.enum ?? [];
}

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
ajv.addFormat('date', /^\d{4}-\d\d-\d\d$/);
ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
// Words of OpenAPI that are none of JSON Schema.
ajv.addVocabulary(['openapi', 'info', 'servers', 'security', 'paths', 'components']);
ajv.addSchema(DOCUMENT, 'document');

const compiled = new Map<string, ReturnType<typeof ajv.compile>>();

/** What a value has that its schema does not, in words; nothing where it fits. */
export function misfits(schema: Schema, value: unknown): string[] {
  // The schema's references are within the document, so it is compiled as a part of that.
  const text = JSON.stringify(schema).replaceAll('"#/', '"document#/');
  const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
  compiled.set(text, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
