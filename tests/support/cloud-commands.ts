import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import { parameterProblems } from '../../deploy/parameters.ts';
import { parseCommandArguments } from '../../lib/cli/args.ts';
import { commands } from '../../lib/cli/commands.ts';
import { wordsFor } from '../../lib/cli/words.ts';
import { sdkInput } from './sdk-input.ts';

/**
 * Stands in for `gcloud`, `aws`, `git`, `npm` and `npx` while the commands of the documents are walked through: keeps what has been made so far,
 * and refuses ids, flags, values and an order that the real ones refuse. What it knows of flags is from AWS's own typings where they are here;
 * else from the reference of the command.
 */

/** What is there so far, in both clouds. */
export interface World {
  project: string | null;
  isConfigured: boolean;
  apis: string[];
  accounts: string[];
  tokenCreators: string[];
  login: string | null;
  /** By a person in the browser. */
  isShared: boolean;
  isSheetSetUp: boolean;
  pools: string[];
  providers: string[];
  trustedRoles: string[];
  stacks: Record<string, Record<string, string>>;
  parameters: string[];
  confirmed: string[];
  /** Addresses and domains that SES is to verify. */
  identities: string[];
  isPublished: boolean;
  isChecked: boolean;
  /** The list of cities of a deployment of many. */
  cities: Record<string, 'active' | 'paused'>;
}

export const emptyWorld: World = {
  project: null,
  isConfigured: false,
  apis: [],
  accounts: [],
  tokenCreators: [],
  login: null,
  isShared: false,
  isSheetSetUp: false,
  pools: [],
  providers: [],
  trustedRoles: [],
  stacks: {},
  parameters: [],
  confirmed: [],
  identities: [],
  isPublished: false,
  isChecked: false,
  cities: {},
};

class Refused extends Error {}

function must(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Refused(message);
}

