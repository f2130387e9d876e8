import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetBucketVersioningCommand, GetPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetSubscriptionAttributesCommand, ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { readCredentials } from '../sources/google/credentials.ts';
import { readSsmParameter } from '../sources/google/google-parameter.ts';
import { readRecord } from '../staff/record-file.ts';
import { webhookAddress } from '../staff/reminders/webhook.ts';
import { placeOf } from '../stores/location.ts';
import { openStore } from '../stores/open.ts';
import { s3Client } from '../stores/s3/s3.ts';
import { StoreError } from '../stores/store.ts';
import { dayInWords } from '../text/date-in-words.ts';
import { japaneseDate } from '../text/fiscal-year.ts';
import { attention, type CheckResult, good, wrong } from './check-result.ts';

/** What the check has of the world outside AWS's own interfaces. */
export interface DeploymentWorld {
  /** The names that a host name is another name for. Rejects where there is none. */
  readonly resolveCname: (host: string) => Promise<readonly string[]>;
  /** Asks for a page, and follows no redirection. Rejects where there is no answer. */
  readonly fetchPage: (address: string) => Promise<{ readonly status: number }>;
  /** The instant at which the certificate of a host ends. Rejects where there is no answer. */
  readonly certificateEnd: (host: string) => Promise<Date>;
}

/** ACM renews a certificate 60 days before its end, and AWS writes from 45 days on: below this somebody has to look. */
const daysBeforeEnd = 21;

/** The runtime for which this version is made. */
const runtime = 'nodejs24.x';

/** Checks the deployment of a stage: reads only, in the region and with the credentials that the AWS SDK finds. */
export async function checkDeployment(
  { stage, now }: { readonly stage: string; readonly now: Date },
  world: DeploymentWorld,
): Promise<CheckResult[]> {
  const stack = await checkStack(stage);
  if (stack.outputs === null) return [stack.result];
  const { outputs } = stack;
  return [
    stack.result,
    ...(await Promise.all(['poll', 'publish'].map((name) => checkFunction(stage, name)))).flat(),
    ...(await Promise.all(['poll', 'nightly'].map((name) => checkSchedule(stage, name)))),
    await checkSubscribers('職員', outputs['StaffTopicArn']),
    await checkSubscribers('運用担当', outputs['OperatorTopicArn']),
    await checkUpToDate(outputs['StateLocation'], now),
    await checkStateBucket(outputs['StateLocation']),
    await checkFiles(outputs['SiteLocation']),
    ...(await checkSite(outputs, world, now)),
  ];
}

type Outputs = Readonly<Record<string, string | undefined>>;

async function checkStack(stage: string): Promise<{ result: CheckResult; outputs: Outputs | null }> {
  const check = 'stack';
  const name = `mokuhyo-${stage}`;
  const client = new CloudFormationClient();
  try {
    const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const status = found?.StackStatus ?? '';
    const outputs = Object.fromEntries(
      (found?.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]),
    );
    if (/^(?:CREATE|UPDATE|IMPORT)_COMPLETE$|^UPDATE_ROLLBACK_COMPLETE$/u.test(status))
      return { result: good(check, `デプロイされています（${name}、${status}）。`), outputs };
    const fix = status.endsWith('_IN_PROGRESS')
      ? '終わるまで待ってから、もう一度確かめてください。'
      : 'docs/deploy.md の手順8の「うまくいかないとき」のとおりに片付けて、もう一度デプロイしてください。';
    return { result: wrong(check, `デプロイが終わっていません（${name}、${status}）。`, fix), outputs: null };
  } catch (error) {
    const isAbsent = nameOf(error) === 'ValidationError';
    const result = isAbsent
      ? wrong(
          check,
          `${name} が、このリージョンにデプロイされていません。`,
          'ステージの名前と AWS_REGION を確かめてください。合っているときは、docs/deploy.md の手順8を行ってください。',
        )
      : unanswered(check, error);
    return { result, outputs: null };
  } finally {
    client.destroy();
  }
}

