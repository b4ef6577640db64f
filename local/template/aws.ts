/** The AWS account that the local system pretends to be; the emulators have the same built in. */
export const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** CloudFormation's pseudo parameters. */
export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Maillayer/local`,
  'AWS::StackName': 'Maillayer',
  'AWS::URLSuffix': 'amazonaws.com',
};

/** An ARN of this account and region. */
export function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;
}
