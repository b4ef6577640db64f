import * as v from 'valibot';
import type { Resource } from '../template/template.ts';

/** An event-source mapping: which queue feeds which function, and how. */
export interface QueueMapping {
  readonly queueArn: string;
  /** Name or ARN of the function. */
  readonly functionName: string;
  readonly batchSize: number;
  readonly batchingWindowMs: number;
  readonly maximumConcurrency: number;
  readonly reportsItems: boolean;
}

const SHAPE = {
  EventSourceArn: v.string(),
  FunctionName: v.string(),
  Enabled: v.optional(v.boolean(), true),
  BatchSize: v.optional(v.number(), 10),
  MaximumBatchingWindowInSeconds: v.optional(v.number(), 0),
  FunctionResponseTypes: v.optional(v.array(v.string()), []),
  // Lambda starts with five pollers where the mapping sets no maximum.
  ScalingConfig: v.optional(v.object({ MaximumConcurrency: v.optional(v.number(), 5) }), {}),
};

/** Reads an `AWS::Lambda::EventSourceMapping`; undefined when it is switched off. */
export function readMapping(resource: Resource): QueueMapping | undefined {
  const properties = resource.properties(SHAPE, ['Tags', 'MetricsConfig']);
  if (!properties.Enabled) return undefined;
  return {
    queueArn: properties.EventSourceArn,
    functionName: properties.FunctionName,
    batchSize: properties.BatchSize,
    batchingWindowMs: properties.MaximumBatchingWindowInSeconds * 1000,
    maximumConcurrency: properties.ScalingConfig.MaximumConcurrency,
    reportsItems: properties.FunctionResponseTypes.includes('ReportBatchItemFailures'),
  };
}
