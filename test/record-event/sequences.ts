/** Every order in which thing `i` comes `times[i]` times. */
export function ordersWithRepeats(times: readonly number[]): number[][] {
  if (times.every((left) => left === 0)) return [[]];
  return times.flatMap((left, first) => {
    if (left === 0) return [];
    const rest = times.map((n, i) => (i === first ? n - 1 : n));
    return ordersWithRepeats(rest).map((order) => [first, ...order]);
  });
}

/** Every way to have each of `n` things one to `most` times. */
export function timesEach(n: number, most: number): number[][] {
  if (n === 0) return [[]];
  const counts = Array.from({ length: most }, (_, i) => i + 1);
  return timesEach(n - 1, most).flatMap((rest) => counts.map((times) => [...rest, times]));
}

/** Every choice of one to `most` of the things. */
export function choicesOf<Thing>(things: readonly Thing[], most: number): Thing[][] {
  const choices: Thing[][] = [[]];
  for (const thing of things) choices.push(...choices.map((choice) => [...choice, thing]));
  return choices.filter(({ length }) => length > 0 && length <= most);
}
