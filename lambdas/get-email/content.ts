import { contentView } from '../core/email/content-view.ts';
import type { ContentStore, EmailStore } from '../core/email/email-store.ts';
import type { ApiRequest } from '../core/http/input.ts';
import { Refusal } from '../core/http/refusal.ts';
import { json, type Reply } from '../core/http/request.ts';
import { findVisible } from './find-visible.ts';
import type { routes } from './route.ts';

/** What reading a content touches. */
export type ContentDeps = {
  readonly emails: Pick<EmailStore, 'find'>;
  readonly contents: Pick<ContentStore, 'find'>;
};

/** `GET /api/v1/emails/{id}/content`. */
export async function getContent(
  request: ApiRequest<typeof routes.content>,
  deps: ContentDeps,
): Promise<Reply> {
  const email = await findVisible(request, deps.emails);
  const content = await deps.contents.find(email);
  if (!content) {
    const message =
      'The content of this email has expired. You can still read its status: request the same path without /content.';
    throw new Refusal('Not found', message);
  }
  return json(200, contentView(email, content));
}
