import { matchKey } from '../../text/normalize.ts';

/** The terms that a city may offer its data under; all of them make it open data. */
export const licenceIds = ['CC-BY-4.0', 'CC0-1.0', 'PDL-1.0'] as const;
export type LicenceId = (typeof licenceIds)[number];

/** Where a city says nothing. */
export const defaultLicence: LicenceId = 'CC-BY-4.0';

/** As the staff choose them. */
export const licenceNames: Readonly<Record<LicenceId, string>> = {
  'CC-BY-4.0': 'CC BY 4.0',
  'CC0-1.0': 'CC0 1.0',
  'PDL-1.0': '公共データ利用規約（第1.0版）',
};

const spellings: ReadonlyMap<string, LicenceId> = new Map([
  ['ccby4.0', 'CC-BY-4.0'],
  ['ccby', 'CC-BY-4.0'],
  ['cc表示4.0', 'CC-BY-4.0'],
  ['クリエイティブコモンズ表示4.0', 'CC-BY-4.0'],
  ['クリエイティブコモンズ表示4.0国際', 'CC-BY-4.0'],
  ['クリエイティブコモンズ表示4.0国際ccby4.0', 'CC-BY-4.0'],
  ['cc01.0', 'CC0-1.0'],
  ['cc0', 'CC0-1.0'],
  ['公共データ利用規約第1.0版', 'PDL-1.0'],
  ['公共データ利用規約第1.0版pdl1.0', 'PDL-1.0'],
  ['公共データ利用規約', 'PDL-1.0'],
  ['pdl1.0', 'PDL-1.0'],
]);

/**
 * The terms that a cell names, or null where it names none of them. `CC BY-SA 4.0` and `CC BY 2.1 JP` are other terms than
 * `CC BY 4.0`, so nothing but the whole text counts.
 */
export function parseLicence(text: string): LicenceId | null {
  return spellings.get(matchKey(text).replace(/[-‐・()]/gu, '')) ?? null;
}