async function checkFunction(stage: string, name: string): Promise<CheckResult[]> {
  const check = `function-${name}`;
  const client = new LambdaClient();
  try {
    const found = await client.send(new GetFunctionConfigurationCommand({ FunctionName: `mokuhyo-${stage}-${name}` }));
    const deployAgain = 'docs/deploy.md の手順8のとおり、もう一度デプロイしてください。';
    const state =
      found.State !== 'Active' || found.LastUpdateStatus === 'Failed'
        ? wrong(check, `関数 ${name} が動く状態ではありません（${found.State}）。`, deployAgain)
        : found.Runtime !== runtime
          ? attention(check, `関数 ${name} の実行環境が ${found.Runtime} です（この版は ${runtime}）。`, deployAgain)
          : good(check, `関数 ${name} が動く状態です（${runtime}）。`);
    if (name !== 'publish') return [state];
    const variables = found.Environment?.Variables ?? {};
    return [
      state,
      await checkCredentials(variables['GOOGLE_CREDENTIALS_PARAMETER'] ?? ''),
      ...(await checkReminders(variables['REMINDER_SENDER'] ?? '')),
      ...(await checkWebhook(variables['REMINDER_WEBHOOK_PARAMETER'] ?? '')),
    ];
  } catch (error) {
    return [unanswered(check, error)];
  } finally {
    client.destroy();
  }
}

/** Whether the functions will find what they show to Google; of its content nothing is told. */
async function checkCredentials(name: string): Promise<CheckResult> {
  const check = 'google-credentials-parameter';
  const read = await readCredentials({ kind: 'parameter', name }, readSsmParameter);
  if (!read.ok) {
    const fix = `docs/deploy.md の手順6のとおり、認証情報をSSMパラメータ ${name} に入れてください。`;
    return wrong(check, read.failure.message, fix);
  }
  const { credentials } = read;
  const source: unknown =
    credentials.kind === 'federation' ? Reflect.get(credentials.options, 'credential_source') : null;
  if (typeof source === 'object' && source !== null && ('region_url' in source || 'url' in source)) {
    return attention(
      check,
      `認証情報（${name}）に、EC2のための項目が残っています。`,
      'docs/google-setup.md の手順4のとおり、region_url、url、imdsv2_session_token_url を消して、入れ直してください。',
    );
  }
  return good(check, `関数のためのGoogleの認証情報があります（${name}）。`);
}

/** Whether departments can be reminded of a deadline by mail; nothing where nobody is to be. */
async function checkReminders(sender: string): Promise<CheckResult[]> {
  if (sender === '') return [];
  const check = 'reminder-sender';
  const client = new SESv2Client();
  const section = 'docs/deploy.md の「締切のお知らせを、部署に送る」';
  try {
    const [{ ProductionAccessEnabled, SendingEnabled }, isVerified] = await Promise.all([
      client.send(new GetAccountCommand({})),
      isSenderVerified(client, sender),
    ]);
    const from = isVerified
      ? good(check, '締切のお知らせの差出人は、SESで検証されています。')
      : wrong(check, '締切のお知らせの差出人が、SESで検証されていません。', `${section}のとおりに検証してください。`);
    const account = 'reminder-account';
    if (SendingEnabled !== true) {
      const fix = 'AWSのコンソールのSESで、停止の理由を確かめてください。';
      return [from, wrong(account, 'SESの送信が止められているため、締切のお知らせを送れません。', fix)];
    }
    return [
      from,
      ProductionAccessEnabled === true
        ? good(account, 'SESは、どの宛先にも送れる状態です。')
        : attention(
            account,
            'SESがサンドボックスにあり、検証した宛先のほかには送れません。',
            `${section}のとおりに、本番の利用（production access）を申請してください。`,
          ),
    ];
  } catch (error) {
    return [unanswered(check, error)];
  } finally {
    client.destroy();
  }
}

