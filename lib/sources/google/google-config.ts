import * as z from 'zod';

/** Where the Google APIs are, and with what a program presents itself there. */
export type GoogleConfig =
  /** Path of a credentials file: workload identity federation (`external_account`), or a service account's key. */
  | { readonly kind: 'file'; readonly path: string }
  /** Name of the SSM parameter that holds the content of such a file. */
  | { readonly kind: 'parameter'; readonly name: string }
  /** A server on this machine, for tests. No credential is sent to it. */
  | { readonly kind: 'loopback'; readonly apiRoot: string };

/** A variable that is missing or malformed. Never holds its value, which can be a secret. */
export interface ConfigProblem {
  readonly variable: string;
  readonly message: string;
}

export type GoogleConfigResult =
  | { readonly ok: true; readonly config: GoogleConfig }
  | { readonly ok: false; readonly problems: readonly ConfigProblem[] };

const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost']);

const loopbackRoot = z.string().refine((text) => {
  const url = URL.parse(text);
  return url?.protocol === 'http:' && loopbackHosts.has(url.hostname) && url.username === '' && url.password === '';
});

/** An empty variable is one that is not set, as in most shells and in Lambda's console. */
const optional = z
  .string()
  .optional()
  .transform((value) => value?.trim() || undefined);

const environmentSchema = z
  .object({
    GOOGLE_APPLICATION_CREDENTIALS: optional,
    GOOGLE_CREDENTIALS_PARAMETER: optional.pipe(
      z
        .string()
        .regex(/^\/?[\w.-]+(?:\/[\w.-]+)*$/u)
        .optional(),
    ),
    GOOGLE_API_ROOT: optional.pipe(loopbackRoot.optional()),
  })
  .superRefine((environment, context) => {
    const { GOOGLE_APPLICATION_CREDENTIALS: file, GOOGLE_CREDENTIALS_PARAMETER: parameter } = environment;
    if (environment.GOOGLE_API_ROOT || Boolean(file) !== Boolean(parameter)) return;
    context.addIssue({
      code: 'custom',
      path: ['GOOGLE_APPLICATION_CREDENTIALS'],
      params: { reason: file ? 'both' : 'none' },
    });
  });

const messages: Readonly<Record<string, string>> = {
  GOOGLE_APPLICATION_CREDENTIALS:
    'Googleの認証情報のありかを、GOOGLE_APPLICATION_CREDENTIALS（ファイル）か GOOGLE_CREDENTIALS_PARAMETER（SSMパラメータ）の、どちらか一方だけで指定してください。',
  GOOGLE_CREDENTIALS_PARAMETER: 'SSMパラメータの名前として正しい形ではありません（例：/mokuhyo/google-credentials）。',
  GOOGLE_API_ROOT:
    '試験のための指定です。このコンピュータ自身のアドレス（例：http://127.0.0.1:8080/）のほかは使えません。',
};

/**
 * Reads from the environment how to reach Google (section 6 of the contract). Takes the variables as a record, so that only
 * the edges of the program touch `process.env`. Names every variable that is wrong, and shows no value.
 */
export function googleConfig(environment: Readonly<Record<string, string | undefined>>): GoogleConfigResult {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const variables = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return {
      ok: false,
      problems: [...variables].map((variable) => ({
        variable,
        message: messages[variable] ?? '値が正しくありません。',
      })),
    };
  }
  const { GOOGLE_API_ROOT, GOOGLE_APPLICATION_CREDENTIALS, GOOGLE_CREDENTIALS_PARAMETER } = parsed.data;
  if (GOOGLE_API_ROOT) return { ok: true, config: { kind: 'loopback', apiRoot: GOOGLE_API_ROOT } };
  if (GOOGLE_CREDENTIALS_PARAMETER)
    return { ok: true, config: { kind: 'parameter', name: GOOGLE_CREDENTIALS_PARAMETER } };
  return { ok: true, config: { kind: 'file', path: GOOGLE_APPLICATION_CREDENTIALS ?? '' } };
}

/**
 * The id of a spreadsheet, given as it is or as the address that a browser shows; null where it is neither. Ids are made by
 * Google of letters, digits, `-` and `_`.
 */
export function spreadsheetId(text: string): string | null {
  const address = /^https:\/\/docs\.google\.com\/spreadsheets\/(?:u\/\d+\/)?d\/([\w-]+)(?:[/?#]|$)/u.exec(text.trim());
  const id = address?.[1] ?? text.trim();
  return /^[\w-]{10,200}$/u.test(id) ? id : null;
}
