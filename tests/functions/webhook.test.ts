import { expect, test } from 'vitest';
import { postTo } from '../../functions/webhook.ts';
import { webhookAddress, webhookMessage } from '../../lib/staff/reminders/webhook.ts';
import { startWebhookServer } from '../support/webhook-server.ts';

const secret = 'T00000000-B00000000-XXXXXXXX';
const letter = {
  subject: '【目標】今日（4月30日）が締切です',
  body: '総務部｜保留\n<!channel> [福祉部](https://x.example) & 課',
};

test.each([
  'http://hooks.example.com/x',
  'https://user:word@hooks.example.com/x',
  'https://localhost/x',
  'https://127.0.0.1/x',
  'https://10.1.2.3/x',
  'https://172.20.0.1/x',
  'https://192.168.1.1/x',
  'https://169.254.169.254/latest/meta-data',
  'https://100.64.0.1/x',
  'https://0x7f.1/x',
  'https://[::1]/x',
  'https://[fd00::1]/x',
  'https://[fe80::1]/x',
  'https://[::ffff:10.0.0.1]/x',
  'https://chat/x',
  'https://chat.internal/x',
  'ftp://hooks.example.com/x',
  'no address',
  '',
])('%s is no address that is posted to', (address) => {
  expect(webhookAddress(address, false)).toBeNull();
});

test.each([
  'https://hooks.slack.com/services/T0/B0/x',
  'https://chat.googleapis.com/v1/spaces/A/messages?key=k&token=t',
  'https://prod-01.japaneast.logic.azure.com:443/workflows/x/triggers/manual/paths/invoke?sig=s',
  'https://203.0.113.7/x',
])('%s is one', (address) => {
  expect(webhookAddress(` ${address}\n`, false)?.href).toBe(new URL(address).href);
});

test('a server of this machine is one for tests only', () => {
  expect(webhookAddress('http://127.0.0.1:8080/x', true)?.href).toBe('http://127.0.0.1:8080/x');
  expect(webhookAddress('http://10.0.0.1/x', true)).toBeNull();
  expect(webhookAddress('http://hooks.example.com/x', true)).toBeNull();
});

test('a name that leads inside is not posted to', async () => {
  const resolve = async () => ['203.0.113.7', '10.0.0.5'];
  const post = postTo('https://chat.example.com/x', { allowLoopback: false, resolve });
  expect(await post(letter)).toEqual({ outcome: 'failed', code: 'webhook-inside' });
});

test('the message is the one that each service reads, and no name in it links or calls anybody', () => {
  const to = (address: string) => webhookMessage(new URL(address), letter);
  expect(to('https://hooks.slack.com/services/x')).toEqual({
    text: '【目標】今日（4月30日）が締切です\n\n総務部｜保留\n&lt;!channel&gt; [福祉部](https://x.example) &amp; 課',
  });
  expect(to('https://chat.googleapis.com/v1/spaces/x')).toEqual({
    text: '【目標】今日（4月30日）が締切です\n\n総務部｜保留\n＜!channel＞ ［福祉部］(https://x.example) & 課',
  });
  expect(to('https://prod-01.japaneast.logic.azure.com/workflows/x')).toMatchObject({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          body: [
            { type: 'TextBlock', text: '【目標】今日（4月30日）が締切です', wrap: true },
            { type: 'TextBlock', text: '総務部｜保留\n\n＜!channel＞ ［福祉部］(https://x.example) & 課' },
          ],
        },
      },
    ],
  });
});

test.each([
  { name: 'once', answers: [], outcome: { outcome: 'sent' }, requests: 1 },
  { name: 'again after a failure', answers: [503], outcome: { outcome: 'sent' }, requests: 2 },
  { name: 'twice, and no more', answers: [500, 429], outcome: { outcome: 'failed', code: 'webhook-429' }, requests: 2 },
  {
    name: 'once where it is refused',
    answers: [404],
    outcome: { outcome: 'refused', code: 'webhook-404' },
    requests: 1,
  },
  { name: 'nowhere else', answers: [302], outcome: { outcome: 'refused', code: 'webhook-302' }, requests: 1 },
  {
    name: 'and not waited for for ever',
    answers: ['silent', 'silent'],
    outcome: { outcome: 'failed', code: 'webhook-timeout' },
    requests: 2,
  },
] as const)('it is posted $name', async ({ answers, outcome, requests }) => {
  await using server = await startWebhookServer(secret);
  server.answer(...answers);
  expect(await postTo(server.url, { allowLoopback: true, waitMs: 300 })(letter)).toEqual(outcome);
  expect(server.requests).toBe(requests);
  expect(server.messages).toHaveLength(outcome.outcome === 'sent' ? 1 : 0);
});
