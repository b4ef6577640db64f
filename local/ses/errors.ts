/** Names of the errors SES v2 answers, each with its HTTP status (AWS SDK v3, `client-sesv2` model). */
const STATUS = {
  AccountSuspendedException: 400,
  AlreadyExistsException: 400,
  BadRequestException: 400,
  ConcurrentModificationException: 500,
  ConflictException: 409,
  InternalServiceErrorException: 500,
  InvalidNextTokenException: 400,
  LimitExceededException: 400,
  MailFromDomainNotVerifiedException: 400,
  MessageRejected: 400,
  NotFoundException: 404,
  SendingPausedException: 400,
  SerializationException: 400,
  ServiceUnavailableException: 503,
  TooManyRequestsException: 429,
  UnknownOperationException: 404,
} as const;

export type SesErrorName = keyof typeof STATUS;

export function isSesErrorName(name: unknown): name is SesErrorName {
  return typeof name === 'string' && Object.hasOwn(STATUS, name);
}

export const sesErrorNames = Object.keys(STATUS) as readonly SesErrorName[];

/** A refusal as SES words it: the name goes out as `x-amzn-errortype`, the message in the body. */
export class SesError extends Error {
  readonly type: SesErrorName;
  readonly status: number;

  constructor(type: SesErrorName, message: string) {
    super(message);
    this.name = 'SesError';
    this.type = type;
    this.status = STATUS[type];
  }
}

export function badRequest(message: string): SesError {
  return new SesError('BadRequestException', message);
}
