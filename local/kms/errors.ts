/** Names of the errors that KMS answers, each with its HTTP status (AWS SDK v3, `client-kms` model). */
const STATUS = {
  IncorrectKeyException: 400,
  InvalidCiphertextException: 400,
  KMSInternalException: 500,
  NotFoundException: 400,
  SerializationException: 400,
  UnknownOperationException: 400,
  ValidationException: 400,
} as const;

/** Name of an error of KMS. */
export type KmsErrorName = keyof typeof STATUS;

/** A refusal as KMS words it: the name goes out as `__type`, beside the message. */
export class KmsError extends Error {
  override readonly name = 'KmsError';
  readonly type: KmsErrorName;
  readonly status: number;

  constructor(type: KmsErrorName, message: string) {
    super(message);
    this.type = type;
    this.status = STATUS[type];
  }
}
