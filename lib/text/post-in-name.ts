/** Posts of town halls, the longer before what they end with. The city's own word for its heads is asked for beside them. */
const posts = [
  '会計管理者',
  '危機管理監',
  '危機管理官',
  '選挙管理委員会事務局長',
  '事務局長',
  '事務局次長',
  'センター長',
  '総合支所長',
  '支所長',
  '出張所長',
  '事務所長',
  '消防署長',
  '消防長',
  '消防監',
  '消防司令長',
  '病院長',
  '副部長',
  '副局長',
  '副課長',
  '副所長',
  '副室長',
  '副市長',
  '副町長',
  '副村長',
  '副区長',
  '部長代理',
  '局長代理',
  '課長代理',
  '課長補佐',
  '部次長',
  '局次長',
  '部長',
  '局長',
  '課長',
  '室長',
  '所長',
  '館長',
  '園長',
  '署長',
  '校長',
  '院長',
  '係長',
  '班長',
  '次長',
  '区長',
  '市長',
  '町長',
  '村長',
  '教育長',
  '参事監',
  '参事',
  '参与',
  '理事',
  '技監',
  '政策監',
  '統括監',
  '企画監',
  '管理監',
  '推進監',
  '調整監',
  '主幹',
  '主査',
] as const;

/** A person who stands in for a head, and a post without one, are written so. Source: section 1 of the contract. */
const allowed = /事務取扱|事務代理|職務代理|代行|兼務|心得|[（(]\s*兼\s*[)）]|欠員|空席|空位|不在|未定/u;

/** Stands in every name with such a post. */
const anyPost = /[長事与監査幹佐者官]|代理/u;

/** What parts the words of a name. */
const separators = /[\s　（）()［］[\]【】〔〕・,，、/／:：]+/u;

/**
 * Surnames that end with 部, of three letters and more: 「長谷部長」 may be 長谷部 長. (Of two, 服部長, there is only one letter
 * left before 部長, and no name is as short as that.)
 */
const surnamesInBu =
  /(?:長谷|日下|曽我|曾我|宗我|小田|多治|五十|三田|大河|久保|御手洗|仁多|土師|久下|長曽我|八木)部長$/u;

/** What a name and a post run together must leave of the name: 神山部長, 部長神山尚. */
const leastLetters = 2;

interface Finder {
  readonly head: string;
  readonly known: readonly string[];
  readonly within: RegExp;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');

function finderOf(head: string): Finder {
  const word = head.trim();
  const known = [...new Set(word.length >= 2 ? [word, ...posts] : posts)].sort(
    (left, right) => right.length - left.length,
  );
  // 総務部長神山尚: of the department two letters and more, and of the name three, since 服部長太郎 is a name.
  const within = new RegExp(`^\\p{L}{2,12}?(${known.map(escaped).join('|')})\\p{Script=Han}{3,6}$`, 'u');
  return { head, known, within };
}

/** The city has one word for its heads: that of the last question is ready. */
let last: Finder | null = null;

/**
 * The post that stands beside a name (部長 in `神山 尚 部長`, `総務部長 神山尚`, `神山部長`), or null. The page writes the post itself and
 * would say 総務部長 神山 尚 部長. A post alone is no name with a post; of a person who stands in (`榎並 透（事務取扱）`) it is part of what
 * the contract has shown as written. Where a name may be meant (服部 長, 阿部長), it is taken for one.
 *
 * @param name as typed
 * @param head the city's word for the head of a department: 部長, 所長, 主幹
 */
export function postInName(name: string, head: string): string | null {
  const finder = last?.head === head ? last : finderOf(head);
  last = finder;
  if (!anyPost.test(name) && !(head.length >= 2 && name.includes(head))) return null;
  if (allowed.test(name)) return null;
  const words = name.split(separators).filter((word) => word !== '');
  for (const [index, word] of words.entries()) {
    const post = postOf(word, index, words.length, finder);
    if (post !== null) return post;
  }
  return null;
}

/** The post that one word of a name is, or holds. */
function postOf(word: string, index: number, count: number, { known, within }: Finder): string | null {
  const hasOthers = count > 1;
  const behind = known.find((post) => word.endsWith(post));
  if (behind !== undefined) {
    const letters = word.length - behind.length;
    // Beside other words it may be that of a department: 総務部長 神山 尚.
    if (hasOthers && letters === 0) return behind;
    if (letters >= leastLetters && !surnamesInBu.test(word)) return hasOthers || isGlued(word, behind) ? behind : null;
    // 神山 尚部長 has one letter of the name before it; 阿部長 一 is a name.
    return letters === 1 && index > 0 ? behind : null;
  }
  const before = known.find((post) => word.startsWith(post));
  if (before !== undefined) return word.length - before.length >= leastLetters ? before : null;
  return within.exec(word)?.[1] ?? null;
}

/** 神山部長 is a name and a post, 総務部長 is a post alone: what goes before it is no part of a department's name. */
function isGlued(word: string, post: string): boolean {
  const rest = word.slice(0, -post.length);
  return (
    /^\p{Script=Han}{2,5}$/u.test(rest) &&
    !/(?:総務|企画|財政|財務|政策|経営|市民|町民|住民|区民|税務|福祉|健康|保健|医療|子育て|こども|子ども|環境|生活|産業|経済|商工|観光|農林|農政|水産|農業|建設|都市|土木|建築|住宅|道路|上下水道|水道|下水道|消防|教育|文化|スポーツ|議会|会計|監査|選挙|危機管理|防災|地域|まちづくり|未来|推進|整備|振興|管理|情報|デジタル|人事|契約|改革|担当|事務|支|次)$/u.test(
      rest,
    )
  );
}
