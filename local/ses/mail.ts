export type NameValue = { readonly name: string; readonly value: string };

export type MailAttachment = {
  readonly fileName: string;
  readonly contentType: string;
  readonly disposition: 'attachment' | 'inline';
  readonly contentId: string | null;
  readonly description: string | null;
  /** Bytes, before base64. */
  readonly size: number;
  /** Base64. */
  readonly content: string;
};

/** An accepted mail without its content: what a list shows. Addresses are as the caller wrote them. */
export type MailSummary = {
  /** SES's `MessageId`. */
  readonly id: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly headers: readonly NameValue[];
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet: string | null;
  /** ISO 8601, UTC, milliseconds. */
  readonly receivedAt: string;
  /** The envelope: the distinct bare addresses of `to`, `cc` and `bcc`. */
  readonly recipients: readonly string[];
};

export type MailContent = {
  readonly html: string | null;
  readonly text: string | null;
  readonly attachments: readonly MailAttachment[];
};

export type Mail = MailSummary & MailContent;
