import * as z from 'zod';
import type { Failure } from '../failure.ts';
import { parseSiteUrl } from '../pages/site-url.ts';

/**
 * `sites.json`: which cities one deployment publishes (section 7 of the contract).
 *
 * The room `fleet` knows many cities in one deployment: the list of sites, where each has its things, who is looked at when, and at what rate
 * Google is asked. It may import `text`, `pages`, `sources`, `staff`, `stores`, `release`. Begin here.
 */

/** One city, as the list names it. */
export const siteEntrySchema = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/)
      .describe('英小文字、数字、ハイフン。記録の置き場所の名になり、あとから変えられません。'),
    spreadsheetId: z
      .string()
      .regex(/^[\w-]{10,200}$/)
      .describe('GoogleスプレッドシートのID'),
    prefix: z
      .string()
      .max(200)
      .regex(/^(?:(?!\.)[\w.-]+(?:\/(?!\.)[\w.-]+)*)?$/)
      .describe(
        '公開するバケットの中のフォルダー。前後に / は付けません。空はバケット全体で、ほかにサイトがないときだけ使えます。',
      ),
    url: z
      .string()
      .max(500)
      .refine((text) => parseSiteUrl(text) !== null)
      .describe('サイトの公開アドレス（https://…/）'),
    staffEmail: z.email().nullable().describe('夜の確認メールの宛先。送らないときは null'),
    paused: z
      .boolean()
      .default(false)
      .describe('true の間は、読み取りも公開もしません。公開済みのページはそのまま残ります。'),
    direct: z
      .boolean()
      .default(false)
      .describe('true のサイトは、変更の知らせを待たずに毎分読みます（1分以内に答えが要る市だけ）。'),
    stateAtRoot: z
      .boolean()
      .default(false)
      .describe('一つの市だけのデプロイから移ったサイトは true。記録は、それまでどおりバケットの直下にあります。'),
  })
  .describe('一つの市のサイト');
export type SiteEntry = z.infer<typeof siteEntrySchema>;

/** So many sites may be marked to be read each minute: a third of Google's quota of 60 readings. */
export const mostDirectSites = 20;

/** The list by itself, without what has to hold between its sites: {@link parseSiteList} looks at that too. */
export const siteListSchema = z
  .strictObject({ sites: z.array(siteEntrySchema).max(5000) })
  .describe('一つのデプロイで公表するサイトの一覧（sites.json）');
export type SiteList = z.infer<typeof siteListSchema>;

export type ParsedSiteList =
  | { readonly ok: true; readonly list: SiteList }
  /** Everything that is wrong, at once. */
  | { readonly ok: false; readonly problems: readonly Failure[] };

/** Reads the bytes of `sites.json`. Pure. */
export function parseSiteList(body: Uint8Array): ParsedSiteList {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (error) {
    // The one names bytes that are no UTF-8, the other text that is no JSON.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
    return { ok: false, problems: [notJson] };
  }
  return checkSiteList(value);
}

/** Whether a value is a list of sites, by the schema and by what has to hold between its sites. Pure. */
export function checkSiteList(value: unknown): ParsedSiteList {
  const parsed = siteListSchema.safeParse(value);
  if (!parsed.success) return { ok: false, problems: parsed.error.issues.map((issue) => problemOf(issue, value)) };
  const problems = conflictsIn(parsed.data);
  return problems.length === 0 ? { ok: true, list: parsed.data } : { ok: false, problems };
}

/** The site of an id; null where the list has none. */
export function siteOf({ sites }: SiteList, id: string): SiteEntry | null {
  return sites.find((site) => site.id === id) ?? null;
}

