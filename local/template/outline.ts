import * as v from 'valibot';

const record = v.record(v.string(), v.unknown());

/** The outline of a template file, as far as every resource shares it. */
export const templateSchema = v.object({
  Parameters: v.optional(v.record(v.string(), v.looseObject({ Default: v.optional(v.unknown()) }))),
  Conditions: v.optional(record),
  Resources: v.record(
    v.string(),
    v.looseObject({
      Type: v.string(),
      Condition: v.optional(v.string()),
      Properties: v.optional(record),
      Metadata: v.optional(v.looseObject({ 'aws:cdk:path': v.optional(v.string()) })),
    }),
  ),
});

/** A template file whose outline has been checked. */
export type TemplateFile = v.InferOutput<typeof templateSchema>;
