import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { checkDeployment, type DeploymentWorld } from '../../lib/doctor/check-deployment.ts';
import { checkSheet } from '../../lib/doctor/check-sheet.ts';
import { type AwsAccount, type AwsServer, startAwsServer } from '../support/aws-server.ts';
import { runCommand } from '../support/command-line.ts';
import { GoogleServer } from '../support/google-server.ts';
import { SpreadsheetModel } from '../support/google-spreadsheet.ts';
import { type S3Server, startS3Server } from '../support/s3-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { soundTabs, workbookOf } from '../support/workbook.ts';

/** Each check, sound and provoked once. */

const id = 'spreadsheet-under-test';
const of = (verdict: string, results: readonly { check: string; verdict: string }[]) =>
  results.filter((result) => result.verdict === verdict).map(({ check }) => check);

describe('the sheet', () => {
  let clock: VirtualClock;
  let google: GoogleServer;

  beforeEach(async () => {
    clock = new VirtualClock();
    google = await GoogleServer.start(clock);
    const model = SpreadsheetModel.of(workbookOf(soundTabs));
    model.addTab('確認結果', []);
    google.add(id, model);
  });
  afterEach(() => google[Symbol.asyncDispose]());

  const results = () =>
    checkSheet(
      { spreadsheetId: id, config: { kind: 'loopback', apiRoot: google.apiRoot } },
      { clock, random: () => 0 },
    );

  it('that is as it should be has nothing but good checks, by two requests that write nothing', async () => {
    const all = await results();
    expect(of('good', all)).toEqual([
      'google-credentials',
      'google-apis',
      'sheet-rights',
      'sheet-shared',
      'sheet-tabs',
      'sheet-protection',
    ]);
    expect(all).toHaveLength(6);
    expect(google.requests.map(({ kind }) => kind)).toEqual(['look', 'get']);
  });

  it.each<[check: string, verdict: string, provoke: () => void, message: RegExp, fix: RegExp]>([
    ['sheet-shared', 'wrong', () => google.alter(id, { role: 'none' }), /見つかりません|権限がありません/u, /共有|ID/u],
    ['sheet-shared', 'wrong', () => google.alter(id, { trashed: true }), /ゴミ箱/u, /元に戻す/u],
    [
      'sheet-shared',
      'wrong',
      () => google.alter(id, { mimeType: 'text/csv' }),
      /Googleスプレッドシートではありません/u,
      /保存/u,
    ],
    ['sheet-rights', 'attention', () => google.alter(id, { role: 'reader' }), /編集する権限がありません/u, /編集者/u],
    ['google-credentials', 'wrong', () => google.failAlways({ status: 401 }), /認証に失敗/u, /Workload Identity/u],
    [
      'google-apis',
      'wrong',
      () => google.failAlways({ status: 403, reason: 'SERVICE_DISABLED' }),
      /APIが有効になっていません/u,
      /Google Sheets API/u,
    ],
    ['google-answers', 'wrong', () => google.failAlways({ status: 503 }), /正しい応答がなく/u, /お待ちください/u],
    [
      'sheet-tabs',
      'attention',
      () => google.spreadsheet(id).removeTab('確認結果'),
      /足りません：確認結果/u,
      /sheet setup/u,
    ],
    [
      'sheet-protection',
      'attention',
      () => google.spreadsheet(id).lock('目標', null),
      /「目標」に、編集できない/u,
      /保護/u,
    ],
  ])('%s is %s where it is', async (check, verdict, provoke, message, fix) => {
    provoke();
    const found = (await results()).filter((result) => result.verdict !== 'good');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      check,
      verdict,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    });
  });
});

const topics = {
  staff: 'arn:aws:sns:us-east-1:000000000000:staff',
  operators: 'arn:aws:sns:us-east-1:000000000000:operators',
};
const parameter = '/mokuhyo/prod/google-credentials';
const federation = {
  type: 'external_account',
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/mokuhyo/providers/mokuhyo-aws',
  subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
  token_url: 'https://sts.googleapis.com/v1/token',
  service_account_impersonation_url:
    'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/mokuhyo-sheet@example.iam.gserviceaccount.com:generateAccessToken',
  credential_source: { environment_id: 'aws1' },
};
const lambda = { State: 'Active', LastUpdateStatus: 'Successful', Runtime: 'nodejs24.x' };

