import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../lib/sources/google/client.ts';
import { type ReadParameter, readCredentials } from '../../../lib/sources/google/credentials.ts';
import { failureOf } from '../../../lib/sources/google/failures.ts';
import { googleConfig, spreadsheetId } from '../../../lib/sources/google/google-config.ts';
import { googleSheetSource } from '../../../lib/sources/google/google-sheet.ts';
import { temporaryFolder } from '../../support/command-line.ts';
import { VirtualClock } from '../../support/virtual-clock.ts';

const secret = 'secret-that-nobody-may-see';

const key = {
  type: 'service_account',
  client_email: 'reader@project.iam.gserviceaccount.com',
  private_key: secret,
};
const federation = {
  type: 'external_account',
  audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/aws',
  subject_token_type: 'urn:ietf:params:aws:token-type:aws4_request',
  token_url: 'https://sts.googleapis.com/v1/token',
  service_account_impersonation_url:
    'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/reader@project.iam.gserviceaccount.com:generateAccessToken',
  credential_source: {
    environment_id: 'aws1',
    regional_cred_verification_url: 'https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15',
  },
};

const person = {
  type: 'authorized_user',
  client_id: 'client.apps.googleusercontent.com',
  client_secret: secret,
  refresh_token: secret,
  universe_domain: 'googleapis.com',
};
const impersonation = {
  type: 'impersonated_service_account',
  service_account_impersonation_url:
    'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/reader@project.iam.gserviceaccount.com:generateAccessToken',
  source_credentials: person,
  delegates: [],
};

const noParameter: ReadParameter = () => Promise.reject(new Error(`AccessDenied ${secret}`));

describe('googleConfig', () => {
  test.each([
    [{ GOOGLE_APPLICATION_CREDENTIALS: '/var/task/google.json' }, { kind: 'file', path: '/var/task/google.json' }],
    [{ GOOGLE_CREDENTIALS_PARAMETER: '/mokuhyo/google' }, { kind: 'parameter', name: '/mokuhyo/google' }],
    [
      { GOOGLE_CREDENTIALS_PARAMETER: '/mokuhyo/google', GOOGLE_APPLICATION_CREDENTIALS: '' },
      { kind: 'parameter', name: '/mokuhyo/google' },
    ],
    [{ GOOGLE_API_ROOT: 'http://127.0.0.1:8080/' }, { kind: 'loopback', apiRoot: 'http://127.0.0.1:8080/' }],
    [{ GOOGLE_API_ROOT: 'http://[::1]:8080' }, { kind: 'loopback', apiRoot: 'http://[::1]:8080' }],
    [
      { GOOGLE_API_ROOT: 'http://localhost:1/', GOOGLE_APPLICATION_CREDENTIALS: 'a.json' },
      { kind: 'loopback', apiRoot: 'http://localhost:1/' },
    ],
  ])('%j', (environment, config) => {
    expect(googleConfig(environment)).toEqual({ ok: true, config });
  });

  const refused: readonly (readonly [Record<string, string>, readonly string[]])[] = [
    [{}, ['GOOGLE_APPLICATION_CREDENTIALS']],
    [
      { GOOGLE_APPLICATION_CREDENTIALS: secret, GOOGLE_CREDENTIALS_PARAMETER: secret },
      ['GOOGLE_APPLICATION_CREDENTIALS'],
    ],
    [{ GOOGLE_CREDENTIALS_PARAMETER: `{"private_key":"${secret}"}` }, ['GOOGLE_CREDENTIALS_PARAMETER']],
    ...[
      JSON.stringify(key),
      `-----BEGIN PRIVATE KEY-----\n${secret}`,
      Buffer.from(JSON.stringify(key)).toString('base64'),
      `  ${JSON.stringify(key, null, 2)}`,
      secret.repeat(50),
    ].map((content) => [{ GOOGLE_APPLICATION_CREDENTIALS: content }, ['GOOGLE_APPLICATION_CREDENTIALS']] as const),
    ...[
      'http://127.0.0.1.example.com/',
      'http://example.com/',
      'https://sheets.googleapis.com/',
      'http://127.0.0.1@example.com/',
      `http://user:${secret}@127.0.0.1/`,
      'http://0.0.0.0/',
      'file:///etc/passwd',
      '127.0.0.1:80',
      secret,
    ].map(
      (root) => [{ GOOGLE_API_ROOT: root, GOOGLE_APPLICATION_CREDENTIALS: 'a.json' }, ['GOOGLE_API_ROOT']] as const,
    ),
    [
      { GOOGLE_API_ROOT: 'x', GOOGLE_CREDENTIALS_PARAMETER: 'a b' },
      ['GOOGLE_CREDENTIALS_PARAMETER', 'GOOGLE_API_ROOT'],
    ],
  ];

  test.each(refused)('refuses %j, and names every variable that is wrong', (environment, variables) => {
    const result = googleConfig(environment);
    expect(result.ok ? [] : result.problems.map(({ variable }) => variable)).toEqual(variables);
    expect(JSON.stringify(result)).not.toContain(secret);
  });
});