/** The sender itself, its domain, or one above it: SES takes the first that it knows. */
async function isSenderVerified(client: SESv2Client, sender: string): Promise<boolean> {
  const labels = sender.slice(sender.indexOf('@') + 1).split('.');
  const domains = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  for (const EmailIdentity of [sender, ...domains]) {
    try {
      return (await client.send(new GetEmailIdentityCommand({ EmailIdentity }))).VerifiedForSendingStatus === true;
    } catch (error) {
      if (nameOf(error) !== 'NotFoundException') throw error;
    }
  }
  return false;
}

/** Whether there is an address to post the coordinator's summary to; of the address nothing is told. */
async function checkWebhook(name: string): Promise<CheckResult[]> {
  if (name === '') return [];
  const check = 'webhook-parameter';
  const section = 'docs/deploy.md の「取りまとめの方へ、チャットでも知らせる」';
  const address = await readSsmParameter(name).catch(() => null);
  if (address === null) {
    return [wrong(check, `SSMパラメータ ${name} を読めません。`, `${section}のとおりに、アドレスを入れてください。`)];
  }
  return [
    webhookAddress(address, false) === null
      ? wrong(
          check,
          `SSMパラメータ ${name} の中身が、送ってよいアドレスではありません。`,
          `${section}のとおりに、https:// で始まる、庁外のサービスのアドレスを入れてください。`,
        )
      : good(check, `取りまとめの方へのチャットの送り先があります（${name}）。`),
  ];
}

async function checkSchedule(stage: string, name: string): Promise<CheckResult> {
  const check = `schedule-${name}`;
  const client = new SchedulerClient();
  try {
    const found = await client.send(new GetScheduleCommand({ Name: `mokuhyo-${stage}-${name}` }));
    const title = name === 'poll' ? 'シートの確認' : '夜間の公表';
    return found.State === 'ENABLED'
      ? good(check, `${title}の予定が有効です（${found.ScheduleExpression}）。`)
      : wrong(
          check,
          `${title}の予定が止められています。`,
          'EventBridge Scheduler で有効にするか、もう一度デプロイしてください。',
        );
  } catch (error) {
    return unanswered(check, error);
  } finally {
    client.destroy();
  }
}

async function checkSubscribers(who: string, topic: string | undefined): Promise<CheckResult> {
  const check = who === '職員' ? 'subscribers-staff' : 'subscribers-operators';
  const client = new SNSClient();
  try {
    const { Subscriptions = [] } = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn: topic }));
    const confirmed = Subscriptions.map(({ SubscriptionArn = '' }) => SubscriptionArn).filter((arn) =>
      arn.startsWith('arn:'),
    );
    if (confirmed.length === 0) {
      return wrong(
        check,
        `${who}へのメールを、だれも受け取れません（受け取りが確認されていません）。`,
        'docs/deploy.md の手順9のとおりに確認してください。確認の依頼は2日で無効になります。',
      );
    }
    for (const SubscriptionArn of confirmed) {
      const { Attributes } = await client.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
      if (Attributes?.['ConfirmationWasAuthenticated'] === 'true') continue;
      return attention(
        check,
        `${who}へのメールは届きますが、メールの下の「配信停止」を、だれでも押せる状態です。`,
        '一度配信を停止し、docs/operations.md の「メールがだれにも届かない」のとおりに、もう一度確認してください。',
      );
    }
    return good(check, `${who}へのメールを受け取る人がいます（${confirmed.length}件）。`);
  } catch (error) {
    return unanswered(check, error);
  } finally {
    client.destroy();
  }
}

/**
 * Whether the site is as the sheet was when it was last read. A night that finds nothing new writes nothing down, so no time is too long in
 * itself: that runs take place at all is for the schedules and their alarms.
 */
