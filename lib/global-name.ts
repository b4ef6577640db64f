import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The region is known only at deployment: `us-isof-south-1` has 15 characters. */
const LONGEST_REGION = 15;

/**
 * A name for what all regions of an AWS account share. CDK makes such names of the construct's path, and a
 * second region would then find its name taken.
 *
 * @param most characters that AWS allows
 */
export function globalName(scope: Construct, id: string, most: number): string {
  const { stackName, region } = Stack.of(scope);
  const room = most - `--${id}`.length - LONGEST_REGION;
  return `${shortened(stackName, room)}-${id}-${region}`;
}

function shortened(text: string, room: number): string {
  if (text.length <= room) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  return `${text.slice(0, room - hash.length - 1)}-${hash}`;
}
