import { type ApiHandler, type HttpDeps, openHandler } from '../core/http/api-handler.ts';
import { json } from '../core/http/request.ts';

/** What telling of the API needs: the document, which is the same for everyone. */
export type GetOpenApiDeps = HttpDeps & { readonly document: object };

const HEADERS = {
  // It changes with a deployment only; five minutes after one, everyone has the new document.
  'cache-control': 'public, max-age=300',
  // A caller with a key gets rate headers; nobody else does.
  vary: 'authorization',
};

/** Answers everyone with the OpenAPI document. */
export function createHandler({ document, ...deps }: GetOpenApiDeps): ApiHandler {
  return openHandler(deps, async () => json(200, document, HEADERS));
}
