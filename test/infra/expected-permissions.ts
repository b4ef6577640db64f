/** The table, as the template's paths name it. */
export const TABLE = 'Emails/Table';
const OBJECTS = 'Content/Bucket/*';
const BUCKET = 'Content/Bucket';
const SEND_QUEUE = 'Sending/Queue/Queue';
const REDRIVEN = 'Sending/Redriven/Queue';
const DEAD_LETTERS = 'Sending/DeadLetters/Queue';
const EVENT_QUEUE = 'Feedback/Events/Queue';
const WEBHOOK_QUEUE = 'WebhookChannel/Queue/Queue';
const WEBHOOK_DEAD_LETTERS = 'WebhookChannel/DeadLetters/Queue';
const SECRET_KEY = 'WebhookChannel/SecretKey';
const EVENT_DEAD_LETTERS = 'Feedback/DeadLetters/Queue';
const SES = 'arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>';
const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
const LOG = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Written by hand: function → resource → actions. Whatever changes here is a decision. */
export const PERMISSIONS: Record<string, Record<string, string[]>> = {
  'accept-email': {
    'Api/accept-email/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [OBJECTS]: ['s3:PutObject'],
    [SEND_QUEUE]: ['sqs:SendMessage'],
  },
  'get-email': {
    'Api/get-email/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
    [OBJECTS]: ['s3:GetObject'],
    [BUCKET]: ['s3:ListBucket'],
  },
  'refuse-route': {
    'Api/refuse-route/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  'deliver-email': {
    'Sending/deliver-email/Log': LOG,
    [TABLE]: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [OBJECTS]: ['s3:GetObject'],
    [BUCKET]: ['s3:ListBucket'],
    [SEND_QUEUE]: ['sqs:ChangeMessageVisibility', ...CONSUME],
    [DEAD_LETTERS]: ['sqs:SendMessage'],
    [EVENT_QUEUE]: ['sqs:SendMessage'],
    [`${SES}:identity/*`]: ['ses:SendEmail'],
    [`${SES}:configuration-set/Mail/ConfigurationSet`]: ['ses:SendEmail'],
  },
  'record-event': {
    'Feedback/record-event/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
    [EVENT_QUEUE]: CONSUME,
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
    [EVENT_DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'deliver-webhook': {
    'Webhooks/deliver-webhook/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [SECRET_KEY]: ['kms:Decrypt'],
    [WEBHOOK_QUEUE]: ['sqs:ChangeMessageVisibility', ...CONSUME],
    [WEBHOOK_DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'sweep-due': {
    'Webhooks/sweep-due/Log': LOG,
    [TABLE]: ['dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi2`]: ['dynamodb:Query'],
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
  },
  'get-openapi': {
    'Api/get-openapi/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  },
  'get-account': {
    'Management/get-account/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-api-keys': {
    'Management/manage-api-keys/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-domains': {
    'Domains/manage-domains/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
    [`${SES}:identity/*`]: [
      'ses:CreateEmailIdentity',
      'ses:DeleteEmailIdentity',
      'ses:GetEmailIdentity',
      'ses:PutEmailIdentityFeedbackAttributes',
      'ses:PutEmailIdentityMailFromAttributes',
      'ses:TagResource',
    ],
  },
  'recheck-domains': {
    'Domains/recheck-domains/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    [`${TABLE}/index/gsi2`]: ['dynamodb:Query'],
    [`${SES}:identity/*`]: ['ses:GetEmailIdentity'],
  },
  'manage-sending': {
    'Owners/manage-sending/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    [`${SES}:identity/*@*`]: [
      'ses:CreateEmailIdentity',
      'ses:DeleteEmailIdentity',
      'ses:GetEmailIdentity',
      'ses:TagResource',
    ],
    '*': ['ses:PutAccountDetails'],
  },
  'notify-owners': {
    'Owners/notify-owners/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
    [`${TABLE}/index/gsi2`]: ['dynamodb:Query'],
    [OBJECTS]: ['s3:PutObject'],
    [SEND_QUEUE]: ['sqs:SendMessage'],
  },
  'manage-suppressions': {
    'Management/manage-suppressions/Log': LOG,
    [TABLE]: [
      'dynamodb:BatchGetItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    [`${TABLE}/index/gsi1`]: ['dynamodb:Query'],
  },
  'manage-webhooks': {
    'Management/manage-webhooks/Log': LOG,
    [TABLE]: [
      'dynamodb:DeleteItem',
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ],
    [SECRET_KEY]: ['kms:Encrypt'],
    [WEBHOOK_QUEUE]: ['sqs:SendMessage'],
  },
  'invite-operator': {
    'Users/invite-operator/Log': LOG,
    'Users/Pool': ['cognito-idp:AdminAddUserToGroup', 'cognito-idp:AdminCreateUser'],
  },
  'publish-dashboard': {
    'Dashboard/publish-dashboard/Log': LOG,
    'Dashboard/Site': ['s3:ListBucket'],
    'Dashboard/Site/*': ['s3:DeleteObject', 's3:PutObject'],
  },
  'park-email': {
    'Sending/park-email/Log': LOG,
    [TABLE]: ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
    [REDRIVEN]: CONSUME,
    [EVENT_QUEUE]: ['sqs:SendMessage'],
    [DEAD_LETTERS]: ['sqs:SendMessage'],
  },
  'refresh-gate': {
    'Gate/refresh-gate/Log': LOG,
    [TABLE]: ['dynamodb:UpdateItem'],
    '*': ['ses:GetAccount'],
  },
};
