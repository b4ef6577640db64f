import { StartError } from '../start-error.ts';

/** Resource types that the local system creates or runs. */
const RUN_TYPES: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolGroup',
  'AWS::DynamoDB::GlobalTable',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::KMS::Key',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::S3::Bucket',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
]);

/** Resource types that need no running here, each with the reason. */
const PASSIVE_TYPES: Readonly<Record<string, string>> = {
  'AWS::CDK::Metadata': 'names the versions of CDK; does nothing',
  'AWS::CloudFront::OriginAccessControl': 'permissions are not enforced here',
  'AWS::CloudWatch::Alarm': 'there are no CloudWatch metrics here to watch',
  'AWS::IAM::ManagedPolicy': 'permissions are not enforced here',
  'AWS::IAM::Policy': 'permissions are not enforced here',
  'AWS::IAM::Role': 'permissions are not enforced here',
  'AWS::Lambda::EventInvokeConfig': 'calls of schedules are neither queued nor repeated here',
  'AWS::Lambda::Permission': 'permissions are not enforced here',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::S3::BucketPolicy': 'permissions are not enforced here',
  'AWS::SNS::TopicPolicy': 'permissions are not enforced here',
  'AWS::SQS::QueuePolicy': 'permissions are not enforced here',
};

/** True for a type that a function of the template itself makes real. */
export function isCustom(type: string): boolean {
  return type.startsWith('Custom::');
}

/**
 * Makes sure that nothing in the template is silently not run.
 *
 * @throws StartError with the type and the logical id of the first resource of another type.
 */
export function requireKnownTypes(resources: Readonly<Record<string, { Type: string }>>): void {
  for (const [logicalId, { Type }] of Object.entries(resources)) {
    if (RUN_TYPES.has(Type) || isCustom(Type) || Object.hasOwn(PASSIVE_TYPES, Type)) continue;
    throw new StartError(
      `The template has a resource of type ${Type} (${logicalId}), which the local system does not know: ` +
        'emulate it in local/, or list the type in local/template/known-types.ts with the reason why nothing has to run.',
    );
  }
}
