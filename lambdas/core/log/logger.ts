import { Logger } from '@aws-lambda-powertools/logger';

/** One JSON line per request; only the keys that the caller names, never addresses, content or keys. */
export type Log = {
  info(message: string, fields: Record<string, unknown>): void;
  /** With the error's name and stack. */
  error(message: string, fields: Record<string, unknown>, error: unknown): void;
};

/** The function's log. */
export function createLog(service: string): Log {
  const logger = new Logger({ serviceName: service });
  return {
    info: (message, fields) => logger.info(message, fields),
    error: (message, fields, error) =>
      logger.error(message, { ...fields, error: error instanceof Error ? error : String(error) }),
  };
}
