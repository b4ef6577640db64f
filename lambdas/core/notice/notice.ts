/** What an owner is mailed about, once for each occurrence. */
export const MAILED_KINDS = [
  'quota_80',
  'quota_100',
  'domain_failed',
  'domain_demoted',
  'endpoint_disabled',
] as const;
export type MailedKind = (typeof MAILED_KINDS)[number];

/** Everything that an account's banners tell of; what concerns the whole service is not mailed. */
export const NOTICE_KINDS = [
  ...MAILED_KINDS,
  'sending_sandbox',
  'sending_paused',
  'sending_shut_down',
  'sending_daily_quota_used',
  'pricing',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What became of a notice: on its way to the owner, or why it stays a banner. */
export type NoticeOutcome =
  | 'sent'
  | 'no account'
  | 'no address'
  | 'no operator domain'
  /** By our own pipeline, for the reason named. */
  | `refused: ${string}`
  | 'given up';

/** Something that happened and that an owner is to be mailed. */
export type Notice = {
  readonly account: string;
  readonly kind: MailedKind;
  /** The domain's name or the endpoint's id; null where it is about the account. */
  readonly about: string | null;
  /** Tells this occurrence from the next one: a month, or a time. */
  readonly occurrence: string;
  /** What happened and what to do, sentences for people. */
  readonly message: string;
  /** When it happened, epoch milliseconds. */
  readonly at: number;
};

/** The mail of a notice as it was first decided: a repetition sends this and no other. */
export type NoticeMail = {
  /** The operator's account that sends it. */
  readonly account: string;
  readonly from: string;
  readonly to: string;
};

/** A notice as it is kept. */
export type KeptNotice = Notice & { readonly mail?: NoticeMail };

/** A notice's coordinates; the id follows from kind, subject and occurrence. */
export type NoticeRef = { readonly account: string; readonly id: string };

/** The coordinates of a notice: the same for the same occurrence. */
export function refOf({ account, kind, about, occurrence }: Notice): NoticeRef {
  return { account, id: [kind, ...(about === null ? [] : [about]), occurrence].join('#') };
}

/** Where notices are kept. */
export type NoticeStore = {
  /** Keeps a notice and makes it due at once; one that was there before stays as it is. */
  put(notice: Notice): Promise<void>;
  /** Consistent read. */
  find(ref: NoticeRef): Promise<KeptNotice | undefined>;
  /** Notices that are due up to a time (epoch milliseconds), the earliest first; a forecast. */
  due(until: number, limit: number): Promise<NoticeRef[]>;
  /** Writes down which mail it becomes; of several the first one remains and is returned. */
  address(ref: NoticeRef, mail: NoticeMail): Promise<NoticeMail>;
  /** Makes it due at another time (epoch milliseconds). */
  postpone(ref: NoticeRef, to: number): Promise<void>;
  /** Takes it off the due index, and writes down why. */
  settle(ref: NoticeRef, outcome: NoticeOutcome): Promise<void>;
};
