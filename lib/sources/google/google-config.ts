import * as z from 'zod';

/** Where the Google APIs are, and with what a program presents itself there. */
export type GoogleConfig =
  /** Path of a credentials file: workload identity federation (`external_account`), or a service account's key. */
  | {
      readonly kind: 'file';
      readonly path: string;
      /** A person is at the keyboard: the file may be the person's own login. */
      readonly forPeople?: true;
    }
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

/** Where a name of a file is expected, the content is sometimes given: the key itself, or the same in base 64. */
const looksLikeContent = (text: string): boolean => /[{}"\r\n]|-----BEGIN|^ey[IJ]/u.test(text) || text.length > 1024;

const environmentSchema = z
  .object({
    GOOGLE_APPLICATION_CREDENTIALS: optional.pipe(
      z
        .string()
        .refine((text) => !looksLikeContent(text), { params: { reason: 'content' } })
        .optional(),
    ),
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
 *
 * @param options with `forPeople` where a person works: then the person's own login may be used
 */
export function googleConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { forPeople = false }: { readonly forPeople?: boolean } = {},
): GoogleConfigResult {
  const parsed = environmentSchema.safeParse(environment);
  if (!parsed.success) {
    const variables = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    const isContent = parsed.error.issues.some(
      (issue) => issue.code === 'custom' && issue.params?.['reason'] === 'content',
    );
    return {
      ok: false,
      problems: [...variables].map((variable) => ({
        variable,
        message:
          isContent && variable === 'GOOGLE_APPLICATION_CREDENTIALS'
            ? 'ファイルの名前ではなく、認証情報の中身が入っています。中身をファイルに保存し、その名前を指定してください。中身が記録に残ったおそれがある場合は、鍵を作り直してください。'
            : (messages[variable] ?? '値が正しくありません。'),
      })),
    };
  }
  const { GOOGLE_API_ROOT, GOOGLE_APPLICATION_CREDENTIALS, GOOGLE_CREDENTIALS_PARAMETER } = parsed.data;
  if (GOOGLE_API_ROOT) return { ok: true, config: { kind: 'loopback', apiRoot: GOOGLE_API_ROOT } };
  if (GOOGLE_CREDENTIALS_PARAMETER)
    return { ok: true, config: { kind: 'parameter', name: GOOGLE_CREDENTIALS_PARAMETER } };
  const path = GOOGLE_APPLICATION_CREDENTIALS ?? '';
  return { ok: true, config: { kind: 'file', path, ...(forPeople && { forPeople }) } };
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

/** The address at which people open a sheet. */
export function sheetAddress(id: string): string {
  return `https://docs.google.com/spreadsheets/d/${id}/edit`;
}
