import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import { App, CfnElement } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readConfiguration } from '../../lib/configuration.ts';
import { MaillayerStack } from '../../lib/maillayer-stack.ts';

const root = join(import.meta.dirname, '..', '..');

const output = mkdtempSync(join(tmpdir(), 'maillayer-infra-'));
afterAll(() => rmSync(output, { recursive: true }));

/** The context that `cdk.json` gives, and what a test adds to it. */
export function contextWith(extra: Record<string, unknown> = {}): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  return { ...context, ...extra };
}

/** An app with the stack in it, not yet synthesized; its output goes to a temporary folder. */
export function compose(extra: Record<string, unknown> = {}): { app: App; stack: MaillayerStack } {
  // CDK's own rules take longer than all else; command-line.test.ts synthesizes with them.
  const context = contextWith({ '@aws-cdk/core:validateAgainstDefaultRules': false, ...extra });
  const app = new App({ context, outdir: mkdtempSync(join(output, 'synth-')) });
  return { app, stack: new MaillayerStack(app, readConfiguration(context)) };
}

/** A synthesized stack, with its resources called by their construct paths. */
export class Synthesis {
  readonly template: Template;
  private readonly paths = new Map<string, string>();

  constructor(extra: Record<string, unknown> = {}) {
    const { stack } = compose(extra);
    this.template = Template.fromStack(stack);
    for (const construct of stack.node.findAll()) {
      if (CfnElement.isCfnElement(construct)) {
        const path = construct.node.path.replace(/^[^/]+\//, '').replace(/\/Resource$/, '');
        this.paths.set(stack.resolve(construct.logicalId), path);
      }
    }
  }

  /** Construct path → properties, of all resources of a type. */
  // biome-ignore lint/suspicious/noExplicitAny: a template is plain JSON of many shapes
  byPath(type: string): Record<string, any> {
    return Object.fromEntries(
      Object.entries(this.template.findResources(type)).map(([logicalId, { Properties }]) => [
        this.paths.get(logicalId),
        Properties,
      ]),
    );
  }

  /** Function name → properties. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  functions(): Record<string, any> {
    return Object.fromEntries(
      Object.values(this.byPath('AWS::Lambda::Function')).map((each) => [each.Description, each]),
    );
  }

  /** The function whose logical id a template's value refers to. */
  functionNameOf(value: unknown): string {
    return this.name(value).split('/').at(-2) ?? '';
  }

  /** A template's value as text: `{"Fn::GetAtt": ["EmailsTable068BB545", "Arn"]}` is `Emails/Table`. */
  name(value: unknown): string {
    if (typeof value === 'string') {
      return value;
    }
    const [[intrinsic, argument]] = Object.entries(value as object) as [[string, never]];
    switch (intrinsic) {
      case 'Ref':
        return this.paths.get(argument) ?? `<${argument}>`;
      case 'Fn::GetAtt':
        return this.paths.get(argument[0]) ?? `<${argument}>`;
      case 'Fn::Join':
        return (argument[1] as unknown[]).map((part) => this.name(part)).join(argument[0]);
      default:
        throw new Error(`The template has an intrinsic that no test foresaw: ${intrinsic}`);
    }
  }
}
