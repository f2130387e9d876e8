import { isBlank } from '../../text/normalize.ts';

/** What a target asks for, where it says more than a number: `600以下`, `60以上`, `90～100`. */
export interface Bounds {
  readonly least: number | null;
  readonly most: number | null;
}

/** A number as people type it. */
export interface FigureReading {
  /** Null for a span (`90～100`). */
  readonly value: number | null;
  /** The unit behind it: `人`, `千円`, `%`. */
  readonly unit: string | null;
  readonly bounds: Bounds | null;
}

const amount = String.raw`(?:約|およそ|ほぼ|概ね|おおむね)?([△▲−‐-]|マイナス)?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)`;
const unit = String.raw`([^\d,.+\-△▲−~以未超]{0,12}?)`;
const single = new RegExp(`^${amount}${unit}(以下|以内|未満|以上|超)?$`, 'u');
const span = new RegExp(`^${amount}${unit}[~〜～から]{1,2}${amount}${unit}$`, 'u');

const nothing = new Set(['-', '—', '―', '–', '−', 'ー', 'なし', '無', '無し']);

/**
 * Reads a number as people type it: separators, full width, 約, △▲− for minus, a unit behind; brackets are left aside. `－` and なし
 * are no value. Source: "Numbers are read as people type them" in section 8 of the contract.
 *
 * @returns `'none'` where there is no value, null where it cannot be read
 */
export function readFigure(text: string): FigureReading | 'none' | null {
  if (isBlank(text)) return 'none';
  const key = text
    .normalize('NFKC')
    .replaceAll(/\([^()]*\)|〔[^〕]*〕|\[[^\]]*\]|【[^】]*】/gu, '')
    .replaceAll(/[\s\u3000]+/gu, '');
  if (key === '' || nothing.has(key)) return 'none';
  const one = single.exec(key);
  if (one !== null) {
    const value = numberOf(one[1], one[2]);
    return { value, unit: one[3] || null, bounds: boundsOf(value, one[4]) };
  }
  const two = span.exec(key);
  if (two === null) return null;
  const least = numberOf(two[1], two[2]);
  const most = numberOf(two[4], two[5]);
  if (least > most) return null;
  return { value: null, unit: two[6] || two[3] || null, bounds: { least, most } };
}

function numberOf(sign: string | undefined, digits: string | undefined): number {
  const size = Number((digits ?? '').replaceAll(',', ''));
  return sign === undefined || size === 0 ? size : -size;
}

function boundsOf(value: number, word: string | undefined): Bounds | null {
  if (word === undefined) return null;
  return word === '以上' || word === '超' ? { least: value, most: null } : { least: null, most: value };
}

/**
 * Whether what was reached is what was aimed at; null without both. Bounds in the target are the test, whatever the direction says;
 * `keep` is reached where both are equal. Source: section 8 of the contract.
 */
export function isReached(
  direction: 'increase' | 'decrease' | 'keep',
  target: FigureReading | null,
  actual: FigureReading | null,
): boolean | null {
  const value = actual?.value ?? null;
  if (target === null || value === null) return null;
  if (target.bounds !== null) {
    const { least, most } = target.bounds;
    return (least === null || value >= least) && (most === null || value <= most);
  }
  if (target.value === null) return null;
  if (direction === 'keep') return value === target.value;
  return direction === 'increase' ? value >= target.value : value <= target.value;
}
