import type { Request } from './messages.ts';
import { type Ground, type Result, statusesOf } from './race.ts';

/** Domains of the plan "Few", and how many are added at once. */
export const FEW = 5;
const AT_ONCE = 48;

/** More domains at once than the plan has: exactly as many as it has come in, and the others hear why. */
export async function domainRace({ stage, crew }: Ground, rounds: number): Promise<Result> {
  const violations: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { account, key } = await stage.racer('Few');
    const requests = Array.from(
      { length: AT_ONCE },
      (_, i): Request => ({
        function: 'manage-domains',
        routeKey: 'POST /api/v1/domains',
        key,
        body: { name: `r${round}n${i}.example.net` },
      }),
    );
    const answers = await crew.doAtOnce(requests);
    const added = answers.filter(({ status }) => status === 201).length;
    const full = answers.filter(
      ({ status, text }) => status === 403 && text.includes('Plan limit reached'),
    ).length;
    // Two who undo a name that came too late may both give up the last place: it is free again for the next.
    const retried = added < FEW ? await crew.doAtOnce(requests.slice(0, 1)) : [];
    const more = retried.filter(({ status }) => status === 201).length;
    if (added + full !== AT_ONCE) violations.push(`Round ${round}: ${statusesOf(answers)}.`);
    if (added > FEW) violations.push(`Round ${round}: ${added} domains came in.`);
    if (added < FEW) violations.push(`Round ${round}: only ${added} came in, then ${more} more.`);
    const kept = await stage.domainsOf(account);
    if (kept !== Math.min(FEW, added + more)) violations.push(`Round ${round}: ${kept} are kept.`);
  }
  return {
    figures: { 'domains added at once': `${AT_ONCE}, ${rounds} rounds, ${FEW} of them taken each` },
    violations,
  };
}
