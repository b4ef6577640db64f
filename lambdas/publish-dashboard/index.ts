import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'valibot';
import { siteBucket } from '../core/aws/site-bucket.ts';
import { createLog } from '../core/log/logger.ts';
import { answerDeployment } from '../core/net/answer-deployment.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);

/** The build lies beside the bundle. */
const SITE = join(import.meta.dirname, 'site');

const files = () =>
  readdirSync(SITE, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      name: relative(SITE, path).split(sep).join('/'),
      bytes: readFileSync(path),
    }));

export const handler = lambdaHandler(
  createHandler({
    log: createLog('publish-dashboard'),
    answer: answerDeployment,
    files,
    bucket: siteBucket(env.SITE_BUCKET),
    now: Date.now,
  }),
);