/** The published schema of the list (JSON Schema 2020-12), as text: `docs/sites.schema.json`. */
export function siteListJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(siteListSchema, { target: 'draft-2020-12', io: 'input' }), null, 2)}\n`;
}

const notJson: Failure = {
  code: 'sites-not-json',
  message: 'サイトの一覧（sites.json）を読み取れません。JSONの形になっていません。',
  fix: 'かっことカンマを確かめるか、バケットの「バージョン」から前の一覧に戻してください。',
};

/** What each field wants, for people. */
const wants: Readonly<Record<keyof SiteEntry, readonly [code: string, fix: string]>> = {
  id: ['site-id-invalid', '英小文字、数字、ハイフンで、63文字までにしてください（例：kita-shi）。'],
  spreadsheetId: ['site-spreadsheet-invalid', 'スプレッドシートのアドレスの /d/ と /edit の間を写してください。'],
  prefix: [
    'site-prefix-invalid',
    'フォルダーの名前を、半角英数字、ハイフン、下線、ピリオドで、前後に / を付けずに書いてください（例：kita-shi）。',
  ],
  url: ['site-url-invalid', 'https:// で始まり、? や # のない公開アドレスを書いてください。'],
  staffEmail: ['site-email-invalid', 'メールアドレスを一つ書いてください。メールを送らない市では null にします。'],
  paused: ['site-paused-invalid', 'true か false を書いてください。'],
  direct: ['site-direct-invalid', 'true か false を書いてください。'],
  stateAtRoot: ['site-state-invalid', 'true か false を書いてください。'],
};

function isField(name: PropertyKey | undefined): name is keyof SiteEntry {
  return typeof name === 'string' && Object.hasOwn(wants, name);
}

/** One issue of the schema in plain words. Shows no value: what was pasted into the wrong field can be a secret. */
function problemOf(issue: z.core.$ZodIssue, value: unknown): Failure {
  const [top, index, field] = issue.path;
  if (top === 'sites' && typeof index === 'number') {
    const where = nameOf(value, index);
    if (isField(field)) {
      const [code, fix] = wants[field];
      const isMissing = !hasField(value, index, field);
      return { code, message: `${where}の ${field} が${isMissing ? 'ありません' : '正しくありません'}。`, fix };
    }
    if (issue.code === 'unrecognized_keys') {
      return {
        code: 'site-field-unknown',
        message: `${where}に、知らない項目が ${issue.keys.length} 個あります。`,
        fix: `使える項目は ${Object.keys(wants).join('、')} です。つづりを確かめてください。`,
      };
    }
  }
  return {
    code: 'sites-invalid',
    message: 'サイトの一覧（sites.json）の形が正しくありません。',
    fix: '{ "sites": [ { "id": … } ] } の形で書いてください。形は docs/sites.schema.json にあります。',
  };
}

function entryAt(value: unknown, index: number): object | null {
  const list = z.object({ sites: z.array(z.unknown()) }).safeParse(value);
  const entry = list.data?.sites[index];
  return typeof entry === 'object' && entry !== null ? entry : null;
}

function hasField(value: unknown, index: number, field: string): boolean {
  return Object.hasOwn(entryAt(value, index) ?? {}, field);
}

/** A site by its id where that can be shown, else by its place in the list. */
function nameOf(value: unknown, index: number): string {
  const id = siteEntrySchema.shape.id.safeParse(
    Object.entries(entryAt(value, index) ?? {}).find(([key]) => key === 'id')?.[1],
  );
  return id.success ? `サイト ${id.data} ` : `${index + 1}番目のサイト`;
}

/** What two sites may not share, and what lies inside another's. */
function conflictsIn({ sites }: SiteList): Failure[] {
  const twice = (key: (site: SiteEntry) => string, code: string, what: string, fix: string): Failure[] =>
    [...Map.groupBy(sites, key).values()]
      .filter((same) => same.length > 1)
      .map((same) => ({ code, message: `${what}（${same.map(({ id }) => id).join('、')}）。`, fix }));
  const addressOf = ({ url }: SiteEntry): string => parseSiteUrl(url) ?? url;
  return [
    ...twice(
      ({ id }) => id,
      'site-id-twice',
      '同じ id のサイトがあります',
      'id は、サイトごとに別の名前にしてください。',
    ),
    ...twice(
      (site) => site.spreadsheetId,
      'site-spreadsheet-twice',
      '同じスプレッドシートのサイトがあります',
      'スプレッドシートは、市ごとに一つです。写し間違いでないか確かめてください。',
    ),
    ...twice(
      addressOf,
      'site-url-twice',
      '同じ公開アドレスのサイトがあります',
      '公開アドレスは、サイトごとに別にしてください。',
    ),
    ...twice(
      ({ prefix }) => prefix,
      'site-prefix-twice',
      '公開するフォルダーが同じサイトがあります',
      '公開するフォルダー（prefix）は、サイトごとに別にしてください。',
    ),
    ...nested(sites),
    ...tooManyDirect(sites),
    ...(sites.filter(({ stateAtRoot }) => stateAtRoot).length > 1
      ? [
          {
            code: 'site-state-twice',
            message: `記録がバケットの直下にあるサイトが二つ以上あります（${sites
              .filter(({ stateAtRoot }) => stateAtRoot)
              .map(({ id }) => id)
              .join('、')}）。`,
            fix: 'stateAtRoot は、一つの市だけのデプロイから移ったサイトにだけ付けてください。',
          },
        ]
      : []),
  ];
}

function tooManyDirect(sites: readonly SiteEntry[]): Failure[] {
  const count = sites.filter(({ direct }) => direct).length;
  if (count <= mostDirectSites) return [];
  return [
    {
      code: 'site-direct-too-many',
      message: `毎分読むサイト（direct）が ${count} あります。`,
      fix: `Googleの利用回数の上限のため、${mostDirectSites} までにしてください。ほかの市も、変更は数分のうちに見つかります。`,
    },
  ];
}

/** Sites whose folder lies inside another's: what the outer one removes could be the inner one's. */
function nested(sites: readonly SiteEntry[]): Failure[] {
  const byPrefix = new Map(sites.map((site) => [site.prefix, site]));
  return sites.flatMap((inner) => {
    const segments = inner.prefix.split('/');
    const parents = inner.prefix === '' ? [] : segments.map((_, count) => segments.slice(0, count).join('/'));
    return parents.flatMap((parent) => {
      const outer = byPrefix.get(parent);
      if (outer === undefined) return [];
      return [
        {
          code: 'site-prefix-inside',
          message: `サイト ${inner.id} の公開するフォルダーが、サイト ${outer.id} のフォルダーの中にあります。`,
          fix:
            parent === ''
              ? 'prefix が空のサイトは、ほかのサイトと同じバケットに置けません。別のデプロイのままにするか、フォルダーのあるアドレスに移してください。'
              : '一方が他方の中に入らないように、prefix を変えてください。',
        },
      ];
    });
  });
}
