import { openApiDocument } from '../lambdas/core/openapi/document.ts';
import { ALL_ROUTES } from '../lambdas/routes.ts';

/** Prints the document that `GET /api/v1/openapi.json` answers with: `node bin/openapi.ts > openapi.json`. */
console.log(JSON.stringify(openApiDocument(ALL_ROUTES), null, 2));
