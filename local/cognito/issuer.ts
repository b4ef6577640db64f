import { REGION } from '../template/aws.ts';

/** What tokens name as their issuer before the pool's id, here as in the cloud. */
export const ISSUER_HOST = `https://cognito-idp.${REGION}.amazonaws.com`;