describe('spreadsheetId', () => {
  const id = '1AbC-dEf_GhIjKlMnOpQrStUvWxYz0123456789abcde';

  test.each([
    [id, id],
    [` ${id} `, id],
    [`https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`, id],
    [`https://docs.google.com/spreadsheets/u/1/d/${id}`, id],
    [`https://docs.google.com/spreadsheets/d/${id}?usp=sharing`, id],
    [`https://example.com/spreadsheets/d/${id}/edit`, null],
    ['', null],
    ['short', null],
    ['../../etc/passwd', null],
    [`${id}/values`, null],
  ])('%s', (text, expected) => {
    expect(spreadsheetId(text)).toBe(expected);
  });
});

describe('credentials', () => {
  async function file(content: string): Promise<string> {
    const name = path.join(await temporaryFolder(), 'credentials.json');
    await writeFile(name, content);
    return name;
  }

  test.each([
    ['a key', key],
    ['workload identity federation', federation],
  ])('of a file with %s tell the address to share the sheet with', async (_, credentials) => {
    const connected = await connect(
      { kind: 'file', path: await file(JSON.stringify(credentials)) },
      'read',
      noParameter,
    );
    const account = connected.ok ? connected.client.account : null;
    expect(account).toBe('reader@project.iam.gserviceaccount.com');
    const fault = { kind: 'final', reason: 'forbidden', cause: null } as const;
    expect(failureOf(fault, { account, access: 'read' }).fix).toContain(
      '「reader@project.iam.gserviceaccount.com」を「閲覧者」として追加',
    );
  });

  test.each([
    ["a person's own login", person, null],
    ['a service account by way of it', impersonation, 'reader@project.iam.gserviceaccount.com'],
  ])('of %s serve a person at the keyboard, and no program that runs by itself', async (_, credentials, account) => {
    const name = await file(JSON.stringify(credentials));
    const atKeyboard = await connect({ kind: 'file', path: name, forPeople: true }, 'write', noParameter);
    expect(atKeyboard.ok && [atKeyboard.client.account]).toEqual([account]);
    const byItself = [
      await connect({ kind: 'file', path: name }, 'write', noParameter),
      await connect({ kind: 'parameter', name: '/a' }, 'write', async () => JSON.stringify(credentials)),
    ];
    for (const refused of byItself) {
      expect(refused).toMatchObject({ ok: false, failure: { code: 'google-credentials-of-a-person' } });
      expect(JSON.stringify(refused)).not.toContain(secret);
    }
  });

  test.each([
    [
      'another service to impersonate with',
      {
        ...impersonation,
        service_account_impersonation_url: 'https://example.com/v1/projects/-/serviceAccounts/a@b:generateAccessToken',
      },
    ],
    [
      'a host that only looks like it',
      {
        ...impersonation,
        service_account_impersonation_url:
          'https://iamcredentials.googleapis.com.example.com/v1/projects/-/serviceAccounts/a@b:generateAccessToken',
      },
    ],
    [
      'another action',
      {
        ...impersonation,
        service_account_impersonation_url:
          'https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b:signBlob',
      },
    ],
    ['another universe', { ...impersonation, source_credentials: { ...person, universe_domain: 'example.com' } }],
    ['another universe for a person', { ...person, universe_domain: 'example.com' }],
    ['a source that is a key', { ...impersonation, source_credentials: key }],
    ['a source that is federation', { ...impersonation, source_credentials: federation }],
    ['no refresh token', { ...person, refresh_token: '' }],
  ])('of a person with %s are refused, and never shown', async (_, credentials) => {
    const config = { kind: 'file', path: await file(JSON.stringify(credentials)), forPeople: true } as const;
    const result = await connect(config, 'read', noParameter);
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-credentials-unusable' } });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test('take nothing from a file that could lead a token elsewhere', async () => {
    const bent = {
      ...impersonation,
      endpoint: 'https://example.com',
      source_credentials: { ...person, token_uri: 'https://example.com' },
    };
    const config = { kind: 'file', path: await file(JSON.stringify(bent)), forPeople: true } as const;
    const read = await readCredentials(config, noParameter);
    expect(read.ok).toBe(true);
    expect(JSON.stringify(read)).not.toContain('example.com');
  });

  test('of a parameter are read by its name', async () => {
    const names: string[] = [];
    const readParameter: ReadParameter = async (name) => {
      names.push(name);
      return JSON.stringify(federation);
    };
    const connected = await connect({ kind: 'parameter', name: '/mokuhyo/google' }, 'write', readParameter);
    expect(connected.ok && connected.client.account).toBe('reader@project.iam.gserviceaccount.com');
    expect(names).toEqual(['/mokuhyo/google']);
  });

  test.each([
    ['no JSON', secret],
    ['half a JSON', JSON.stringify(key).slice(0, -1)],
    ['another kind', JSON.stringify({ type: 'gdch_service_account', refresh_token: secret })],
    [
      'a place to send keys to that is not Google',
      JSON.stringify({ ...federation, token_url: 'https://sts.googleapis.com.example.com/v1/token', note: secret }),
    ],
    [
      'another service to impersonate with',
      JSON.stringify({ ...federation, service_account_impersonation_url: `https://example.com/${secret}` }),
    ],
    ['a key without its address', JSON.stringify({ type: 'service_account', private_key: secret })],
  ])('with %s are refused, and never shown', async (_, content) => {
    const result = await connect({ kind: 'file', path: await file(content) }, 'read', noParameter);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'refused', code: 'google-credentials-unusable' } });
    expect(JSON.stringify(result)).not.toContain(secret);
  });

  test.each([
    ['a file that is not there', { kind: 'file', path: '/nowhere/google.json' }],
    ['a parameter that may not be read', { kind: 'parameter', name: '/mokuhyo/google' }],
  ] as const)('in %s are refused, naming the variable and not what it holds, which may be a key', async (_, config) => {
    const result = await connect(config, 'read', noParameter);
    expect(result).toMatchObject({ ok: false, failure: { code: 'google-credentials-unusable' } });
    const [variable, value] =
      config.kind === 'file'
        ? ['GOOGLE_APPLICATION_CREDENTIALS', config.path]
        : ['GOOGLE_CREDENTIALS_PARAMETER', config.name];
    expect(JSON.stringify(result)).toContain(variable);
    expect(JSON.stringify(result)).not.toContain(value);
  });

  test('with a key that is none are refused at the first use, without a retry', async () => {
    const clock = new VirtualClock();
    const source = googleSheetSource({
      spreadsheetId: 'spreadsheet-under-test',
      config: { kind: 'file', path: await file(JSON.stringify(key)) },
      access: 'read',
      clock,
    });
    const result = await source.read();
    expect(result).toMatchObject({ ok: false, failure: { kind: 'refused', code: 'google-credentials-refused' } });
    expect(JSON.stringify(result)).not.toContain(secret);
    expect(clock.elapsed).toBe(0);
  });
});