async function checkUpToDate(location: string | undefined, now: Date): Promise<CheckResult> {
  const check = 'site-up-to-date';
  try {
    const record = await readRecord(await openStore(location ?? ''));
    if (record === null || record.upToDateAt === null) {
      return wrong(check, 'まだ一度も公表できていません。', 'docs/deploy.md の手順10のとおり、公表してください。');
    }
    if (!record.owed) return good(check, 'サイトは、最後に読んだシートのとおりです。');
    const hours = Math.floor((now.getTime() - Date.parse(record.upToDateAt)) / 3_600_000);
    return wrong(
      check,
      `${hours}時間、サイトがシートのとおりになっていません（最後の結果：${record.outcome}）。`,
      'docs/operations.md の「サイトが古い」をご覧ください。',
    );
  } catch (error) {
    if (error instanceof StoreError) return wrong(check, `公表の記録を読めません。${error.message}`, error.fix);
    return unanswered(check, error);
  }
}

/** Whether the records are nobody's to read, and what is deleted by mistake can be brought back. */
async function checkStateBucket(location: string | undefined): Promise<CheckResult> {
  const check = 'state-bucket';
  const place = placeOf(location ?? '');
  const deployAgain = 'docs/deploy.md の手順8のとおり、もう一度デプロイしてください。';
  if (place.kind !== 's3') return wrong(check, `記録の置き場（${location}）が、S3の場所ではありません。`, deployAgain);
  const client = s3Client();
  try {
    const { PublicAccessBlockConfiguration: block = {} } = await client.send(
      new GetPublicAccessBlockCommand({ Bucket: place.bucket }),
    );
    const isPrivate =
      block.BlockPublicAcls && block.BlockPublicPolicy && block.IgnorePublicAcls && block.RestrictPublicBuckets;
    if (!isPrivate) return wrong(check, `記録の置き場（${location}）の公開が、禁じられていません。`, deployAgain);
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: place.bucket }));
    return Status === 'Enabled'
      ? good(check, `記録の置き場（${location}）は非公開で、前の版が残ります。`)
      : attention(check, `記録の置き場（${location}）に、前の版が残りません。`, deployAgain);
  } catch (error) {
    if (nameOf(error) === 'NoSuchPublicAccessBlockConfiguration') {
      return wrong(check, `記録の置き場（${location}）の公開が、禁じられていません。`, deployAgain);
    }
    return unanswered(check, error);
  } finally {
    client.destroy();
  }
}

/** Whether the site is in its bucket, apart from whether readers reach it. */
async function checkFiles(location: string | undefined): Promise<CheckResult> {
  const check = 'site-bucket';
  try {
    const page = await (await openStore(location ?? '')).get('index.html');
    return page === null
      ? wrong(
          check,
          `サイトの置き場（${location}）に、ページがありません。`,
          'docs/deploy.md の手順10のとおり、公表してください。',
        )
      : good(check, `サイトの置き場（${location}）に、ページがあります。`);
  } catch (error) {
    if (error instanceof StoreError) return wrong(check, `サイトの置き場を読めません。${error.message}`, error.fix);
    return unanswered(check, error);
  }
}

async function checkSite(outputs: Outputs, world: DeploymentWorld, now: Date): Promise<CheckResult[]> {
  const { SiteAddress: address = '', DnsTarget: target } = outputs;
  const results = target === undefined ? [] : [await checkDns(new URL(address).hostname, target, world)];
  const page = await checkPage(address, world);
  const { protocol, hostname } = new URL(address);
  const isAnswered = page.check === 'site' && page.verdict === 'good' && protocol === 'https:';
  return [...results, page, ...(isAnswered ? await checkCertificate(hostname, now, world) : [])];
}

/** How long the certificate lasts, by the handshake with the site itself: what readers' browsers see. */
async function checkCertificate(
  host: string,
  now: Date,
  { certificateEnd }: DeploymentWorld,
): Promise<readonly CheckResult[]> {
  const check = 'certificate';
  try {
    const end = await certificateEnd(host);
    const days = Math.floor((end.getTime() - now.getTime()) / 86_400_000);
    const day = dayInWords(japaneseDate(end));
    return days >= daysBeforeEnd
      ? [good(check, `サイトの証明書は、${day}まで有効です。`)]
      : [
          attention(
            check,
            `サイトの証明書の期限が近づいています（${day}まで、あと${Math.max(0, days)}日）。`,
            `AWS Certificate Manager の us-east-1 で、${host} の証明書の「更新のステータス」を確かめてください。確認待ちのときは、そこに示されたCNAMEを、DNSの担当の方に入れてもらいます。`,
          ),
        ];
  } catch {
    return [
      attention(
        check,
        `サイトの証明書の期限を確かめられませんでした（${host}）。`,
        'しばらく待ってから、もう一度実行してください。',
      ),
    ];
  }
}