const soundAccount = (): AwsAccount => ({
  stack: {
    status: 'UPDATE_COMPLETE',
    outputs: {
      SiteAddress: 'https://goals.example.jp/',
      DnsTarget: 'd111111abcdef8.cloudfront.net',
      StateLocation: 's3://state',
      SiteLocation: 's3://site/goals/',
      StaffTopicArn: topics.staff,
      OperatorTopicArn: topics.operators,
    },
  },
  functions: {
    'mokuhyo-prod-poll': lambda,
    'mokuhyo-prod-publish': { ...lambda, Environment: { Variables: { GOOGLE_CREDENTIALS_PARAMETER: parameter } } },
  },
  schedules: {
    'mokuhyo-prod-poll': { State: 'ENABLED', ScheduleExpression: 'rate(10 minutes)' },
    'mokuhyo-prod-nightly': { State: 'ENABLED', ScheduleExpression: 'cron(0 4 * * ? *)' },
  },
  parameters: { [parameter]: JSON.stringify(federation) },
  subscriptions: { [topics.staff]: [`${topics.staff}:1`], [topics.operators]: [`${topics.operators}:1`] },
  authenticated: [`${topics.staff}:1`, `${topics.operators}:1`],
  identities: {},
  ses: { ProductionAccessEnabled: true, SendingEnabled: true },
  refusal: null,
});

