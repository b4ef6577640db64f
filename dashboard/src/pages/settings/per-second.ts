/** A rate in words: `1 request per second`. */
export function perSecond(count: number, thing: 'request' | 'recipient'): string {
  return `${count.toLocaleString()} ${count === 1 ? thing : `${thing}s`} per second`;
}
