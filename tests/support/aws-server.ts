import { once } from 'node:events';
import { createServer } from 'node:http';

/** What is there at AWS, and can be changed by a test. */
export interface AwsAccount {
  stack: { status: string; outputs: Record<string, string> } | null;
  /** By name: what `GetFunctionConfiguration` answers. */
  functions: Record<string, Record<string, unknown>>;
  schedules: Record<string, { State: string; ScheduleExpression: string }>;
  parameters: Record<string, string>;
  /** By topic: ARN of each subscription, or `PendingConfirmation`. */
  subscriptions: Record<string, string[]>;
  /** Subscriptions that only who confirmed them can end. */
  authenticated: string[];
  /** SES: what is verified or not, by address or domain, and the account. */
  identities: Record<string, boolean>;
  ses: { ProductionAccessEnabled: boolean; SendingEnabled: boolean };
  /** The name of the error with which everything is answered. */
  refusal: string | null;
}

export interface AwsServer extends AsyncDisposable {
  readonly endpoint: string;
  readonly account: AwsAccount;
}

/** Speaks as much of CloudFormation, Lambda, Scheduler, SNS, SES and the parameter store as `doctor` asks, over HTTP on loopback. */
export async function startAwsServer(account: AwsAccount): Promise<AwsServer> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { status, type, text } = answerTo(account, { url: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'request' }).end(text);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    account,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Answered {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

const xml = (text: string, status = 200): Answered => ({ status, type: 'text/xml', text });
const xmlError = (code: string, status = 400): Answered =>
  xml(
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
    status,
  );
const json = (value: unknown): Answered => ({ status: 200, type: 'application/json', text: JSON.stringify(value) });
const jsonError = (code: string, status = 400): Answered => ({
  status,
  type: 'application/json',
  text: JSON.stringify({ __type: code, message: code, Message: code }),
});

function answerTo(account: AwsAccount, asked: Asked): Answered {
  const form = new URLSearchParams(asked.body);
  const action = form.get('Action');
  const { refusal } = account;
  if (refusal !== null) return action === null ? jsonError(refusal, 403) : xmlError(refusal, 403);
  switch (action) {
    case 'DescribeStacks':
      return describeStacks(account, form.get('StackName') ?? '');
    case 'ListSubscriptionsByTopic': {
      const members = (account.subscriptions[form.get('TopicArn') ?? ''] ?? []).map(
        (arn) => `<member><SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol></member>`,
      );
      return result(action, `<Subscriptions>${members.join('')}</Subscriptions>`);
    }
    case 'GetSubscriptionAttributes': {
      const value = account.authenticated.includes(form.get('SubscriptionArn') ?? '');
      return result(
        action,
        `<Attributes><entry><key>ConfirmationWasAuthenticated</key><value>${value}</value></entry></Attributes>`,
      );
    }
  }
  if (asked.headers['x-amz-target'] === 'AmazonSSM.GetParameter') {
    const { Name } = JSON.parse(asked.body);
    const Value = account.parameters[Name];
    return Value === undefined ? jsonError('ParameterNotFound') : json({ Parameter: { Name, Value } });
  }
  if (asked.url === '/v2/email/account') return json(account.ses);
  const [, identity] = /^\/v2\/email\/identities\/(.+)$/u.exec(asked.url) ?? [];
  if (identity !== undefined) {
    const isVerified = account.identities[decodeURIComponent(identity)];
    return isVerified === undefined
      ? jsonError('NotFoundException', 404)
      : json({ VerifiedForSendingStatus: isVerified });
  }
  const [, kind, name = ''] = /^\/(?:2015-03-31\/)?(functions|schedules)\/([\w-]+)/u.exec(asked.url) ?? [];
  const found = kind === 'functions' ? account.functions[name] : account.schedules[name];
  return found === undefined ? jsonError('ResourceNotFoundException', 404) : json(found);
}

const result = (action: string, content: string): Answered =>
  xml(`<${action}Response><${action}Result>${content}</${action}Result></${action}Response>`);

function describeStacks({ stack }: AwsAccount, name: string): Answered {
  if (stack === null) return xmlError('ValidationError');
  const outputs = Object.entries(stack.outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return result(
    'DescribeStacks',
    `<Stacks><member><StackName>${name}</StackName><CreationTime>2026-04-01T00:00:00Z</CreationTime><StackStatus>${stack.status}</StackStatus><Outputs>${outputs.join('')}</Outputs></member></Stacks>`,
  );
}
