import { spreadsheetId } from '../lib/sources/google/google-config.ts';

/**
 * Looks at the parameters of serverless.yml before anything is packaged. Without it some wrong values would be packaged, and AWS would
 * refuse them minutes later, in words that lead nowhere; or worse, take them.
 */

/** A sentence in Japanese, and the same in English. */
export interface ParameterProblem {
  readonly parameter: string;
  readonly ja: string;
  readonly en: string;
}

/**
 * The host names that cities have for themselves, as the parameter `hosts` of serverless-sites.yml says them: `goals.kawa.example.jp=kawa`, with
 * white space between two.
 *
 * @returns the folder of each host name, without a slash at its end
 */
export function hostsOf(text: string): Record<string, string> {
  const entries = text.split(/\s+/u).filter((entry) => entry !== '');
  return Object.fromEntries(
    entries.map((entry) => {
      const [host = '', folder = ''] = entry.split(/=(.*)/su);
      return [host, folder.replace(/\/$/u, '')];
    }),
  );
}

/** Host names that CloudFront takes for one distribution, where nothing else was agreed with AWS. */
const mostHosts = 100;
/** Letters that are left for them in a viewer-request function of 10 kB. */
const longestHosts = 5_500;

type Values = Readonly<Record<string, unknown>>;
type Rule = (values: Readonly<Record<string, string>>) => boolean;

/** Days for which CloudWatch can keep a log. */
const retentionDays = '1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653'.split(' ');

const isMail = (text: string): boolean => /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/u.test(text);
const isHost = (text: string): boolean =>
  /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/u.test(text);
/** Whether an address is of a domain, or of one under it. */
const isUnder = (address: string, domain: string): boolean =>
  address.endsWith(`@${domain}`) || address.endsWith(`.${domain}`);
const isSchedule = (text: string): boolean =>
  /^cron\((?:\S+ ){5}\S+\)$|^rate\([1-9]\d* (?:minute|hour|day)s?\)$/u.test(text);

