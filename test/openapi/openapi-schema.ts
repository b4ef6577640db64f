import type { Schema } from './document.ts';

/*
 * The objects of OpenAPI 3.1.0 (https://spec.openapis.org/oas/v3.1.0) that the document is made of, with the fields
 * that it uses and no others: a misspelt or misplaced one is an error. That schemas are JSON Schema is tested where
 * they are compiled.
 */

const text = { type: 'string', minLength: 1 };
const schema = { type: 'object' };
const reference = {
  type: 'object',
  properties: { $ref: { type: 'string', pattern: '^#/components/' } },
  required: ['$ref'],
  additionalProperties: false,
};

const exactly = (required: Record<string, unknown>, optional: Record<string, unknown> = {}) => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
const mapOf = (keys: string, value: unknown) => ({
  type: 'object',
  propertyNames: { pattern: keys },
  additionalProperties: value,
});

const COMPONENT = '^[a-zA-Z0-9._-]+$';
const header = exactly({ description: text, schema });
const content = exactly({ 'application/json': exactly({ schema }) });
const response = exactly(
  { description: text },
  { headers: mapOf('^[A-Za-z-]+$', reference), content },
);

const pathParameter = { name: text, in: { const: 'path' }, required: { const: true }, schema };
const otherParameter = {
  name: text,
  in: { enum: ['query', 'header'] },
  required: { type: 'boolean' },
  schema,
};

/** Ways to authenticate, any of which will do; none where everyone may call. */
const security = { type: 'array', items: mapOf(COMPONENT, { type: 'array' }) };

const operation = exactly(
  {
    operationId: text,
    summary: text,
    description: text,
    parameters: {
      type: 'array',
      items: {
        oneOf: [exactly(pathParameter), exactly(otherParameter, { description: text })],
      },
    },
    responses: {
      ...mapOf('^[1-5][0-9][0-9]$', { oneOf: [reference, response] }),
      minProperties: 1,
    },
  },
  {
    security,
    requestBody: exactly({ required: { type: 'boolean' }, content }),
  },
);

const method = { get: operation, post: operation, patch: operation, delete: operation };

/** JSON Schema of our kind of OpenAPI document. */
export const OPENAPI: Schema = exactly({
  openapi: { const: '3.1.0' },
  info: exactly({ title: text, version: text, description: text }),
  servers: { type: 'array', items: exactly({ url: text }), minItems: 1 },
  security,
  paths: mapOf('^/', exactly({}, method)),
  components: exactly({
    securitySchemes: mapOf(
      COMPONENT,
      exactly(
        { type: { const: 'http' }, scheme: { const: 'bearer' }, description: text },
        { bearerFormat: text },
      ),
    ),
    headers: mapOf(COMPONENT, header),
    responses: mapOf(COMPONENT, response),
    schemas: mapOf(COMPONENT, schema),
  }),
});
