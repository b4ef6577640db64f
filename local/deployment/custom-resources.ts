import { randomUUID } from 'node:crypto';
import type { RunningFunction } from '../functions/pool.ts';
import { StartError } from '../start-error.ts';
import { PSEUDO_PARAMETERS } from '../template/aws.ts';
import type { Resource, Template } from '../template/template.ts';
import { type Answers, readAnswer, startAnswers } from './answers.ts';

type FunctionOf = (arn: string) => RunningFunction;

/**
 * Makes the template's custom resources, all at once: each one's function gets CloudFormation's event of a
 * creation, at every start, and answers it.
 *
 * @throws StartError naming the first resource that was not made, and why
 */
export async function deployCustomResources(
  template: Template,
  functionOf: FunctionOf,
): Promise<void> {
  const resources = template.customResources();
  if (resources.length === 0) return;
  const answers = await startAnswers();
  try {
    await Promise.all(resources.map((resource) => create(resource, functionOf, answers)));
  } finally {
    await answers.stop();
  }
}

/** The function's own time limits the wait: after its end nothing can come any more. */
async function create(resource: Resource, functionOf: FunctionOf, answers: Answers): Promise<void> {
  const { ServiceTimeout: _, ...properties } = resource.allProperties();
  const expected = answers.expect();
  const event = creationOf(resource, { url: expected.url, properties });
  const result = await functionOf(String(properties.ServiceToken)).invoke(JSON.stringify(event));
  const answer = readAnswer(expected.answer());
  if (answer?.Status === 'SUCCESS') return;
  throw failed(resource, answer?.Reason ?? whyNone(result, expected.answer()));
}

function whyNone(result: Awaited<ReturnType<RunningFunction['invoke']>>, answer: unknown): string {
  if (answer !== undefined) return 'its function gave an answer that CloudFormation cannot read';
  if (result.ok) return 'its function ended without an answer';
  return `its function failed without an answer: ${result.errorMessage}`;
}

function failed({ type, logicalId }: Resource, reason: string): StartError {
  return new StartError(
    `The resource ${logicalId} of type ${type} could not be created: ${reason.replace(/\.$/, '')}.`,
  );
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref-requests.html */
function creationOf(
  { logicalId, type }: Resource,
  { url, properties }: { readonly url: string; readonly properties: object },
) {
  return {
    RequestType: 'Create',
    RequestId: randomUUID(),
    ResponseURL: url,
    ResourceType: type,
    LogicalResourceId: logicalId,
    StackId: PSEUDO_PARAMETERS['AWS::StackId'],
    ResourceProperties: asText(properties),
  };
}

/** CloudFormation hands numbers and truth values over as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, asText(inner)]));
  }
  return String(value);
}
