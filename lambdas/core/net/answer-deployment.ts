import type { DeploymentAnswer } from '../deployment/deployment.ts';

/** How long CloudFormation's bucket may take to receive an answer, in milliseconds. */
const DEADLINE = 10_000;

/**
 * Brings a custom resource's answer to the address that CloudFormation signed for it.
 *
 * @throws where it is not taken; CloudFormation then waits until its own time is over.
 */
export async function answerDeployment(url: string, answer: DeploymentAnswer): Promise<void> {
  // The address was signed for a request without a content type.
  const response = await fetch(url, {
    method: 'PUT',
    headers: { 'content-type': '' },
    body: JSON.stringify(answer),
    signal: AbortSignal.timeout(DEADLINE),
  });
  if (!response.ok) throw new Error(`CloudFormation's answer was not taken: ${response.status}`);
}
