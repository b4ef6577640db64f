import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';

/** CloudWatch's namespace of everything that our functions count. */
const NAMESPACE = 'Maillayer';

/** Counts something once, by its metric's name. */
export type Count<Name extends string> = (name: Name) => void;

/**
 * Counts of one function, as CloudWatch metrics with the function as the dimension `service`; they go out
 * as a line of its log, without a call.
 */
export function createCounts<Name extends string>(service: string) {
  const metrics = new Metrics({ namespace: NAMESPACE, serviceName: service });
  const count: Count<Name> = (name) => void metrics.addMetric(name, MetricUnit.Count, 1);
  return {
    count,
    /** The handler, after each of whose invocations the counts are written. */
    counted<Args extends unknown[], Result>(handler: (...args: Args) => Promise<Result>) {
      return async (...args: Args): Promise<Result> => {
        try {
          return await handler(...args);
        } finally {
          if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
        }
      };
    },
  };
}