describe('the deployment', () => {
  let aws: AwsServer;
  let s3: S3Server;
  let world: DeploymentWorld;
  const now = new Date('2026-04-02T00:00:00Z');
  const record = (upToDateAt: string | null, change: Record<string, unknown> = {}) => {
    const text = JSON.stringify({
      schemaVersion: 1,
      at: '2026-04-01T19:00:00Z',
      reason: 'nightly',
      outcome: 'unchanged',
      release: null,
      upToDateAt,
      counts: { error: 0, warning: 0, notice: 0 },
      held: [],
      told: [],
      mail: null,
      ...change,
    });
    put('state/report.json', text);
  };
  const put = (key: string, text: string) => {
    const headers = { contentType: 'application/json', cacheControl: 'no-store' };
    s3.objects.set(key, { body: Buffer.from(text), etag: '"1"', checksum: null, ...headers });
  };

  beforeEach(async () => {
    aws = await startAwsServer(soundAccount());
    s3 = await startS3Server({ buckets: ['site', 'state'] });
    world = {
      resolveCname: async () => ['d111111abcdef8.cloudfront.net'],
      fetchPage: async () => ({ status: 200 }),
      certificateEnd: async () => new Date('2026-09-01T00:00:00Z'),
    };
    record('2026-04-01T19:00:00Z');
    put('site/goals/index.html', '<p>目標</p>');
    const environment = {
      AWS_ENDPOINT_URL: aws.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_MAX_ATTEMPTS: '1',
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await aws[Symbol.asyncDispose]();
    await s3[Symbol.asyncDispose]();
  });

  const results = () => checkDeployment({ stage: 'prod', now }, world);

  it('that has found nothing new for many nights is as it should be: such a night writes nothing down', async () => {
    record('2026-01-05T19:00:00Z');
    expect(of('wrong', await results())).toEqual([]);
  });

  it('that is as it should be has nothing but good checks', async () => {
    const all = await results();
    expect(of('good', all)).toEqual([
      'stack',
      'function-poll',
      'function-publish',
      'google-credentials-parameter',
      'schedule-poll',
      'schedule-nightly',
      'subscribers-staff',
      'subscribers-operators',
      'site-up-to-date',
      'state-bucket',
      'site-bucket',
      'dns',
      'site',
      'certificate',
    ]);
    expect(all).toHaveLength(14);
    expect(s3.log.every((line) => line.startsWith('GET '))).toBe(true);
  });

  const remindedBy = (identities: Record<string, boolean>, webhook = '') => {
    const Variables = {
      GOOGLE_CREDENTIALS_PARAMETER: parameter,
      REMINDER_SENDER: 'goals@mail.city.example.jp',
      REMINDER_WEBHOOK_PARAMETER: webhook === '' ? '' : '/mokuhyo/prod/webhook',
    };
    aws.account.functions['mokuhyo-prod-publish'] = { ...lambda, Environment: { Variables } };
    aws.account.identities = identities;
    if (webhook !== '') aws.account.parameters['/mokuhyo/prod/webhook'] = webhook;
  };

  it('that reminds departments is asked whether it can', async () => {
    remindedBy({ 'city.example.jp': true }, 'https://hooks.example.com/hush');
    const all = await results();
    expect(of('good', all)).toEqual(
      expect.arrayContaining(['reminder-sender', 'reminder-account', 'webhook-parameter']),
    );
    expect(of('wrong', all)).toEqual([]);
    expect(JSON.stringify(all)).not.toMatch(/hush|goals@/u);
  });

  const stackIs = (status: string) => {
    if (aws.account.stack) aws.account.stack.status = status;
  };
  const failing = (code: string) => () =>
    Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code } }));
  const changeFunction = (change: Record<string, unknown>) => {
    aws.account.functions['mokuhyo-prod-poll'] = { ...lambda, ...change };
  };

  it.each<[check: string, verdict: string, what: string, provoke: () => void, message: RegExp, fix: RegExp]>([
    [
      'stack',
      'wrong',
      'not there',
      () => Object.assign(aws.account, { stack: null }),
      /デプロイされていません/u,
      /手順8/u,
    ],
    ['stack', 'wrong', 'half made', () => stackIs('ROLLBACK_COMPLETE'), /ROLLBACK_COMPLETE/u, /片付けて/u],
    ['stack', 'wrong', 'being made', () => stackIs('UPDATE_IN_PROGRESS'), /UPDATE_IN_PROGRESS/u, /待って/u],
    [
      'aws-credentials',
      'wrong',
      'out of date',
      () => Object.assign(aws.account, { refusal: 'ExpiredToken' }),
      /ログインできていません/u,
      /CloudShell/u,
    ],
    [
      'stack',
      'wrong',
      'not to be seen',
      () => Object.assign(aws.account, { refusal: 'AccessDenied' }),
      /権限がありません/u,
      /ReadOnlyAccess/u,
    ],
    [
      'stack',
      'wrong',
      'not answered',
      () => Object.assign(aws.account, { refusal: 'InternalFailure' }),
      /答えがありません（InternalFailure）/u,
      /しばらく待って/u,
    ],
    [
      'aws-region',
      'wrong',
      'not said',
      () => {
        vi.stubEnv('AWS_REGION', undefined);
        vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
      },
      /リージョンが決まっていません/u,
      /AWS_REGION/u,
    ],
    [
      'function-poll',
      'wrong',
      'not active',
      () => changeFunction({ State: 'Inactive' }),
      /動く状態ではありません/u,
      /手順8/u,
    ],
    [
      'function-poll',
      'attention',
      'of an older runtime',
      () => changeFunction({ Runtime: 'nodejs22.x' }),
      /nodejs22/u,
      /手順8/u,
    ],
    [
      'function-poll',
      'wrong',
      'gone',
      () => Reflect.deleteProperty(aws.account.functions, 'mokuhyo-prod-poll'),
      /あるはずのものがありません/u,
      /もう一度デプロイ/u,
    ],
    [
      'reminder-sender',
      'wrong',
      'known to SES, and not verified',
      () => remindedBy({ 'goals@mail.city.example.jp': false, 'city.example.jp': true }),
      /検証されていません/u,
      /部署に送る/u,
    ],
    ['reminder-sender', 'wrong', 'not known to SES', () => remindedBy({}), /検証されていません/u, /検証して/u],
    [
      'reminder-account',
      'attention',
      'in the sandbox',
      () => {
        remindedBy({ 'city.example.jp': true });
        aws.account.ses.ProductionAccessEnabled = false;
      },
      /サンドボックス/u,
      /申請/u,
    ],
    [
      'reminder-account',
      'wrong',
      'paused',
      () => {
        remindedBy({ 'city.example.jp': true });
        aws.account.ses.SendingEnabled = false;
      },
      /止められている/u,
      /SES/u,
    ],
    [
      'webhook-parameter',
      'wrong',
      'an address inside',
      () => remindedBy({ 'city.example.jp': true }, 'https://10.0.0.1/hush'),
      /送ってよいアドレスではありません/u,
      /https/u,
    ],
    [
      'google-credentials-parameter',
      'wrong',
      'missing',
      () => Object.assign(aws.account, { parameters: {} }),
      /認証情報を読めません/u,
      /手順6/u,
    ],
    [
      'google-credentials-parameter',
      'wrong',
      'no credentials',
      () => Object.assign(aws.account.parameters, { [parameter]: '{"secret":"hush"}' }),
      /読める内容ではありません/u,
      /手順6/u,
    ],
    [
      'google-credentials-parameter',
      'attention',
      'made for EC2',
      () =>
        Object.assign(aws.account.parameters, {
          [parameter]: JSON.stringify({ ...federation, credential_source: { region_url: 'http://169.254.169.254' } }),
        }),
      /EC2のための項目/u,
      /手順4/u,
    ],
    [
      'schedule-nightly',
      'wrong',
      'disabled',
      () => Object.assign(aws.account.schedules['mokuhyo-prod-nightly'] ?? {}, { State: 'DISABLED' }),
      /夜間の公表の予定が止められています/u,
      /Scheduler/u,
    ],
    [
      'schedule-poll',
      'wrong',
      'gone',
      () => Reflect.deleteProperty(aws.account.schedules, 'mokuhyo-prod-poll'),
      /ありません/u,
      /デプロイ/u,
    ],
    [
      'subscribers-staff',
      'wrong',
      'not confirmed',
      () => Object.assign(aws.account.subscriptions, { [topics.staff]: ['PendingConfirmation'] }),
      /職員へのメールを、だれも受け取れません/u,
      /手順9/u,
    ],
    [
      'subscribers-operators',
      'attention',
      'to be ended by anybody',
      () => Object.assign(aws.account, { authenticated: [`${topics.staff}:1`] }),
      /運用担当へのメール.*だれでも押せる/u,
      /もう一度確認/u,
    ],
    [
      'site-up-to-date',
      'wrong',
      'owed',
      () => record('2026-03-30T19:00:00Z', { outcome: 'failed', owed: true }),
      /^53時間、/u,
      /サイトが古い/u,
    ],
    [
      'state-bucket',
      'wrong',
      'that may be made public',
      () => s3.configurations.set('publicAccessBlock', null),
      /公開が、禁じられていません/u,
      /手順8/u,
    ],
    [
      'state-bucket',
      'wrong',
      'that may be made public by a policy',
      () =>
        s3.configurations.set(
          'publicAccessBlock',
          '<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>',
        ),
      /公開が、禁じられていません/u,
      /手順8/u,
    ],
    [
      'state-bucket',
      'attention',
      'without versions',
      () => s3.configurations.set('versioning', '<VersioningConfiguration></VersioningConfiguration>'),
      /前の版が残りません/u,
      /手順8/u,
    ],
    [
      'site-up-to-date',
      'wrong',
      'never',
      () => s3.objects.delete('state/report.json'),
      /一度も公表できていません/u,
      /手順10/u,
    ],
    [
      'site-bucket',
      'wrong',
      'empty',
      () => s3.objects.delete('site/goals/index.html'),
      /ページがありません/u,
      /手順10/u,
    ],
    [
      'site-bucket',
      'wrong',
      'not to be read',
      () => s3.fail({ kind: 'forbidden', path: /^site\/goals\/index/u, times: 9 }),
      /サイトの置き場を読めません/u,
      /./u,
    ],
    [
      'dns',
      'wrong',
      'missing',
      () => {
        world = { ...world, resolveCname: () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) };
      },
      /goals\.example\.jp がDNSにありません/u,
      /d111111abcdef8\.cloudfront\.net に向ける/u,
    ],
    [
      'dns',
      'wrong',
      'elsewhere',
      () => {
        world = { ...world, resolveCname: async () => ['old.example.jp'] };
      },
      /old\.example\.jp/u,
      /CNAME/u,
    ],
    [
      'site',
      'wrong',
      'forbidden',
      () => {
        world = { ...world, fetchPage: async () => ({ status: 403 }) };
      },
      /状態 403/u,
      /手順10/u,
    ],
    [
      'site',
      'wrong',
      'silent',
      () => {
        world = { ...world, fetchPage: failing('ECONNREFUSED') };
      },
      /返事がありません.*ECONNREFUSED/u,
      /CloudFront/u,
    ],
    [
      'certificate',
      'wrong',
      'of another name',
      () => {
        world = { ...world, fetchPage: failing('ERR_TLS_CERT_ALTNAME_INVALID') };
      },
      /証明書が正しくありません/u,
      /us-east-1/u,
    ],
  ])('%s is %s where it is %s', async (check, verdict, _, provoke, message, fix) => {
    provoke();
    const all = await results();
    const found = all.filter((result) => result.verdict !== 'good');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      check,
      verdict,
      message: expect.stringMatching(message),
      fix: expect.stringMatching(fix),
    });
    expect(JSON.stringify(all)).not.toContain('hush');
  });

  it('looks at how long the certificate lasts: three weeks are enough, less are something to do', async () => {
    const found = async (end: string) => {
      world = { ...world, certificateEnd: async () => new Date(end) };
      return (await results()).filter(({ check }) => check === 'certificate');
    };
    const [soon] = await found(new Date(now.getTime() + 20.5 * 86_400_000).toISOString());
    expect(soon).toMatchObject({
      verdict: 'attention',
      message: expect.stringMatching(/期限が近づいています（.*あと20日）/u),
    });
    expect(soon?.fix).toMatch(/us-east-1 で、goals\.example\.jp の証明書/u);
    expect(await found(new Date(now.getTime() + 21.5 * 86_400_000).toISOString())).toMatchObject([{ verdict: 'good' }]);
    world = { ...world, certificateEnd: () => Promise.reject(new Error('no answer')) };
    expect((await results()).filter(({ check }) => check === 'certificate')).toMatchObject([{ verdict: 'attention' }]);
  });

  it('has an alias in the place of a name for another: then the page itself is what counts', async () => {
    world = { ...world, resolveCname: () => Promise.reject(Object.assign(new Error('none'), { code: 'ENODATA' })) };
    expect(of('wrong', await results())).toEqual([]);
  });

  it('by the command: a line for each check, and the status of the worst', async () => {
    // An address of this machine, where nothing answers: the site is the one thing that is wrong.
    if (aws.account.stack)
      aws.account.stack.outputs = { ...aws.account.stack.outputs, SiteAddress: 'http://127.0.0.1:9/' };
    Reflect.deleteProperty(aws.account.stack?.outputs ?? {}, 'DnsTarget');
    const { status, out } = await runCommand(['doctor', '--stage', 'prod'], { now });
    expect(status).toBe(3);
    expect(out.match(/^[○△×] /gmu)).toHaveLength(12);
    expect(out).toMatch(/^× サイトから返事がありません[^\n]*\n {2}→ DNSの設定/mu);
  });
});

