import { StartError } from '../start-error.ts';
import { PSEUDO_PARAMETERS } from './aws.ts';
import { defaultName, type Identity, identify, nameProperty } from './identity.ts';
import { NO_VALUE, resolve, type Scope } from './intrinsics.ts';
import type { TemplateFile } from './outline.ts';

/** The values behind a template's `Ref`, `Fn::GetAtt` and conditions. */
export interface TemplateScope {
  readonly scope: Scope;
  nameOf(logicalId: string): string;
  identityOf(logicalId: string): Identity;
}

/** Evaluates references within `file`; the result of a name is remembered. */
export function createScope(file: TemplateFile, queueUrl: (name: string) => string): TemplateScope {
  const names = new Map<string, string>();

  const scope: Scope = {
    ref: (name) => {
      if (name === 'AWS::NoValue') return NO_VALUE;
      const parameter = file.Parameters?.[name];
      return PSEUDO_PARAMETERS[name] ?? parameter?.Default ?? identityOf(name).ref;
    },
    attribute: (logicalId, attribute) => {
      const value = identityOf(logicalId).attributes[attribute];
      if (value !== undefined) return value;
      throw new StartError(`The local system has no attribute ${attribute} of ${logicalId}.`);
    },
    condition: (name) => resolve(file.Conditions?.[name], scope) === true,
  };

  function nameOf(logicalId: string): string {
    const name = names.get(logicalId) ?? chooseName(file, logicalId, scope);
    names.set(logicalId, name);
    return name;
  }

  function identityOf(logicalId: string): Identity {
    const name = nameOf(logicalId);
    return identify(file.Resources[logicalId]?.Type ?? '', name, queueUrl);
  }

  return { scope, nameOf, identityOf };
}

function chooseName(file: TemplateFile, logicalId: string, scope: Scope): string {
  const resource = file.Resources[logicalId];
  if (resource === undefined) {
    throw new StartError(`The template refers to ${logicalId}, which it does not contain.`);
  }
  const given = resolve(resource.Properties?.[nameProperty(resource.Type) ?? ''], scope);
  if (typeof given === 'string') return given;
  return defaultName(resource.Type, logicalId, resource.Metadata?.['aws:cdk:path']);
}
