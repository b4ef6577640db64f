import * as v from 'valibot';
import type { Kms } from '../kms/server.ts';
import type { Template } from '../template/template.ts';

/** Only what the local KMS can do; another value ends the start. */
const SHAPE = {
  Enabled: v.optional(v.literal(true)),
  KeySpec: v.optional(v.literal('SYMMETRIC_DEFAULT')),
  KeyUsage: v.optional(v.literal('ENCRYPT_DECRYPT')),
  MultiRegion: v.optional(v.literal(false)),
  Origin: v.optional(v.literal('AWS_KMS')),
};

/** Permissions are not enforced here; no key is rotated or ever deleted (docs/local.md). */
const IGNORED = [
  'BypassPolicyLockoutSafetyCheck',
  'Description',
  'EnableKeyRotation',
  'KeyPolicy',
  'PendingWindowInDays',
  'RotationPeriodInDays',
  'Tags',
];

/** Creates the template's keys that are not there yet. */
export function deployKeys(template: Template, kms: Pick<Kms, 'ensureKey'>): void {
  for (const resource of template.resources('AWS::KMS::Key')) {
    resource.properties(SHAPE, IGNORED);
    kms.ensureKey(resource.name);
  }
}