async function checkDns(host: string, target: string, { resolveCname }: DeploymentWorld): Promise<CheckResult> {
  const check = 'dns';
  const fix = `DNSの担当の方に、${host} のCNAME（Route 53 ではALIAS）を ${target} に向けるよう依頼してください。`;
  // Where a name is an alias it has addresses and no such record: then the page itself says whether it leads here.
  const names = await resolveCname(host).catch((error: unknown) => (codeOf(error) === 'ENODATA' ? null : []));
  if (names === null) return good(check, `${host} はDNSにあります。`);
  if (names.length === 0) return wrong(check, `${host} がDNSにありません。`, fix);
  return names.some((name) => name.replace(/\.$/u, '').toLowerCase() === target.toLowerCase())
    ? good(check, `${host} は ${target} を指しています。`)
    : wrong(check, `${host} が、ほかの場所（${names.join('、')}）を指しています。`, fix);
}

async function checkPage(address: string, { fetchPage }: DeploymentWorld): Promise<CheckResult> {
  const check = 'site';
  try {
    const { status } = await fetchPage(address);
    return status === 200
      ? good(check, `サイトを表示できます（${address}）。`)
      : wrong(
          check,
          `サイトを表示できません（${address}、状態 ${status}）。`,
          'まだ公表していないときは、docs/deploy.md の手順10を行ってください。公表しているときは、もう一度デプロイしてください。',
        );
  } catch (error) {
    const code = codeOf(error) ?? codeOf(error instanceof Error ? error.cause : null) ?? '';
    if (/CERT|SELF_SIGNED|TLS|SSL|UNABLE_TO_VERIFY/u.test(code)) {
      return wrong(
        'certificate',
        `サイトの証明書が正しくありません（${code}）。`,
        'AWS Certificate Manager の us-east-1 で、証明書がそのホスト名のもので、期限が切れていないかを確かめてください。',
      );
    }
    return wrong(
      check,
      `サイトから返事がありません（${address}${code === '' ? '' : `、${code}`}）。`,
      'DNSの設定と、CloudFrontのディストリビューションが有効かを確かめてください。',
    );
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');

function codeOf(error: unknown): string | null {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : null;
  return typeof code === 'string' ? code : null;
}

/** AWS did not answer the question. What it wrote is not repeated: it can name more than a reader should see. */
function unanswered(check: string, error: unknown): CheckResult {
  const name = nameOf(error);
  if (
    /Credentials|ExpiredToken|InvalidClientToken|UnrecognizedClient|SignatureDoesNotMatch|InvalidSignature/iu.test(name)
  ) {
    return wrong(
      'aws-credentials',
      'AWSにログインできていません。',
      'AWS CloudShell で実行するか、`aws sts get-caller-identity` が答えるようにしてください。',
    );
  }
  if (error instanceof Error && error.message.includes('Region is missing')) {
    return wrong(
      'aws-region',
      'AWSのリージョンが決まっていません。',
      '`export AWS_REGION=ap-northeast-1` のように指定してください。',
    );
  }
  if (/AccessDenied|AuthorizationError|NotAuthorized/iu.test(name)) {
    return wrong(
      check,
      'AWSで確かめる権限がありません。',
      '管理者の権限か、読み取りの権限（ReadOnlyAccess）で実行してください。',
    );
  }
  if (/NotFound/u.test(name)) {
    return wrong(
      check,
      'AWSに、あるはずのものがありません。',
      '手で消されていないかを確かめ、もう一度デプロイしてください。',
    );
  }
  return wrong(check, `AWSから答えがありません（${name}）。`, 'しばらく待ってから、もう一度実行してください。');
}
