/**
 * The city's own words: what its units, their heads and the promise itself are called. Every sentence that speaks of them is
 * written with the placeholders `{unit}`, `{head}` and `{scheme}`. Source: "The city's own words" in section 1 of the contract.
 */
export interface Scheme {
  /** 制度の名: 局長マニフェスト; 部長目標 where 設定 says nothing. */
  readonly name: string;
  /** 単位の名: 部, 局, 課. */
  readonly unit: string;
  /** 長の名: 部長, 局長. */
  readonly head: string;
}

/** Where 設定 says nothing, each word follows from the one before it. */
export function schemeOf(words: { unit: string | null; head: string | null; name: string | null }): Scheme {
  const unit = words.unit ?? '部';
  const head = words.head ?? `${unit}長`;
  return { name: words.name ?? `${head}目標`, unit, head };
}

export const defaultScheme: Scheme = schemeOf({ unit: null, head: null, name: null });

/** Units whose tab is found by its name alone, where 設定 has no 単位の名. */
export const knownUnits: readonly string[] = ['部', '局', '課', '区', '室', '所', '部局', '所属'];

/** Puts the city's words into a text. `{example}` is a unit of that kind, for examples: 環境部, 環境局. */
export function inWords(text: string, { name, unit, head }: Scheme): string {
  if (!text.includes('{')) return text;
  return text
    .replaceAll('{scheme}', name)
    .replaceAll('{unit}', unit)
    .replaceAll('{head}', head)
    .replaceAll('{example}', [...unit].length === 1 ? `環境${unit}` : '環境課');
}