/** Where a command is run, and with which variables. */
export interface Surroundings {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

interface Call extends Surroundings {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, readonly string[]>>;
}

/** Words, and flags with all that follows each. */
function callOf(argv: readonly string[], switches: readonly string[], surroundings: Surroundings): Call {
  const words: string[] = [];
  const flags: Record<string, string[]> = {};
  for (let index = 0; index < argv.length; index += 1) {
    const [, name = '', inline] = /^--([\w-]+)(?:=([\s\S]*))?$/u.exec(argv[index] ?? '') ?? [];
    if (name === '') {
      words.push(argv[index] ?? '');
      continue;
    }
    must(flags[name] === undefined || name === 'exclude', `--${name} is given twice`);
    const values = inline === undefined ? [] : [inline];
    while (
      inline === undefined &&
      !switches.includes(name) &&
      index + 1 < argv.length &&
      !argv[index + 1]?.startsWith('--')
    ) {
      if (values.length > 0 && name !== 'parameter-overrides') break;
      index += 1;
      values.push(argv[index] ?? '');
    }
    flags[name] = [...(flags[name] ?? []), ...values];
  }
  return { words, flags, ...surroundings };
}

/** A file as the command names it. */
const fileAt = ({ cwd }: Surroundings, name: string): string => path.resolve(cwd, name);

const one = ({ flags }: Call, name: string): string => {
  const value = flags[name]?.[0] ?? '';
  must(value !== '', `--${name} has no value`);
  return value;
};

function onlyFlags({ flags }: Call, required: readonly string[], optional: readonly string[] = []): void {
  for (const name of Object.keys(flags)) must([...required, ...optional].includes(name), `unknown flag --${name}`);
  for (const name of required) must(flags[name] !== undefined, `--${name} is required`);
}

const accountAddress = (world: World, name: string) => `${name}@${world.project}.iam.gserviceaccount.com`;
const projectNumber = '123456789012';
const apis = ['sheets', 'drive', 'iam', 'iamcredentials', 'sts'].map((name) => `${name}.googleapis.com`);

type Answer = string | undefined;
type GcloudCommand = (call: Call, world: World, rest: readonly string[]) => Answer;

const gcloudCommands: Readonly<Record<string, GcloudCommand>> = {
  'projects create': (call, world, [id = '']) => {
    onlyFlags(call, []);
    must(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/u.test(id), `project id ${id}`);
    world.project = id;
    return undefined;
  },
  'config set project': (call, world, [id]) => {
    onlyFlags(call, []);
    must(id === world.project, `no project ${id}`);
    world.isConfigured = true;
    return undefined;
  },
  'config get-value account': (call) => {
    onlyFlags(call, []);
    return 'admin@city.example.jp';
  },
  'projects describe': (call, world, [id]) => {
    onlyFlags(call, ['format']);
    must(id === world.project, `no project ${id}`);
    must(one(call, 'format') === 'value(projectNumber)', 'another format');
    return projectNumber;
  },
  'services enable': (call, world, names) => {
    onlyFlags(call, []);
    must(world.isConfigured, 'no project is set');
    for (const name of names) must(apis.includes(name), `no API ${name}`);
    world.apis.push(...names);
    return undefined;
  },
  'iam service-accounts create': (call, world, [name = '']) => {
    onlyFlags(call, [], ['display-name', 'description']);
    must(world.apis.includes('iam.googleapis.com'), 'the API iam is not enabled');
    must(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/u.test(name), `account id ${name}`);
    world.accounts.push(accountAddress(world, name));
    return undefined;
  },
  'iam service-accounts list': (call, world) => {
    onlyFlags(call, [], ['format']);
    return world.accounts.join('\n');
  },
  'iam service-accounts add-iam-policy-binding': (call, world, [account = '']) => {
    onlyFlags(call, ['role', 'member']);
    must(world.accounts.includes(account), `no account ${account}`);
    const member = one(call, 'member');
    if (one(call, 'role') === 'roles/iam.serviceAccountTokenCreator') {
      must(/^user:[^@\s]+@[^@\s]+$/u.test(member), `member ${member}`);
      world.tokenCreators.push(account);
      return undefined;
    }
    must(one(call, 'role') === 'roles/iam.workloadIdentityUser', `no role ${one(call, 'role')}`);
    const [, pool = '', role = ''] =
      /^principalSet:\/\/iam\.googleapis\.com\/(projects\/\d+\/locations\/global\/workloadIdentityPools\/[\w-]+)\/attribute\.aws_role\/([\w-]+)$/u.exec(
        member,
      ) ?? [];
    must(world.pools.includes(pool), `no pool for ${member}`);
    world.trustedRoles.push(role);
    return undefined;
  },
  'auth application-default login': (call, world) => {
    onlyFlags(call, ['impersonate-service-account']);
    const account = one(call, 'impersonate-service-account');
    must(world.tokenCreators.includes(account), `no right to make tokens for ${account}`);
    world.login = account;
    return undefined;
  },
  'iam workload-identity-pools create': (call, world, [id = '']) => {
    onlyFlags(call, ['location'], ['display-name', 'description']);
    must(/^(?!gcp-)[a-z0-9-]{4,32}$/u.test(id), `pool id ${id}`);
    must((call.flags['display-name']?.[0] ?? '').length <= 32, 'a display name of more than 32 letters');
    must(one(call, 'location') === 'global', 'location');
    world.pools.push(`projects/${projectNumber}/locations/global/workloadIdentityPools/${id}`);
    return undefined;
  },
  'iam workload-identity-pools providers create-aws': (call, world, [id = '']) => {
    onlyFlags(
      call,
      ['location', 'workload-identity-pool', 'account-id'],
      ['attribute-mapping', 'attribute-condition', 'display-name'],
    );
    must(/^(?!gcp-)[a-z0-9-]{4,32}$/u.test(id), `provider id ${id}: 4 to 32 characters`);
    const pool = `projects/${projectNumber}/locations/global/workloadIdentityPools/${one(call, 'workload-identity-pool')}`;
    must(world.pools.includes(pool), `no pool ${pool}`);
    must(/^\d{12}$/u.test(one(call, 'account-id')), 'account id');
    const mapped = one(call, 'attribute-mapping').split(/,(?=[a-z]+\.)/u);
    must(
      mapped.some((entry) => entry.startsWith('google.subject=')),
      'google.subject is not mapped',
    );
    for (const entry of mapped)
      must(/^(?:google\.subject|attribute\.[a-z0-9_]{1,100})=./u.test(entry), `mapping ${entry}`);
    const condition = one(call, 'attribute-condition');
    must(condition.length <= 4096, 'condition');
    for (const [, name = ''] of condition.matchAll(/attribute\.(\w+)/gu))
      must(
        mapped.some((entry) => entry.startsWith(`attribute.${name}=`)),
        `attribute.${name} is not mapped`,
      );
    world.providers.push(`${pool}/providers/${id}`);
    return undefined;
  },
  'iam workload-identity-pools create-cred-config': (call, world, [provider = '']) => {
    onlyFlags(call, ['aws', 'service-account', 'output-file'], ['enable-imdsv2']);
    must(world.providers.includes(provider), `no provider ${provider}`);
    must(world.accounts.includes(one(call, 'service-account')), 'no such account');
    const source = {
      environment_id: 'aws1',
      region_url: 'http://169.254.169.254/region',
      url: 'http://169.254.169.254/credentials',
      regional_cred_verification_url: 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
    };
    const content = {
      type: 'external_account',
      audience: `//iam.googleapis.com/${provider}`,
      credential_source: source,
    };
    writeFileSync(fileAt(call, one(call, 'output-file')), JSON.stringify(content));
    return undefined;
  },
  'iam service-accounts keys create': (call, world, [file = '']) => {
    onlyFlags(call, ['iam-account']);
    must(world.accounts.includes(one(call, 'iam-account')), 'no such account');
    writeFileSync(fileAt(call, file), '{"type":"service_account"}');
    return undefined;
  },
  'iam service-accounts keys list': (call, world) => {
    onlyFlags(call, ['iam-account'], ['managed-by']);
    must(world.accounts.includes(one(call, 'iam-account')), 'no such account');
    return undefined;
  },
  'iam service-accounts keys delete': (call, world, [key = '']) => {
    onlyFlags(call, ['iam-account']);
    must(/^[0-9a-f]{40}$/u.test(key), `key ${key}`);
    must(world.accounts.includes(one(call, 'iam-account')), 'no such account');
    return undefined;
  },
};

function gcloud(argv: readonly string[], world: World, here: Surroundings): Answer {
  const call = callOf(argv, ['aws', 'enable-imdsv2'], here);
  const names = Object.keys(gcloudCommands).sort((a, b) => b.length - a.length);
  const name = names.find((candidate) => `${call.words.join(' ')} `.startsWith(`${candidate} `));
  must(name !== undefined, `no command ${call.words.join(' ')}`);
  return gcloudCommands[name]?.(call, world, call.words.slice(name.split(' ').length));
}

/** Flags that every command of `aws` takes. */
const globalFlags = ['region', 'query', 'output', 'cli-read-timeout', 'cli-binary-format', 'profile'];

/** Those whose flags are not those of an operation, or whose client is not here: from the reference of AWS CLI version 2. */
const ownFlags: Readonly<Record<string, readonly [required: readonly string[], optional: readonly string[]]>> = {
  'cloudformation deploy': [
    ['stack-name', 'template-file'],
    ['capabilities', 'parameter-overrides'],
  ],
  'cloudformation wait': [['stack-name'], []],
  'cloudfront create-invalidation': [['distribution-id', 'paths'], []],
  'logs tail': [[], ['since', 'format', 'filter-pattern', 'follow']],
  's3control get-public-access-block': [['account-id'], []],
  // The command line calls the member Endpoint otherwise.
  'sns subscribe': [['topic-arn', 'protocol'], ['notification-endpoint']],
  'sqs purge-queue': [['queue-url'], []],
  's3 cp': [[], []],
  's3 ls': [[], []],
  's3 presign': [[], ['expires-in']],
  's3 rm': [[], ['recursive', 'dryrun', 'exclude']],
};

const topics = (stage: string): Record<string, string> =>
  Object.fromEntries(
    ['Staff', 'Operator'].map((who) => [
      `${who}TopicArn`,
      `arn:aws:sns:ap-northeast-1:123456789012:mokuhyo-${stage}-${who}Topic-AbCdEf`,
    ]),
  );

/** What the stack of a stage says of itself when it is deployed. */
export const outputsOf = (stage: string): Record<string, string> => ({
  SiteAddress: 'https://d111111abcdef8.cloudfront.net/',
  DnsTarget: 'd111111abcdef8.cloudfront.net',
  DistributionId: 'E1A2B3C4D5E6F7',
  SiteLocation: 's3://mokuhyo-prod-sitebucket-1/',
  StateLocation: 's3://mokuhyo-prod-statebucket-1',
  FailedEventsUrl: 'https://sqs.ap-northeast-1.amazonaws.com/123456789012/failed',
  ...topics(stage),
});

/** What the stack of many cities says of itself. */
const outputsOfMany = (stage: string): Record<string, string> => {
  const {
    SiteAddress = '',
    DnsTarget = '',
    DistributionId = '',
    SiteLocation = '',
    StateLocation = '',
  } = outputsOf(stage);
  const queue = (name: string) => `https://sqs.ap-northeast-1.amazonaws.com/123456789012/mokuhyo-${stage}-${name}`;
  return {
    SiteAddress,
    DnsTarget,
    DistributionId,
    SiteLocation,
    StateLocation,
    SitesLocation: `${StateLocation}/sites.json`,
    OperatorsPageLocation: `${StateLocation}/fleet/operators.html`,
    PreviewLocation: `s3://mokuhyo-${stage}-previewbucket-1/`,
    FailedWorkUrl: queue('FailedWork'),
    WorkQueueUrl: queue('WorkQueue'),
    OperatorTopicArn: topics(stage)['OperatorTopicArn'] ?? '',
  };
};

const templateParameters = (
  file: string,
): Record<string, { AllowedPattern?: string; AllowedValues?: string[]; Default?: string }> =>
  parseYaml(readFileSync(file, 'utf8'), { logLevel: 'silent' }).Parameters ?? {};

type AwsCommand = (call: Call, world: World) => Answer;

const awsCommands: Readonly<Record<string, AwsCommand>> = {
  'cloudformation deploy': (call, world) => {
    const file = fileAt(call, one(call, 'template-file'));
    must(existsSync(file), `no file ${file}`);
    if (/(?:RoleName|ManagedPolicyName):/u.test(readFileSync(file, 'utf8')))
      must(call.flags['capabilities']?.[0] === 'CAPABILITY_NAMED_IAM', 'requires capabilities: CAPABILITY_NAMED_IAM');
    const given = Object.fromEntries((call.flags['parameter-overrides'] ?? []).map((entry) => entry.split(/=(.*)/su)));
    const known = templateParameters(file);
    for (const name of Object.keys(given)) must(known[name] !== undefined, `no parameter ${name}`);
    for (const [name, { AllowedPattern, AllowedValues, Default }] of Object.entries(known)) {
      const value: string | undefined = given[name] ?? Default;
      must(value !== undefined, `parameter ${name} has no value`);
      if (AllowedPattern) must(new RegExp(`^(?:${AllowedPattern})$`, 'u').test(value), `parameter ${name}: ${value}`);
      if (AllowedValues) must(AllowedValues.includes(value), `parameter ${name}: ${value}`);
    }
    world.stacks[one(call, 'stack-name')] = {
      DeployRoleArn: 'arn:aws:iam::123456789012:role/x',
      ...(given['Sites'] !== undefined && { Sites: given['Sites'] }),
    };
    return 'Successfully created/updated stack';
  },
  'cloudformation describe-stacks': (call, world) => {
    const stack = world.stacks[one(call, 'stack-name')];
    must(stack !== undefined, `no stack ${one(call, 'stack-name')}`);
    const [, key] = /OutputKey=='(\w+)'/u.exec(call.flags['query']?.[0] ?? '') ?? [];
    must(key === undefined || stack[key] !== undefined, `no output ${key}`);
    return key === undefined ? JSON.stringify(stack) : stack[key];
  },
  'cloudformation delete-stack': (call, world) => {
    delete world.stacks[one(call, 'stack-name')];
    return undefined;
  },
  'cloudformation wait': (call) => {
    must(call.words[2] === 'stack-delete-complete', `nothing to wait for: ${call.words[2]}`);
    return undefined;
  },
  'ssm put-parameter': (call, world) => {
    const name = one(call, 'name');
    must(/^(?:\/[\w.-]+){1,15}$/u.test(name), `parameter name ${name}`);
    must(one(call, 'type') === 'SecureString', 'the credentials are no plain string');
    if (name.endsWith('/webhook')) {
      must(/^https:\/\/\S+$/u.test(one(call, 'value')), 'the webhook is no address');
      world.parameters.push(name);
      return '{ "Version": 1, "Tier": "Standard" }';
    }
    const [, file = ''] = /^file:\/\/(.*)$/u.exec(one(call, 'value')) ?? [];
    const content = JSON.parse(readFileSync(fileAt(call, file), 'utf8'));
    must(content.type === 'service_account' || content.credential_source?.region_url === undefined, 'made for EC2');
    must(!world.parameters.includes(name) || call.flags['overwrite'] !== undefined, `ParameterAlreadyExists: ${name}`);
    world.parameters.push(name);
    return '{ "Version": 1, "Tier": "Standard" }';
  },
  'ssm delete-parameter': (call, world) => {
    must(world.parameters.includes(one(call, 'name')), `ParameterNotFound: ${one(call, 'name')}`);
    return undefined;
  },
  'sesv2 create-email-identity': (call, world) => {
    world.identities.push(one(call, 'email-identity'));
    return '{ "VerifiedForSendingStatus": false }';
  },
  'sns confirm-subscription': (call, world) => {
    const topic = one(call, 'topic-arn');
    must(
      world.stacks['mokuhyo-prod'] && Object.values(world.stacks['mokuhyo-prod']).includes(topic),
      `no topic ${topic}`,
    );
    must(/^[0-9a-f]{200,}$/u.test(one(call, 'token')), 'token');
    must(one(call, 'authenticate-on-unsubscribe') === 'true', 'anybody could unsubscribe');
    world.confirmed.push(topic);
    return undefined;
  },
  'sns get-topic-attributes': (call, world) =>
    String(world.confirmed.filter((topic) => topic === one(call, 'topic-arn')).length),
  'sns subscribe': (call) => {
    must(one(call, 'protocol') === 'email' && one(call, 'notification-endpoint').includes('@'), 'endpoint');
    return undefined;
  },
  'lambda invoke': (call, world) => {
    const [, stage = ''] = /^mokuhyo-(\w+)-(?:publish|poll)$/u.exec(one(call, 'function-name')) ?? [];
    must(world.stacks[`mokuhyo-${stage}`], `Function not found: ${one(call, 'function-name')}`);
    must(one(call, 'cli-binary-format') === 'raw-in-base64-out', 'the payload would be taken for base 64');
    must(Number(one(call, 'cli-read-timeout')) > 300, 'the function may take 300 seconds');
    const event = JSON.parse(one(call, 'payload'));
    must(['manual', 'list', 'rollback', 'unpin'].includes(event.reason), `reason ${event.reason}`);
    must(event.reason !== 'rollback' || /^\d{6}-[0-9a-f]{8}$/u.test(event.release), `release ${event.release}`);
    must(world.parameters.includes(`/mokuhyo/${stage}/google-credentials`), 'google-credentials-unusable');
    for (const name of ['poll', 'publish'])
      must(
        world.trustedRoles.includes(`mokuhyo-${stage}-ap-northeast-1-${name}`),
        `google-credentials-refused: ${name}`,
      );
    must(world.isShared, 'google-sheet-not-shared');
    must(world.isSheetSetUp, 'blocked: tab-missing');
    const [, , file] = call.words;
    must(file !== undefined, 'no file for the answer');
    writeFileSync(fileAt(call, file), '{"outcome":"published","release":"000001-00000000"}');
    world.isPublished = true;
    return '{ "StatusCode": 200 }';
  },
  'scheduler get-schedule': (call, world) => {
    must(
      /^mokuhyo-prod-(?:poll|nightly)$/u.test(one(call, 'name')) && world.stacks['mokuhyo-prod'],
      'no such schedule',
    );
    return 'ENABLED';
  },
  'sts get-caller-identity': () => '123456789012',
  'sesv2 get-email-identity': (call, world) => {
    must(world.identities.includes(one(call, 'email-identity')), `NotFoundException: ${one(call, 'email-identity')}`);
    return 'SUCCESS';
  },
  'sqs receive-message': (call) => {
    must(one(call, 'queue-url').endsWith('-FailedWork'), `queue ${one(call, 'queue-url')}`);
    return '{"schemaVersion":1,"site":"kawa-shi","work":"nightly","at":"2026-11-25T17:00:00.000Z"}';
  },
  's3 cp': (call, world) => {
    const [, , from = '', to = ''] = call.words;
    const list = /^s3:\/\/[a-z0-9-]+\/sites\.json$/u;
    must(list.test(from) !== list.test(to), `s3 cp ${from} ${to}`);
    if (list.test(from)) writeFileSync(fileAt(call, to), JSON.stringify(world.cities));
    else must(existsSync(fileAt(call, from)), `The user-provided path ${from} does not exist.`);
    return undefined;
  },
  's3 ls': (call) => {
    must(/^s3:\/\/[a-z0-9-]+\/kawa-shi\/index\.html$/u.test(call.words[2] ?? ''), `s3 ls ${call.words[2]}`);
    return '2026-11-26 02:10:00      12345 index.html';
  },
  's3 presign': (call) => {
    must(/^s3:\/\/[a-z0-9-]+\/fleet\/operators\.html$/u.test(call.words[2] ?? ''), `s3 presign ${call.words[2]}`);
    return 'https://bucket.s3.amazonaws.com/fleet/operators.html?X-Amz-Expires=900';
  },
  's3 rm': (call, world) => {
    // Whoever pastes it loses nothing, and no city's folder is among what would go.
    must(call.flags['dryrun'] !== undefined, 's3 rm without --dryrun');
    for (const id of Object.keys(world.cities))
      must(call.flags['exclude']?.includes(`${id}/*`), `${id} would be removed`);
    return undefined;
  },
  'cloudfront create-invalidation': (call) => {
    must(/^E[A-Z0-9]{8,}$/u.test(one(call, 'distribution-id')), 'no distribution');
    must(one(call, 'paths') === '/*', 'paths');
    return undefined;
  },
};

function aws(argv: readonly string[], world: World, here: Surroundings): Answer {
  const call = callOf(argv, ['overwrite', 'follow', 'recursive', 'dryrun'], here);
  const [service = '', operation = ''] = call.words;
  const name = `${service} ${operation}`;
  const own = ownFlags[name];
  if (own === undefined) {
    const input = sdkInput(service, operation);
    must(input !== null, `aws has no ${name}`);
    const given = Object.keys(call.flags).filter((flag) => !globalFlags.includes(flag));
    for (const flag of given) must(input.members.has(flag.replaceAll('-', '')), `unknown flag --${flag}`);
    for (const member of input.required)
      must(
        given.some((flag) => flag.replaceAll('-', '') === member),
        `${member} of ${name} is required`,
      );
  } else onlyFlags(call, own[0], [...own[1], ...globalFlags]);
  must(call.flags['region'] ?? (here.env['AWS_REGION'] || service === 'sts'), 'You must specify a region');
  return awsCommands[name]?.(call, world);
}

const roots = ['deploy', 'serverless.yml', 'serverless-sites.yml', 'package.json'];

function git(argv: readonly string[], _world: World, here: Surroundings): Answer {
  const [command, address = '', name = ''] = argv;
  must(command === 'clone' && URL.canParse(address) && address.endsWith('.git'), `git ${argv.join(' ')}`);
  const folder = fileAt(here, name);
  if (existsSync(folder)) return undefined;
  mkdirSync(folder, { recursive: true });
  for (const root of roots) symlinkSync(path.join(import.meta.dirname, '../..', root), path.join(folder, root));
  return undefined;
}

function npm(argv: readonly string[], world: World, here: Surroundings): Answer {
  const [manifest, modules] = [fileAt(here, 'package.json'), fileAt(here, 'node_modules')];
  must(existsSync(manifest), 'npm error: no package.json here');
  if (argv[0] === 'ci') {
    mkdirSync(modules, { recursive: true });
    return undefined;
  }
  must(existsSync(modules), 'npm ci was not run here');
  const [run, ...rest] = argv.filter((word) => word !== '-s');
  const [script = '', dashes, ...args] = rest;
  must(run === 'run' && dashes === '--', `npm ${argv.join(' ')}`);
  must(JSON.parse(readFileSync(manifest, 'utf8')).scripts[script] !== undefined, `no script ${script}`);
  return script === 'mokuhyo' ? mokuhyo(args, world) : deployment(script, callOf(args, [], here), world);
}

/** The program's own parser looks at what it is given. */
function mokuhyo(argv: readonly string[], world: World): Answer {
  const [name = '', ...rest] = argv;
  if (name === '--version') return '0.1.0';
  const command = commands.find((candidate) => candidate.name === name);
  must(command !== undefined, `mokuhyo has no command ${name}`);
  const args = parseCommandArguments(command, rest, wordsFor('en'));
  if (name === 'sheet') {
    must(args.positionals[0] === 'setup', 'sheet setup');
    must(world.login !== null, 'google-credentials-unusable: there is no login');
    must(world.isShared, 'google-sheet-not-shared');
    world.isSheetSetUp = true;
  }
  if (name === 'sites') listOfCities(args, world);
  if (name === 'doctor' && args.optional('stage') !== null) {
    must(world.isPublished, 'the site was never published');
    must(world.confirmed.length === 2, 'nobody confirmed');
    world.isChecked = true;
  }
  return undefined;
}

function listOfCities(args: ReturnType<typeof parseCommandArguments>, world: World): void {
  const [action = '', id = ''] = args.positionals;
  must(/^s3:\/\/[a-z0-9-]+\/sites\.json$/u.test(args.required('sites')), `--sites ${args.required('sites')}`);
  if (action === 'list') return;
  must(/^[a-z0-9][a-z0-9-]{0,62}$/u.test(id), `id ${id}`);
  if (action === 'add') {
    must(world.cities[id] === undefined, `${id} is in the list`);
    must(args.optional('spreadsheet') !== null && URL.canParse(args.optional('url') ?? ''), 'sheet and address');
    world.cities[id] = 'active';
    return;
  }
  must(world.cities[id] !== undefined, `${id} is not in the list`);
  if (action === 'pause' || action === 'resume') world.cities[id] = action === 'pause' ? 'paused' : 'active';
  else {
    must(action === 'remove', `sites ${action}`);
    must(!args.flag('delete') || world.cities[id] === 'paused', `site-not-paused: ${id}`);
    must(!args.flag('delete') || (args.optional('site') && args.optional('previews')), 'the buckets are missing');
    delete world.cities[id];
  }
}

/** Of many cities: another file, other parameters, and a boundary that allows queues and mails. */
function deploymentOfMany(call: Call, world: World): Answer {
  const { OPERATOR_EMAIL: operatorEmail, MAIL_FROM: mailFrom } = call.env;
  const stage = one(call, 'stage');
  const { params } = parseYaml(readFileSync(fileAt(call, 'serverless-sites.yml'), 'utf8'), { logLevel: 'silent' });
  const googleCredentialsParameter = `/mokuhyo/${stage}/google-credentials`;
  const problems = parameterProblems({ ...params.default, stage, operatorEmail, mailFrom, googleCredentialsParameter });
  must(problems.length === 0, problems.map(({ en }) => en).join(' '));
  must(world.stacks[`mokuhyo-boundary-${stage}`]?.['Sites'] === 'true', 'The boundary is not one of many cities');
  must(world.parameters.includes(googleCredentialsParameter), 'google-credentials-unusable');
  for (const name of ['watch-sites', 'work-site'])
    must(world.trustedRoles.includes(`mokuhyo-${stage}-ap-northeast-1-${name}`), `google-credentials-refused: ${name}`);
  world.stacks[`mokuhyo-${stage}`] = outputsOfMany(stage);
  return 'Service deployed';
}

function deployment(script: string, call: Call, world: World): Answer {
  const { SPREADSHEET_ID: spreadsheetId, STAFF_EMAIL: staffEmail, OPERATOR_EMAIL: operatorEmail } = call.env;
  onlyFlags(call, ['stage'], ['config']);
  if (call.flags['config'] !== undefined) {
    must(one(call, 'config') === 'serverless-sites.yml' && script === 'deploy', `--config ${one(call, 'config')}`);
    return deploymentOfMany(call, world);
  }
  const stage = one(call, 'stage');
  const { params } = parseYaml(readFileSync(fileAt(call, 'serverless.yml'), 'utf8'), { logLevel: 'silent' });
  const googleCredentialsParameter = `/mokuhyo/${stage}/google-credentials`;
  const reminderSender = call.env['REMINDER_SENDER'] ?? '';
  must(reminderSender === '' || world.identities.includes(reminderSender), `${reminderSender} is not verified`);
  const given = {
    ...params.default,
    ...{ stage, spreadsheetId, staffEmail, operatorEmail, googleCredentialsParameter },
    ...{ reminderSender, reminderIdentity: reminderSender },
  };
  const problems = parameterProblems(given);
  must(problems.length === 0, problems.map(({ en }) => en).join(' '));
  if (script === 'package') return 'Service packaged';
  must(script === 'deploy', `script ${script}`);
  must(
    world.stacks[`mokuhyo-boundary-${stage}`],
    `The boundary mokuhyo-${stage}-ap-northeast-1-boundary does not exist`,
  );
  world.stacks[`mokuhyo-${stage}`] = outputsOf(stage);
  return 'Service deployed';
}

function npx(argv: readonly string[], world: World, here: Surroundings): Answer {
  const call = callOf(argv, [], here);
  must(call.words.join(' ') === 'serverless remove', `npx ${argv.join(' ')}`);
  onlyFlags(call, ['stage']);
  delete world.stacks[`mokuhyo-${one(call, 'stage')}`];
  return undefined;
}

/** What a person does in the browser. */
function share(_argv: readonly string[], world: World): Answer {
  must(world.accounts.length > 0, 'there is nobody to share the sheet with');
  world.isShared = true;
  return undefined;
}

const programs: Readonly<Record<string, (argv: readonly string[], world: World, here: Surroundings) => Answer>> = {
  gcloud,
  aws,
  git,
  npm,
  npx,
  share,
};
export const programNames = Object.keys(programs);

/** Runs one command, and changes the world by it. */
export function runProgram(
  [name = '', ...argv]: readonly string[],
  world: World,
  here: Surroundings,
): { readonly status: 0 | 1; readonly text: string } {
  try {
    const answer = programs[name]?.(argv, world, here);
    return { status: 0, text: answer === undefined ? '' : `${answer}\n` };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { status: 1, text: `${name} ${argv.join(' ')}\nREFUSED: ${message}\n` };
  }
}
