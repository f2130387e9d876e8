import { lookup } from 'node:dns/promises';
import type { Letter } from '../lib/staff/reminders/letters.ts';
import type { Sent } from '../lib/staff/reminders/remind.ts';
import { isInsideIp, webhookAddress, webhookMessage } from '../lib/staff/reminders/webhook.ts';

/** Posts the coordinator's summary where a city's chat takes messages: Slack, Google Chat, Teams. Its address is a secret. */

/** How long an answer is waited for, in milliseconds. */
const longestWait = 10_000;

export interface WebhookOptions {
  /** A server of this machine is taken, as for tests; else it is refused, as every address inside a network is. */
  readonly allowLoopback: boolean;
  readonly waitMs?: number;
  /** The addresses that a name leads to. Rejects where it is not known. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
}

const resolveByDns = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Makes what posts to a webhook. What goes wrong is told by a code, in which nothing of the address stands. */
export function postTo(
  address: string,
  { allowLoopback, waitMs = longestWait, resolve = resolveByDns }: WebhookOptions,
) {
  return async (letter: Letter): Promise<Sent> => {
    const url = webhookAddress(address, allowLoopback);
    if (url === null) return { outcome: 'failed', code: 'webhook-address' };
    if (!allowLoopback) {
      // A name that is not known leads nowhere: that is found out by posting.
      const found = await resolve(url.hostname.replace(/^\[|\]$/gu, '')).catch(() => []);
      if (found.some(isInsideIp)) return { outcome: 'failed', code: 'webhook-inside' };
    }
    const first = await postOnce(url, letter, waitMs);
    return first.outcome === 'failed' ? postOnce(url, letter, waitMs) : first;
  };
}

/** One try. That something may stand there twice is better than not at all: an answer that does not come is a failure. */
async function postOnce(url: URL, letter: Letter, waitMs: number): Promise<Sent> {
  try {
    const { status, body } = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=UTF-8' },
      body: JSON.stringify(webhookMessage(url, letter)),
      // Another address was not checked.
      redirect: 'manual',
      signal: AbortSignal.timeout(waitMs),
    });
    await body?.cancel();
    if (status >= 200 && status < 300) return { outcome: 'sent' };
    const isToTryAgain = status === 429 || status >= 500;
    return { outcome: isToTryAgain ? 'failed' : 'refused', code: `webhook-${status}` };
  } catch (error) {
    // The error names the address, and so it is left behind here.
    const isTimeout = error instanceof Error && error.name === 'TimeoutError';
    return { outcome: 'failed', code: isTimeout ? 'webhook-timeout' : 'webhook-unreachable' };
  }
}
