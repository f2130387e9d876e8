import { BlockList, isIP } from 'node:net';
import type { Letter } from './letters.ts';

/** Where the coordinator's summary is posted to, and in which form. The address of a webhook is a secret: it stands in no message. */

/**
 * The address of a webhook; null where it is none that is posted to: it begins with https:// and names a host outside of the networks that only
 * this machine sees.
 */
export function webhookAddress(text: string, allowLoopback: boolean): URL | null {
  const url = URL.parse(text.trim());
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (allowLoopback && isLoopbackHost(url.hostname)) return url;
  if (url.protocol !== 'https:' || isLoopbackHost(url.hostname)) return null;
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(host) !== 0) return isInsideIp(host) ? null : url;
  return host.includes('.') && !/\.(?:local|localhost|internal|lan|home\.arpa)\.?$/u.test(host) ? url : null;
}

function isLoopbackHost(host: string): boolean {
  return ['127.0.0.1', '[::1]', 'localhost'].includes(host);
}

const inside = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['224.0.0.0', 3],
] as const)
  inside.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, bits, 'ipv6');

/** Whether an address is one of a network that only this machine sees. An IPv4 address in the clothes of IPv6 is looked at as what it is. */
export function isInsideIp(ip: string): boolean {
  return inside.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4');
}

/** What Slack takes in a message, with room to spare. Google Chat takes 32 kB, Teams 28 kB. */
const longestText = 8_000;

/** A message as the service at the address reads it: Teams a card, all others a text. */
export function webhookMessage({ hostname }: URL, { subject, body }: Letter): unknown {
  const lines = body.length > longestText ? `${body.slice(0, longestText)}…` : body;
  if (!/\.(?:logic\.azure\.com|powerplatform\.com|webhook\.office\.com)$/u.test(hostname)) {
    const text = `${subject}\n\n${lines}`;
    // Slack reads these three as marks: a name in the sheet must neither make a link nor call everybody.
    const isSlack = hostname.endsWith('.slack.com');
    return {
      text: isSlack
        ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
        : withoutMarks(text),
    };
  }
  const block = (text: string, look: object) => ({
    type: 'TextBlock',
    text: withoutMarks(text).replaceAll('\n', '\n\n'),
    wrap: true,
    ...look,
  });
  return {
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          version: '1.4',
          body: [block(subject, { weight: 'Bolder' }), block(lines, {})],
        },
      },
    ],
  };
}

/** Google Chat makes a link, or a call to everybody, of what stands in `<…>`, and Teams of `[…](…)`. */
function withoutMarks(text: string): string {
  const wide: Readonly<Record<string, string>> = { '<': '＜', '>': '＞', '[': '［', ']': '］' };
  return text.replaceAll(/[<>[\]]/gu, (mark) => wide[mark] ?? mark);
}
