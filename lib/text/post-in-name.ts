import { matchKey } from './normalize.ts';

/** Posts of a city hall that stand beside a name, none of which ends a Japanese name. */
const posts = [
  '部長',
  '局長',
  '課長',
  '室長',
  '所長',
  '次長',
  '参事',
  '理事',
  '区長',
  '主幹',
  '課長補佐',
  '院長',
  '消防長',
];
/** What the contract allows beside a name: somebody stands in. */
const standIn = /事務取扱|事務代理|兼務|心得/u;

/**
 * The post that is written into a name: `神山 尚 部長`, `部長 神山尚`; null where there is none, or where the name says who stands in.
 *
 * @param head what the city calls its heads
 */
export function postInName(name: string, head: string): string | null {
  if (standIn.test(name)) return null;
  const parts = name.normalize('NFKC').trim().split(/\s+/u);
  const known = new Set([...posts, head].map(matchKey));
  const post =
    parts.length > 1
      ? [parts.at(-1), parts[0]].find((part) => part !== undefined && known.has(matchKey(part)))
      : undefined;
  return post ?? null;
}
