import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import { parseCommandArguments } from '../../lib/cli/args.ts';
import { commands } from '../../lib/cli/commands.ts';
import { wordsFor } from '../../lib/cli/words.ts';
import { emptyWorld, outputsOf, programNames, runProgram, type World } from '../support/cloud-commands.ts';
import { documentText, inlineCommands, type ShellBlock, shellBlocks } from '../support/shell-blocks.ts';

/** The documents for administrators, pasted into a real shell in which stand-ins answer for `gcloud`, `aws`, `npm` and `git`. */

/** Variables that the stand-ins look at. */
const variables = ['AWS_REGION', 'SPREADSHEET_ID', 'STAFF_EMAIL', 'OPERATOR_EMAIL', 'REMINDER_SENDER', 'MAIL_FROM'];

/** Hands what it was called with to this process, and says what comes back. */
const client = (name: string, port: number): string => `#!/bin/bash
exec 3<>/dev/tcp/127.0.0.1/${port}
printf '%s\\0' "$#" "$PWD" ${variables.map((variable) => `"\${${variable}:-}"`).join(' ')} ${name} "$@" >&3
read -r status <&3
if [ "$status" = 0 ]; then cat <&3; else cat <&3 >&2; fi
exit "$status"
`;

async function newShell(start: Partial<World> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'mokuhyo-'));
  const world: World = structuredClone({ ...emptyWorld, ...start });
  const server = createServer((socket) => {
    let received = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      received += chunk;
      const [count = '', cwd = '', ...rest] = received.split('\0').slice(0, -1);
      if (rest.length < variables.length + 1 + Number(count || '1')) return;
      const env = Object.fromEntries(variables.map((variable, index) => [variable, rest[index] ?? '']));
      const { status, text } = runProgram(rest.slice(variables.length), world, { cwd, env });
      socket.end(`${status}\n${text}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  const address = server.address();
  const bin = path.join(folder, 'bin');
  await mkdir(bin);
  for (const name of programNames) {
    const program = path.join(bin, name);
    await writeFile(program, client(name, typeof address === 'object' ? (address?.port ?? 0) : 0));
    await chmod(program, 0o755);
  }
  return {
    folder,
    world,
    /** Pastes the blocks into one shell, until something is refused. */
    async paste(
      blocks: readonly string[],
      input = '',
    ): Promise<{ readonly status: number | null; readonly said: string }> {
      const script = `set -euo pipefail\n${blocks.join('\n')}\n`.replaceAll('/tmp/', `${folder}/`);
      const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: folder };
      const shell = spawn('bash', ['-c', script], { cwd: folder, env });
      let said = '';
      for (const stream of [shell.stdout, shell.stderr]) {
        stream.setEncoding('utf8').on('data', (chunk) => {
          said += chunk;
        });
      }
      // Where the shell ended before it read anything, nobody misses it.
      shell.stdin.on('error', () => undefined).end(input);
      await once(shell, 'close');
      return { status: shell.exitCode, said };
    },
  };
}

const deploy = shellBlocks('docs/deploy.md');
const google = shellBlocks('docs/google-setup.md');
const operations = shellBlocks('docs/operations.md');
const prefecture = shellBlocks('docs/prefecture.md');
const step = (blocks: readonly ShellBlock[], number: number): string[] =>
  blocks.filter(({ heading }) => heading.startsWith(`手順${number} `)).map(({ code }) => code);
const titled = (blocks: readonly ShellBlock[], title: string): string[] =>
  blocks.filter(({ heading }) => heading === title).map(({ code }) => code);

/** The variables of the page about Google stand above its first step. */
const googleVariables = google[0]?.code ?? '';
const inGoogle = (): string[] => [
  ...step(deploy, 1),
  googleVariables,
  ...step(google, 2),
  // What a person does in the browser.
  'share',
  ...step(google, 3),
  ...step(google, 4),
];
const ofOperators = (code: string): string =>
  code.replace('StaffTopic', 'OperatorTopic').replace('goals-staff', 'goals-operators');
const inAws = (): string[] => [
  ...step(deploy, 1),
  ...step(deploy, 5),
  ...step(deploy, 6),
  ...step(deploy, 7),
  // The second block of step 8 is for the case that the first deployment failed.
  ...step(deploy, 8).filter((code) => !code.includes('delete-stack')),
  ...step(deploy, 9).flatMap((code) => (code.startsWith("confirm '") ? [code, ofOperators(code)] : [code])),
  ...step(deploy, 10),
];

/** All ten steps, in both shells, with one change. */
async function walk(change: (code: string) => string = (code) => code) {
  const shell = await newShell();
  const first = await shell.paste(inGoogle().map(change));
  if (first.status !== 0) return { ...first, shell };
  const credentials = await readFile(path.join(shell.folder, 'mokuhyo/google-credentials.json'), 'utf8');
  return { ...(await shell.paste(inAws().map(change), credentials)), shell };
}

describe('the ten steps', () => {
  it('are ten, each with how to see that it worked and what may go wrong', () => {
    const [, ...parts] = `${documentText('docs/deploy.md')}\n${documentText('docs/google-setup.md')}`.split(
      /^#+ (?=手順)/mu,
    );
    const steps = parts.map((part) => ({
      number: Number(/^手順(\d+) /u.exec(part)?.[1]),
      part: part.split(/^##/mu)[0] ?? '',
    }));
    expect(steps.map(({ number }) => number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    for (const { part } of steps) {
      expect(part).toContain('**できたかどうか**');
      expect(part).toContain('**うまくいかないとき**');
    }
  });

  it('lead to a site that is published, checked, and told of by mail', async () => {
    const { status, said, shell } = await walk();
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
    const { world } = shell;
    expect(world).toMatchObject({ isPublished: true, isChecked: true, isSheetSetUp: true });
    expect(world.confirmed).toHaveLength(2);
    expect(world.providers).toEqual([expect.stringMatching(/\/providers\/mokuhyo-aws$/u)]);
    expect(world.trustedRoles).toEqual(['mokuhyo-prod-ap-northeast-1-poll', 'mokuhyo-prod-ap-northeast-1-publish']);
  });

  it.each<[what: string, from: string | RegExp, to: string, refusal: RegExp]>([
    ['a project id of capitals', 'PROJECT=mokuhyo-example', 'PROJECT=Mokuhyo', /project id Mokuhyo/u],
    ['a provider of three letters', 'create-aws mokuhyo-aws', 'create-aws aws', /provider id aws: 4 to 32/u],
    ['an account number that is too short', 'AWS_ACCOUNT=123456789012', 'AWS_ACCOUNT=1234', /account id/u],
    [
      'a flag that gcloud does not have',
      '--attribute-mapping',
      '--attribute-mappings',
      /unknown flag --attribute-mappings/u,
    ],
    [
      'an attribute that is not mapped',
      'attribute.aws_role.starts',
      'attribute.role.starts',
      /attribute\.role is not mapped/u,
    ],
    ['APIs that are not enabled', /^gcloud services enable.*$/mu, ':', /the API iam is not enabled/u],
    ['a set-up without a login', /^gcloud auth application-default.*$/mu, ':', /there is no login/u],
    ['a login without the right to it', /^gcloud .*TokenCreator.*$/mu, ':', /no right to make tokens/u],
    ['a sheet that is not shared', /^share$/u, ':', /google-sheet-not-shared/u],
    ['the pool after the provider', /^gcloud iam workload-identity-pools create mokuhyo .*$/mu, ':', /no pool/u],
    ['the fields for EC2', /^jq 'del.*$/mu, 'cp made.json google-credentials.json', /made for EC2/u],
    ['no region', 'AWS_REGION=ap-northeast-1 AWS_PAGER=', 'AWS_PAGER=', /specify a region/u],
    [
      'no boundary',
      /^aws cloudformation deploy --stack-name "mokuhyo-boundary[\s\S]*$/mu,
      ':',
      /boundary does not exist/u,
    ],
    ['a role without its capability', '--capabilities CAPABILITY_NAMED_IAM', '', /CAPABILITY_NAMED_IAM/u],
    ['a parameter that the template does not have', '"Stage=$STAGE"', '"Stages=$STAGE"', /no parameter Stages/u],
    ['a stage that the template does not take', 'export STAGE=prod', 'export STAGE=Prod', /parameter Stage: Prod/u],
    ['no credentials', /^aws ssm put-parameter.*$/mu, ':', /google-credentials-unusable/u],
    ['a flag that aws does not have', '--topic-arn', '--topic', /unknown flag --topic|REFUSED/u],
    [
      'two words for one mail address',
      'STAFF_EMAIL=goals-staff@example.jp',
      'STAFF_EMAIL=goals-staff',
      /STAFF_EMAIL is one mail address/u,
    ],
    [
      'a confirmation that anybody may undo',
      '--authenticate-on-unsubscribe true',
      '--authenticate-on-unsubscribe false',
      /anybody/u,
    ],
    ['mails that nobody confirmed', /^confirm '.*$/mu, ':', /nobody confirmed/u],
    [
      'roles of another region',
      'AWS_REGION=ap-northeast-1\nSTAGE',
      'AWS_REGION=us-east-1\nSTAGE',
      /google-credentials-refused/u,
    ],
    ['a first publication after the check', /^aws lambda invoke.*$/mu, 'echo >answer.json', /never published/u],
  ])('are refused where there is %s', async (_, from, to, refusal) => {
    let changed = 0;
    const { status, said } = await walk((code) => {
      const other = code.replace(from, to);
      if (other !== code) changed += 1;
      return other;
    });
    expect(changed).toBeGreaterThan(0);
    expect(status).not.toBe(0);
    expect(said).toMatch(refusal);
  });
});

/** A deployment that runs. */
const deployed: Partial<World> = {
  project: 'mokuhyo-example',
  isConfigured: true,
  apis: ['iam.googleapis.com'],
  accounts: ['mokuhyo-sheet@mokuhyo-example.iam.gserviceaccount.com'],
  login: 'mokuhyo-sheet@mokuhyo-example.iam.gserviceaccount.com',
  isShared: true,
  isSheetSetUp: true,
  trustedRoles: ['mokuhyo-prod-ap-northeast-1-poll', 'mokuhyo-prod-ap-northeast-1-publish'],
  parameters: ['/mokuhyo/prod/google-credentials'],
  stacks: { 'mokuhyo-prod': outputsOf('prod'), 'mokuhyo-boundary-prod': {} },
};

describe('the page about many cities', () => {
  const moving = '1つの市のデプロイから移る';

  /** Step 4 at Google as this page changes it: each row is what stands there, and what is written instead. */
  function changedForMany(code: string): string {
    const rows = [
      ...documentText('docs/prefecture.md').matchAll(/^\| *`((?:attribute|for FUNCTION).*?)` *\| *`(.*?)` *\|$/gmu),
    ];
    expect(rows).toHaveLength(2);
    return rows.reduce(
      (text, [, from = '', to = '']) => text.replace(from.replaceAll('\\|', '|'), to.replaceAll('\\|', '|')),
      code,
    );
  }

  async function prepared() {
    const shell = await newShell();
    const google4 = step(google, 4).map(changedForMany);
    expect(google4.join('\n')).not.toMatch(/-poll|publish/u);
    const first = await shell.paste([...step(deploy, 1), googleVariables, ...step(google, 2), ...google4]);
    expect(first.said).not.toContain('REFUSED');
    expect(shell.world.trustedRoles).toEqual([
      'mokuhyo-prod-ap-northeast-1-watch-sites',
      'mokuhyo-prod-ap-northeast-1-work-site',
    ]);
    return { shell, credentials: await readFile(path.join(shell.folder, 'mokuhyo/google-credentials.json'), 'utf8') };
  }

  it('leads from the first deployment to a city that is added, paused and taken away, and through every alarm', async () => {
    const { shell, credentials } = await prepared();
    const blocks = prefecture.filter(({ heading }) => heading !== moving).map(({ code }) => code);
    const { status, said } = await shell.paste(blocks, credentials);
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
    expect(shell.world).toMatchObject({ cities: {}, identities: ['example.jp'] });
    expect(blocks.join('\n')).toContain('sites remove kawa-shi --delete');
  });

  it('leads a single city into the list', async () => {
    const { shell, credentials } = await prepared();
    shell.world.stacks['mokuhyo-prod'] = outputsOf('prod');
    const blocks = [...[1, 3, 5].flatMap((number) => step(prefecture, number)), ...titled(prefecture, moving)];
    const { status, said } = await shell.paste(blocks, credentials);
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
    expect(shell.world.cities).toEqual({ 'kawa-shi': 'active' });
  });

  it.each<[what: string, from: string | RegExp, to: string, refusal: RegExp]>([
    ['a boundary of one city', 'Sites=true', 'Sites=false', /boundary is not one of many cities/u],
    ['no pause before the removal', /^sites pause kawa-shi$/gmu, ':', /site-not-paused/u],
    ['a sender that is no address', 'MAIL_FROM=goals@example.jp', 'MAIL_FROM=goals', /MAIL_FROM is one mail address/u],
    ['the deployment of one city', '--config serverless-sites.yml ', '', /SPREADSHEET_ID is/u],
    ['an option that there is not', '--staff-email', '--staff', /REFUSED/u],
  ])('refuses %s', async (_, from, to, refusal) => {
    const { shell, credentials } = await prepared();
    const blocks = prefecture.filter(({ heading }) => heading !== moving).map(({ code }) => code.replace(from, to));
    const { status, said } = await shell.paste(blocks, credentials);
    expect(status).not.toBe(0);
    expect(said).toMatch(refusal);
  });

  it('adds up what a city costs, under two cents of a dollar', () => {
    const [, table = ''] = documentText('docs/prefecture.md').split('## 費用');
    const rows = [...table.matchAll(/^\|.*\| *(?:\*\*約)?(\d+\.\d{4})(?:\*\*)? *\|$/gmu)].map(([, sum]) => Number(sum));
    const total = rows.pop() ?? 0;
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.reduce((sum, row) => sum + row, 0)).toBeCloseTo(total, 4);
    expect(total).toBeLessThan(0.02);
    // What does not depend on the number of cities, as its sentence takes it apart; and what is left of a city without it.
    const [, whole = '', parts = ''] = /全部で月に約(\d+\.\d\d)ドルです（([^）]+)）/u.exec(table) ?? [];
    const shared = [...parts.matchAll(/\d+\.\d\d/gu)].reduce((sum, [part]) => sum + Number(part), 0);
    expect(shared).toBeCloseTo(Number(whole), 2);
    const [, own = ''] = /市ごとの分は約(\d+\.\d+)ドル/u.exec(table) ?? [];
    expect(total - shared / 1741).toBeCloseTo(Number(own), 3);
    for (const [, cities = '', each = ''] of table.matchAll(/([\d,]+)の市で約(\d+\.\d+)ドル/gu))
      expect(Number(own) + shared / Number(cities.replace(',', ''))).toBeCloseTo(Number(each), 2);
  });
});

describe('the other commands', () => {
  it('of the runbook run one after another, after its first block', async () => {
    const shell = await newShell(deployed);
    const { status, said } = await shell.paste(operations.map(({ code }) => code));
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
    expect(shell.world.isPublished).toBe(true);
  });

  it('of the page about Google run too: the check, and the path with a key', async () => {
    const shell = await newShell(deployed);
    const blocks = ['確かめる', '鍵ファイルしか使えない場合'].flatMap((title) => titled(google, title));
    expect(blocks).toHaveLength(3);
    const { status, said } = await shell.paste([...step(deploy, 1), googleVariables, ...blocks]);
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
  });

  it('of the page about deploying run too: from GitHub, without CloudFront, and to undo all', async () => {
    const shell = await newShell(deployed);
    const blocks = ['CloudFrontを使わない場合', 'GitHubから、鍵なしで', '元に戻す'].flatMap((title) =>
      titled(deploy, title),
    );
    expect(blocks).toHaveLength(3);
    const retried = step(deploy, 8).filter((code) => code.includes('delete-stack'));
    const { status, said } = await shell.paste([...step(deploy, 1), ...step(deploy, 5), ...blocks, ...retried]);
    expect(said).not.toContain('REFUSED');
    expect(status).toBe(0);
    expect(Object.keys(shell.world.stacks)).toEqual(['mokuhyo-github-prod']);
  });

  it('of the page about deploying run too: to remind departments, and to post to a chat', async () => {
    const shell = await newShell({ ...deployed, isPublished: true, confirmed: ['staff', 'operators'] });
    const blocks = ['締切のお知らせを、部署に送る', '取りまとめの方へ、チャットでも知らせる'].flatMap((title) =>
      titled(deploy, title),
    );
    expect(blocks).toHaveLength(3);
    const { status, said } = await shell.paste(
      [...step(deploy, 1), ...step(deploy, 5), ...blocks],
      'https://hooks.example.com/hush\n',
    );
    expect(said).not.toMatch(/REFUSED|hush/u);
    expect(status).toBe(0);
    expect(shell.world.identities).toEqual(['goals@city.example.jp']);
    expect(shell.world.parameters).toContain('/mokuhyo/prod/webhook');
  });

  it('are all looked at: no block of these pages is left out above', () => {
    const looked = [
      /^締切のお知らせ/u,
      /^取りまとめの方へ/u,
      /^手順/u,
      /^確かめる$/u,
      /^鍵ファイル/u,
      /^CloudFrontを/u,
      /^GitHubから/u,
      /^元に戻す$/u,
    ];
    const left = [...deploy, ...google.slice(1)].filter(({ heading }) => !looked.some((form) => form.test(heading)));
    expect(left).toEqual([]);
  });

  it.each([
    'docs/deploy.md',
    'docs/operations.md',
    'docs/google-setup.md',
    'docs/staff.md',
    'docs/prefecture.md',
    'README.md',
  ])('within the sentences of %s are commands that there are', (name) => {
    for (const code of inlineCommands(name, /^mokuhyo \w+/u)) {
      const [, command = '', ...rest] = code.split(' ');
      const spec = commands.find((candidate) => candidate.name === command);
      expect(spec?.name, code).toBe(command);
      if (spec && rest.length > 0) expect(() => parseCommandArguments(spec, rest, wordsFor('en')), code).not.toThrow();
    }
  });
});

it('the commands of README and CONTRIBUTING are scripts and commands that there are', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(documentText('package.json')));
  const lines = ['README.md', 'CONTRIBUTING.md']
    .flatMap((name) => shellBlocks(name))
    .flatMap(({ code }) => code.split('\n'))
    .map((line) => line.replace(/ +#.*$/u, ''));
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines) {
    const [program, first = '', ...rest] = line.split(/ +/u);
    if (program === 'npm') {
      const script = first === 'run' ? rest.find((word) => !word.startsWith('-')) : first;
      expect([...Object.keys(scripts), 'ci', 'pack', 'install'], line).toContain(script);
    } else {
      expect(program, line).toBe('mokuhyo');
      const spec = commands.find(({ name }) => name === first);
      expect(spec, line).toBeDefined();
      if (spec) expect(() => parseCommandArguments(spec, rest, wordsFor('en')), line).not.toThrow();
    }
  }
});

it('the costs add up', () => {
  const [, table = ''] = documentText('docs/deploy.md').split('## 費用');
  const rows = [...table.matchAll(/^\|.*\| *(?:\*\*約)?(\d+\.\d\d)(?:\*\*)? *\|$/gmu)].map(([, sum]) => Number(sum));
  const total = rows.pop() ?? 0;
  expect(rows.length).toBeGreaterThan(10);
  expect(rows.reduce((sum, row) => sum + row, 0)).toBeCloseTo(total, 2);
  expect(total).toBeLessThan(2);
});

it('every link between the pages leads to a heading', () => {
  const pages = ['docs/deploy.md', 'docs/google-setup.md', 'docs/operations.md', 'docs/staff.md', 'docs/prefecture.md'];
  const anchors = new Map(
    pages.map((page) => [
      path.basename(page),
      [...documentText(page).matchAll(/^#+ (.*)$/gmu)].map(([, title = '']) =>
        title
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\p{M} _-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    ]),
  );
  for (const page of pages) {
    for (const [, target = ''] of documentText(page).matchAll(/\]\(([^)\s]+)\)/gu)) {
      if (/^https?:/u.test(target)) continue;
      const [file, anchor] = target.split('#');
      const known = anchors.get(file || path.basename(page));
      if (anchor === undefined || known === undefined) continue;
      expect(known, `${page}: ${target}`).toContain(anchor);
    }
  }
});