describe('the command', () => {
  it('says by its status what is the worst: 0 all good, 1 something to look at, 3 something wrong', async () => {
    await using google = await GoogleServer.start(new VirtualClock());
    const model = SpreadsheetModel.of(workbookOf(soundTabs));
    model.addTab('確認結果', []);
    google.add(id, model);
    const env = { GOOGLE_API_ROOT: google.apiRoot };
    const run = () => runCommand(['doctor', '--spreadsheet', id, '--json'], { env });
    const sound = await run();
    expect(sound.status).toBe(0);
    const schema = z.strictObject({
      ok: z.boolean(),
      checks: z.array(
        z.strictObject({ check: z.string(), verdict: z.string(), message: z.string(), fix: z.string().nullable() }),
      ),
    });
    expect(schema.parse(JSON.parse(sound.out)).ok).toBe(true);
    google.alter(id, { role: 'reader' });
    expect((await run()).status).toBe(1);
    google.alter(id, { role: 'none' });
    const refused = await run();
    expect(refused.status).toBe(3);
    expect(schema.parse(JSON.parse(refused.out)).ok).toBe(false);
  });

  it('says where there is no login, as a check that is wrong and not as a wrong call', async () => {
    const { status, out } = await runCommand(['doctor', '--spreadsheet', id], { env: { HOME: '/nowhere' } });
    expect(status).toBe(3);
    expect(out).toContain('× ');
    expect(out).toContain('手順3');
  });

  it.each([
    [[], '--spreadsheet / --stage'],
    [['--stage', 'Prod!'], 'Prod!'],
    [['--spreadsheet', '?'], 'スプレッドシートのID'],
  ])('is refused with %j', async (more, message) => {
    const { status, told } = await runCommand(['doctor', ...more]);
    expect(status).toBe(2);
    expect(told).toContain(message);
  });
});
