import { once } from 'node:events';
import { createServer } from 'node:http';
import * as z from 'zod';

const textSchema = z.strictObject({ Data: z.string(), Charset: z.literal('UTF-8') });
/** What SES takes of one mail, and nothing more. */
const mailSchema = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({ ToAddresses: z.tuple([z.string()]) }),
  Content: z.strictObject({
    Simple: z.strictObject({ Subject: textSchema, Body: z.strictObject({ Text: textSchema }) }),
  }),
});

export interface DepartmentMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/** Takes mails as SES v2 does over its JSON protocol, and keeps them. */
export interface SesServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly mails: readonly DepartmentMail[];
  /** How many mails were asked for, those that were refused included. */
  readonly requests: number;
  /** The next mails to this address are answered so, as often as is said: an error of SES, or a connection that breaks off. */
  answer(to: string, error: { readonly status: number; readonly code: string } | 'break-off', times: number): void;
}

export async function startSesServer(): Promise<SesServer> {
  const mails: DepartmentMail[] = [];
  const answers = new Map<string, { error: { status: number; code: string } | 'break-off'; times: number }>();
  let requests = 0;
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    requests += 1;
    const refuse = (status: number, code: string) =>
      response
        .writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': code })
        // As SES does, it repeats what was asked for.
        .end(JSON.stringify({ message: `Email address is not verified: ${text}` }));
    const parsed = mailSchema.safeParse(JSON.parse(text));
    if (request.method !== 'POST' || request.url !== '/v2/email/outbound-emails' || !parsed.success) {
      refuse(400, 'BadRequestException');
      return;
    }
    const { FromEmailAddress: from, Destination, Content } = parsed.data;
    const [to] = Destination.ToAddresses;
    const planned = answers.get(to);
    if (planned !== undefined && planned.times > 0) {
      planned.times -= 1;
      if (planned.error === 'break-off') request.socket.destroy();
      else refuse(planned.error.status, planned.error.code);
      return;
    }
    const { Subject, Body } = Content.Simple;
    mails.push({ from, to, subject: Subject.Data, body: Body.Text.Data });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ MessageId: `${requests}` }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    mails,
    get requests() {
      return requests;
    },
    answer(to, error, times) {
      answers.set(to, { error, times });
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