function areHosts(text: string): boolean {
  const entries = text.split(/\s+/u).filter((entry) => entry !== '');
  const hosts = Object.entries(hostsOf(text));
  return (
    hosts.length === entries.length &&
    new Set(hosts.map(([, folder]) => folder)).size === hosts.length &&
    hosts.length < mostHosts &&
    text.length <= longestHosts &&
    // The folder as the schema of sites.json takes it.
    hosts.every(([host, folder]) => isHost(host) && /^(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*$/u.test(folder))
  );
}

/** What each parameter must be: the rule, and what to say where it is broken. */
const rules: readonly (ParameterProblem & { readonly holds: Rule })[] = [
  {
    parameter: 'stage',
    holds: ({ stage = '' }) => /^[a-z][a-z0-9]{0,15}$/u.test(stage) && stage !== 'github',
    ja: 'ステージの名前（--stage）は、英小文字で始まる16文字までの英小文字と数字にしてください（例：prod）。github は使えません。',
    en: 'The stage (--stage) is up to 16 small letters and digits, a letter first; not github.',
  },
  {
    parameter: 'region',
    holds: ({ region = '' }) => /^[a-z]{2}-[a-z]+-\d$/u.test(region),
    ja: 'リージョンの名前を確かめてください（例：ap-northeast-1）。',
    en: 'The region is a name such as ap-northeast-1.',
  },
  {
    parameter: 'spreadsheetId',
    holds: ({ spreadsheetId: id = '' }) => spreadsheetId(id) === id,
    ja: '環境変数 SPREADSHEET_ID に、スプレッドシートのID（アドレスの /d/ と /edit の間）だけを入れてください。',
    en: 'SPREADSHEET_ID is the part of the address between /d/ and /edit, and nothing else.',
  },
  {
    parameter: 'staffEmail',
    holds: ({ staffEmail = '' }) => isMail(staffEmail),
    ja: '環境変数 STAFF_EMAIL に、職員の方へのお知らせを受け取るメールアドレスを1つ入れてください。',
    en: 'STAFF_EMAIL is one mail address, for the staff.',
  },
  {
    parameter: 'operatorEmail',
    holds: ({ operatorEmail = '' }) => isMail(operatorEmail),
    ja: '環境変数 OPERATOR_EMAIL に、警報を受け取るメールアドレスを1つ入れてください。',
    en: 'OPERATOR_EMAIL is one mail address, for the alarms.',
  },
  {
    parameter: 'googleCredentialsParameter',
    holds: ({ googleCredentialsParameter: name = '', stage = '' }) =>
      name.startsWith(`/mokuhyo/${stage}/`) && /^(?:\/[\w.-]+){3,15}$/u.test(name),
    ja: 'googleCredentialsParameter は、/mokuhyo/ステージ/ で始まる名前にしてください（例：/mokuhyo/prod/google-credentials）。ほかの名前のパラメータは、関数から読めません。',
    en: 'googleCredentialsParameter begins with /mokuhyo/STAGE/: the functions may read no other.',
  },
  {
    parameter: 'website',
    holds: ({ website = '' }) => website === 'true' || website === 'false',
    ja: 'website は、true か false にしてください。',
    en: 'website is true or false.',
  },
  {
    parameter: 'domain',
    holds: ({ domain = '' }) => domain === '' || isHost(domain),
    ja: 'domain には、ホスト名だけを英小文字で入れてください（例：goals.example.jp）。https:// や / は付けません。',
    en: 'domain is a host name alone, in small letters, without https:// and without a slash.',
  },
  {
    parameter: 'certificateArn',
    holds: ({ domain = '', website = '', certificateArn = '' }) =>
      domain === '' || website === 'true' || certificateArn !== '',
    ja: 'domain を使うには、そのホスト名の証明書も必要です。AWS Certificate Manager の us-east-1 で証明書を作り、そのARNを certificateArn に入れてください。',
    en: 'A domain needs its certificate: make one in AWS Certificate Manager in us-east-1, and give its ARN as certificateArn.',
  },
  {
    parameter: 'certificateArn',
    holds: ({ certificateArn = '' }) =>
      certificateArn === '' || /^arn:[\w-]+:acm:us-east-1:\d{12}:certificate\/[\w-]+$/u.test(certificateArn),
    ja: 'certificateArn には、us-east-1 で作った証明書のARN（arn:aws:acm:us-east-1:…）を入れてください。ほかのリージョンの証明書を、CloudFrontは使えません。',
    en: 'certificateArn is the ARN of a certificate in us-east-1: CloudFront takes no other.',
  },
  {
    parameter: 'certificateArn',
    holds: ({ domain = '', hosts = '', website = '', certificateArn = '' }) =>
      certificateArn === '' || ((domain !== '' || hosts !== '') && website !== 'true'),
    ja: 'certificateArn は、domain と一緒に、CloudFrontで公開するとき（website: false）にだけ使います。',
    en: 'certificateArn goes with a domain, and with CloudFront (website: false).',
  },
  {
    parameter: 'hosts',
    holds: ({ hosts = '' }) => areHosts(hosts),
    ja: `hosts は、市が自分のホスト名を使うとき、ホスト名=フォルダー（例：goals.kawa.example.jp=kawa）を空白で区切って並べます。同じホスト名とフォルダーは1度だけで、${mostHosts - 1}までです。`,
    en: `hosts names host names with their folders (goals.kawa.example.jp=kawa), with spaces between them, each once, ${mostHosts - 1} at most.`,
  },
  {
    parameter: 'hosts',
    holds: ({ hosts = '', certificateArn = '' }) => hosts === '' || certificateArn !== '',
    ja: 'hosts を使うには、そのホスト名のすべてを含む証明書が必要です。us-east-1 で作り、そのARNを certificateArn に入れてください。',
    en: 'Host names of cities need one certificate with all of them, made in us-east-1: give its ARN as certificateArn.',
  },
  {
    parameter: 'sitePrefix',
    holds: ({ sitePrefix = '' }) => /^(?:[a-z0-9][\w.-]*\/)*$/iu.test(sitePrefix),
    ja: 'sitePrefix は、goals/ のように最後に / を付けてください。最初には付けません。使わないときは空にします。',
    en: 'sitePrefix ends with a slash and does not begin with one (goals/), or is empty.',
  },
  ...(['pollSchedule', 'pollNightSchedule', 'pollWeekendSchedule', 'nightlySchedule'] as const).map((parameter) => ({
    parameter,
    holds: (values: Readonly<Record<string, string>>) => isSchedule(values[parameter] ?? ''),
    ja: `${parameter} は、cron(分 時 日 月 曜日 年) の6つの項目か、rate(10 minutes) の形にしてください。`,
    en: `${parameter} is cron(…) with six fields, or rate(…).`,
  })),
  {
    parameter: 'mailFrom',
    holds: ({ mailFrom = '' }) => mailFrom === '' || isMail(mailFrom),
    ja: '環境変数 MAIL_FROM に、お知らせの差出人にするメールアドレスを1つ入れてください。メールを送らないときは空にします。',
    en: 'MAIL_FROM is one mail address, the sender of the mails, or empty.',
  },
  ...(['workConcurrency', 'nightConcurrency'] as const).map((parameter) => ({
    parameter,
    holds: (values: Readonly<Record<string, string>>) => /^(?:[2-9]|[1-9]\d{1,2})$/u.test(values[parameter] ?? ''),
    ja: `${parameter} は、2から999までの数にしてください。`,
    en: `${parameter} is a number, 2 to 999.`,
  })),
  {
    parameter: 'reminderDays',
    holds: ({ reminderDays = '' }) => /^\d{1,3}$/u.test(reminderDays),
    ja: 'reminderDays は、0から999までの日数にしてください。',
    en: 'reminderDays is a number of days, 0 to 999.',
  },
  {
    parameter: 'reminderSender',
    holds: ({ reminderSender = '' }) => reminderSender === '' || isMail(reminderSender),
    ja: '環境変数 REMINDER_SENDER に、締切のお知らせの差出人のメールアドレスを1つ入れてください。送らないときは空にします。',
    en: 'REMINDER_SENDER is one mail address, or empty.',
  },
  {
    parameter: 'reminderIdentity',
    holds: ({ reminderSender = '', reminderIdentity = '' }) =>
      reminderIdentity === reminderSender || (isHost(reminderIdentity) && isUnder(reminderSender, reminderIdentity)),
    ja: 'reminderIdentity には、SESで検証したもの（差出人のアドレスそのものか、そのドメイン。例：city.example.jp）を入れてください。',
    en: 'reminderIdentity is what was verified in SES: the sender itself, or its domain.',
  },
  {
    parameter: 'reminderWebhookParameter',
    holds: ({ reminderWebhookParameter: name = '', stage = '' }) =>
      name === '' || (name.startsWith(`/mokuhyo/${stage}/`) && /^(?:\/[\w.-]+){3,15}$/u.test(name)),
    ja: 'reminderWebhookParameter は、/mokuhyo/ステージ/ で始まる名前にしてください（例：/mokuhyo/prod/webhook）。アドレスそのものは書かないでください。',
    en: 'reminderWebhookParameter begins with /mokuhyo/STAGE/: the name of a parameter, never the address itself.',
  },
  {
    parameter: 'reminderWebhookParameter',
    holds: ({ reminderSender = '', reminderWebhookParameter: name = '' }) => name === '' || reminderSender !== '',
    ja: 'reminderWebhookParameter は、REMINDER_SENDER と一緒に使います。',
    en: 'reminderWebhookParameter goes with REMINDER_SENDER.',
  },
  {
    parameter: 'logRetentionDays',
    holds: ({ logRetentionDays = '' }) => retentionDays.includes(logRetentionDays),
    ja: `logRetentionDays は、次のどれかにしてください：${retentionDays.join('、')}。`,
    en: `logRetentionDays is one of ${retentionDays.join(', ')}.`,
  },
];

/**
 * Every rule that the parameters break; all of them at once. A parameter that a deployment does not have is not asked for: many cities in
 * one deployment have no sheet in common.
 */
export function parameterProblems(values: Values): ParameterProblem[] {
  const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value ?? '').trim()]));
  return rules
    .filter(({ parameter, holds }) => Object.hasOwn(values, parameter) && !holds(texts))
    .map(({ parameter, ja, en }) => ({ parameter, ja, en }));
}
