import { describe, expect, it } from '@jest/globals';
import { outcomeOfError } from '../../../lambdas/core/aws/ses-outcome.ts';

const answered = (name: string, status: number) =>
  Object.assign(new Error(`${name} said why.`), { name, $metadata: { httpStatusCode: status } });
const unanswered = (fields: object) => Object.assign(new Error('Lost.'), fields);

describe('a failed call of SES', () => {
  it.each(['MessageRejected', 'BadRequestException', 'MailFromDomainNotVerifiedException'])(
    '%s is a permanent refusal',
    (name) => {
      const reason = { code: name, message: `${name} said why.` };
      expect(outcomeOfError(answered(name, 400))).toEqual({ kind: 'refused', reason });
    },
  );

  it.each([
    ['TooManyRequestsException', 429, 'rate'],
    ['ThrottlingException', 400, 'rate'],
    ['AccountSuspendedException', 400, 'account'],
    ['SendingPausedException', 400, 'account'],
    ['LimitExceededException', 400, 'email'],
    ['NotFoundException', 404, 'email'],
    ['AccessDeniedException', 403, 'email'],
    ['ExpiredTokenException', 403, 'email'],
  ])('%s (%i) is a temporary refusal, about the %s', (name, status, scope) => {
    expect(outcomeOfError(answered(name, status))).toMatchObject({ kind: 'deferred', scope });
  });

  it.each(['connect', 'getaddrinfo'])('that never got beyond %s sent nothing', (syscall) => {
    const reason = { code: 'no_connection', message: 'Amazon SES could not be reached.' };
    const outcome = { kind: 'deferred', scope: 'email', reason };
    expect(outcomeOfError(unanswered({ syscall, code: 'ECONNREFUSED' }))).toEqual(outcome);
  });

  it('without credentials sent nothing', () => {
    const outcome = outcomeOfError(unanswered({ name: 'CredentialsProviderError' }));
    expect(outcome).toMatchObject({ kind: 'deferred', scope: 'email' });
  });

  it.each([
    [unanswered({ code: 'ECONNRESET', syscall: 'read' })],
    [unanswered({ code: 'EPIPE', syscall: 'write' })],
    [unanswered({ name: 'AbortError' })],
    [unanswered({ name: 'TimeoutError' })],
    [answered('InternalServiceErrorException', 500)],
    [answered('MessageRejected', 503)],
    [answered('Redirected', 302)],
    ['a text'],
    [undefined],
  ])('%s has an unknown outcome', (error) => {
    expect(outcomeOfError(error).kind).toBe('unknown');
  });

  it('with a 200 that cannot be read was accepted', () => {
    const cut = unanswered({ name: 'SyntaxError', $response: { statusCode: 200 } });
    expect(outcomeOfError(cut)).toEqual({ kind: 'accepted' });
    expect(outcomeOfError(answered('SyntaxError', 200))).toEqual({ kind: 'accepted' });
  });
});
