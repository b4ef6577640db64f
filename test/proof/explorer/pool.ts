import type { Customer } from './customer.ts';
import type { Engines } from './engines.ts';
import { type Ended, type Environment, openEnvironment } from './environment.ts';
import { openHandler } from './instruments.ts';
import type { Numbering } from './numbering.ts';
import type { Program } from './program.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What environments are made from. */
export type PoolOptions = {
  readonly engines: Engines;
  readonly programs: ReadonlyMap<string, Program>;
  readonly time: VirtualTime;
  readonly numbering: Numbering;
  readonly random: () => number;
  readonly customer: Customer;
};

/** Calls a function of `lambdas/` by its name. */
export type Invoke = (name: string, event: unknown) => Promise<Ended>;

/** Environments of functions: one that is free is used again, one that is gone is replaced. */
export function createPool(options: PoolOptions): Invoke {
  const { engines, programs, time, numbering, random, customer } = options;
  const environments = new Map<string, Environment[]>();

  function open(name: string): Environment {
    const definition = engines.functions.find((each) => each.name.includes(name));
    const program = programs.get(name);
    if (!definition || !program) throw new Error(`The template has no function ${name}.`);
    return openEnvironment({ ...definition, name }, time, (owner) => {
      const pass = numbering.passOf(owner);
      const given = { engines, time, owner, pass, random, customer };
      return openHandler(program, { ...given, env: definition.environment });
    });
  }

  return (name, event) => {
    const all = (environments.get(name) ?? []).filter(({ dead }) => !dead);
    const free = all.find(({ busy }) => !busy);
    const chosen = free ?? open(name);
    environments.set(name, free ? all : [...all, chosen]);
    return chosen.invoke(event);
  };
}
