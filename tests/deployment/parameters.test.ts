import { describe, expect, it } from 'vitest';
import { parameterProblems } from '../../deploy/parameters.ts';

const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/0b1c2d3e-0000-4000-8000-000000000000';
const right = {
  stage: 'prod',
  region: 'ap-northeast-1',
  spreadsheetId: '1AbCdEfGhIjKlMnOp',
  googleCredentialsParameter: '/mokuhyo/prod/google-credentials',
  staffEmail: 'staff@example.jp',
  operatorEmail: 'operator@example.jp',
  website: false,
  domain: '',
  certificateArn: '',
  sitePrefix: '',
  pollSchedule: 'cron(* 8-18 ? * MON-FRI *)',
  pollNightSchedule: 'cron(0/10 0-7,19-23 ? * MON-FRI *)',
  pollWeekendSchedule: 'cron(0/10 * ? * SAT,SUN *)',
  nightlySchedule: 'cron(0 4 * * ? *)',
  reminderDays: 7,
  reminderSender: '',
  reminderIdentity: '',
  reminderWebhookParameter: '',
  logRetentionDays: 90,
};

const brokenBy = (change: Readonly<Record<string, unknown>>): string[] =>
  parameterProblems({ ...right, ...change }).map(({ parameter }) => parameter);

describe('parameters', () => {
  it.each([
    {},
    { domain: 'goals.example.jp', certificateArn: certificate },
    { domain: 'goals.example.jp', website: true },
    { sitePrefix: 'goals/' },
    { sitePrefix: 'city/goals/' },
    { pollSchedule: 'rate(10 minutes)' },
    { reminderSender: 'goals@city.example.jp', reminderIdentity: 'goals@city.example.jp' },
    {
      reminderSender: 'goals@city.example.jp',
      reminderIdentity: 'city.example.jp',
      reminderWebhookParameter: '/mokuhyo/prod/webhook',
    },
    { stage: 'dev', googleCredentialsParameter: '/mokuhyo/dev/google' },
  ])('%o are packaged', (change) => {
    expect(brokenBy(change)).toEqual([]);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['stage', { stage: 'Prod', googleCredentialsParameter: '/mokuhyo/Prod/x' }],
    ['stage', { stage: 'prod-2', googleCredentialsParameter: '/mokuhyo/prod-2/x' }],
    ['stage', { stage: 'github', googleCredentialsParameter: '/mokuhyo/github/x' }],
    ['region', { region: 'tokyo' }],
    ['spreadsheetId', { spreadsheetId: '' }],
    ['spreadsheetId', { spreadsheetId: 'https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOp/edit' }],
    ['staffEmail', { staffEmail: '' }],
    ['staffEmail', { staffEmail: 'a@example.jp, b@example.jp' }],
    ['operatorEmail', { operatorEmail: 'nobody' }],
    ['googleCredentialsParameter', { googleCredentialsParameter: 'google-credentials' }],
    ['googleCredentialsParameter', { googleCredentialsParameter: '/mokuhyo/dev/google-credentials' }],
    ['website', { website: 'yes' }],
    ['domain', { domain: 'https://goals.example.jp', certificateArn: certificate }],
    ['domain', { domain: 'Goals.example.jp', certificateArn: certificate }],
    [
      'reminderSender',
      { reminderSender: '目標 <goals@city.example.jp>', reminderIdentity: '目標 <goals@city.example.jp>' },
    ],
    ['reminderIdentity', { reminderSender: 'goals@city.example.jp', reminderIdentity: '' }],
    ['reminderIdentity', { reminderSender: 'goals@city.example.jp', reminderIdentity: 'ity.example.jp' }],
    ['reminderWebhookParameter', { reminderWebhookParameter: '/mokuhyo/prod/webhook' }],
    [
      'reminderWebhookParameter',
      {
        reminderSender: 'goals@city.example.jp',
        reminderIdentity: 'city.example.jp',
        reminderWebhookParameter: 'https://hooks.example/secret',
      },
    ],
    ['certificateArn', { domain: 'goals.example.jp' }],
    ['certificateArn', { certificateArn: certificate }],
    [
      'certificateArn',
      { domain: 'goals.example.jp', certificateArn: certificate.replace('us-east-1', 'ap-northeast-1') },
    ],
    ['sitePrefix', { sitePrefix: 'goals' }],
    ['sitePrefix', { sitePrefix: '/goals/' }],
    ['pollSchedule', { pollSchedule: 'cron(0/10 8-18 * * MON-FRI)' }],
    ['pollNightSchedule', { pollNightSchedule: 'at night' }],
    ['nightlySchedule', { nightlySchedule: '4:00' }],
    ['reminderDays', { reminderDays: 'weekly' }],
    ['logRetentionDays', { logRetentionDays: 100 }],
  ])('a wrong %s is refused: %o', (parameter, change) => {
    expect(brokenBy(change)).toEqual([parameter]);
  });

  const ofSites = { stage: 'prod', domain: '', certificateArn: certificate };

  it.each(['', 'goals.kawa.example.jp=kawa', 'goals.kawa.example.jp=kawa/\n  goals.umi.example.jp=ken/umi'])(
    'of many cities are packaged with the host names %j',
    (hosts) => {
      expect(parameterProblems({ ...ofSites, hosts, ...(hosts === '' && { certificateArn: '' }) })).toEqual([]);
    },
  );

  it.each([
    'goals.kawa.example.jp',
    'https://goals.kawa.example.jp=kawa',
    'goals.kawa.example.jp=',
    'goals.kawa.example.jp=/kawa',
    'goals.kawa.example.jp=../umi',
    'goals.kawa.example.jp=kawa//umi',
    'goals.kawa.example.jp=kawa goals.kawa.example.jp=umi',
    'goals.kawa.example.jp=kawa www.kawa.example.jp=kawa',
    Array.from({ length: 100 }, (_, index) => `g${index}.example.jp=k${index}`).join(' '),
  ])('of many cities are refused with the host names %j', (hosts) => {
    expect(parameterProblems({ ...ofSites, hosts }).map(({ parameter }) => parameter)).toEqual(['hosts']);
  });

  it('of many cities need a certificate where there are host names', () => {
    const problems = parameterProblems({ ...ofSites, certificateArn: '', hosts: 'goals.kawa.example.jp=kawa' });
    expect(problems.map(({ parameter }) => parameter)).toEqual(['hosts']);
  });

  it('are all refused at once, each with a sentence', () => {
    const problems = parameterProblems({ ...right, sitePrefix: 'goals', domain: 'goals.example.jp', staffEmail: '' });
    expect(problems.map(({ parameter }) => parameter)).toEqual(['staffEmail', 'certificateArn', 'sitePrefix']);
    for (const { ja } of problems) expect(ja).toMatch(/^[^a-z]*.*。$/u);
  });
});
