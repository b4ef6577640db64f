import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalSystem, startLocalSystem } from '../../test/kit/local-system.ts';
import { ACCEPTED, type CallerReport, type CallerTask } from '../revoke-messages.ts';

/** Sizes of one run of revoking. */
export type RevokeOptions = {
  readonly processes: number;
  /** Requests begun after the revoke has answered, of all processes together. */
  readonly after: number;
};

async function manage(system: LocalSystem, method: string, path: string, body?: object) {
  const answer = await fetch(`${system.apiUrl}/api/v1/api-keys${path}`, {
    method,
    headers: { authorization: `Bearer ${system.key}` },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!answer.ok) throw new Error(`${method}: ${answer.status} ${await answer.text()}`);
  return answer;
}

function startCallers(task: CallerTask, processes: number): ChildProcess[] {
  const file = join(import.meta.dirname, '..', 'revoke-caller.ts');
  return Array.from({ length: processes }, () => {
    const child = fork(file, { env: process.env });
    child.send(task);
    return child;
  });
}

function firstAccepted(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.on('message', (message) => message === ACCEPTED && resolve());
  });
}

function reportOf(child: ChildProcess): Promise<CallerReport> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => message !== ACCEPTED && resolve(message as CallerReport));
    child.once('exit', (code) => reject(new Error(`A caller ended with ${code}.`)));
  });
}

/** Several processes post with one key without pause while it is revoked; what of theirs was accepted. */
export async function revokeScenario(options: RevokeOptions): Promise<CallerReport> {
  const system = await startLocalSystem(1);
  let callers: ChildProcess[] = [];
  try {
    const key = { name: 'To be revoked', environment: 'test' };
    const made = (await (await manage(system, 'POST', '', key)).json()) as Record<string, string>;
    const task = {
      url: `${system.apiUrl}/api/v1/emails`,
      key: made.key ?? '',
      after: Math.ceil(options.after / options.processes),
    };
    callers = startCallers(task, options.processes);
    const reports = Promise.all(callers.map(reportOf));
    // Awaited below; what fails before is reported first.
    reports.catch(() => undefined);
    await Promise.race(callers.map(firstAccepted));
    await sleep(1000);
    await manage(system, 'DELETE', `/${made.id}`);
    const revokedAt = Date.now();
    for (const child of callers) child.send({ revokedAt });
    return (await reports).reduce((all, one) => ({
      before: all.before + one.before,
      acceptedBefore: all.acceptedBefore + one.acceptedBefore,
      after: all.after + one.after,
      acceptedAfter: all.acceptedAfter + one.acceptedAfter,
      odd: all.odd + one.odd,
    }));
  } finally {
    for (const child of callers) child.kill();
    await system.stop();
  }
}
