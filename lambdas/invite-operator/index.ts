import { parse } from 'valibot';
import { invitations } from '../core/aws/invitations.ts';
import { createLog } from '../core/log/logger.ts';
import { answerDeployment } from '../core/net/answer-deployment.ts';
import { lambdaHandler } from '../core/runtime/lambda-handler.ts';
import { envSchema } from './env.ts';
import { createHandler } from './handler.ts';

const env = parse(envSchema, process.env);
const pool = { id: env.USER_POOL_ID, operators: env.OPERATORS_GROUP };

export const handler = lambdaHandler(
  createHandler({
    log: createLog('invite-operator'),
    answer: answerDeployment,
    invitations: invitations(pool),
    pool,
  }),
);
