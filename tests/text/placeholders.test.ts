import { describe, expect, test } from 'vitest';
import { isNothingButPlaceholder, placeholderIn } from '../../lib/text/placeholders.ts';

describe('a cell that holds nothing but what is still to be written', () => {
  test.each([
    '別紙のとおり',
    '別紙の通り',
    '別紙のとおりです。',
    '別紙参照',
    '別紙を参照ください',
    '別添のとおり',
    '別紙2のとおり',
    '添付資料参照',
    '（別紙）',
    '詳細は別紙のとおり',
    '調整中',
    '（調整中）',
    '(調整中)',
    '〔調整中〕',
    '【調整中】',
    '※調整中',
    '※ 調整中。',
    '・・・調整中・・・',
    '…（調整中）…',
    'ーー調整中ーー',
    '調 整 中',
    '現在調整中です。',
    '内容は調整中です',
    '文言調整中',
    '最終調整中',
    '※後日記入予定',
    '後日記入予定',
    '後日記入します',
    '後日入力いたします。',
    '後日、提出予定',
    '（後日）',
    '追って記入',
    '追って連絡します',
    '別途作成',
    '確定次第記入',
    '決まり次第お知らせします',
    '記入予定',
    '※追記予定',
    '要確認',
    '※要確認',
    '【要確認】',
    '要確認！！',
    '要修正',
    '（案）',
    '案',
    '【案】',
    '素案',
    'たたき台',
    '仮',
    '（仮）',
    '仮置き',
    'ドラフト',
    '未定（案）',
    '（案）調整中',
    '別紙のとおり（調整中）',
    '未定\n要確認',
    '未定',
    '現時点では未定です。',
    '内容未定',
    '目標は検討中',
    '数値目標は精査中',
    '決裁待ち',
    '確認中',
    '担当案',
    '集計中',
    'TBD',
    'ＴＢＤ',
    'test',
    'ダミーテキスト',
    'あああ',
    'ｘｘｘ',
    '同上',
    '〃',
    '（略）',
    '記入例',
    '空欄',
  ])('%j', (text) => {
    expect(isNothingButPlaceholder(text)).toBe(true);
    expect(placeholderIn(text, false)).toBe(text);
  });

  test.each([
    'なし',
    '無し',
    '無',
    '特になし',
    '特に無し。',
    '（なし）',
    '該当なし',
    '※なし',
    'N/A',
    'ない',
    '特にありません。',
    'なし なし',
    '－',
    '―',
    '・・・',
    '※',
    '○○',
    '△△△',
    '。',
  ])('%j, which in a column that may be blank means that there is nothing', (text) => {
    expect(isNothingButPlaceholder(text)).toBe(true);
    expect(placeholderIn(text, false)).toBe(text);
  });

  test.each(['なし', '特になし', '（なし）', '該当なし', '特にありません。', '－', '・・・', '※'])(
    'in a column that may be blank %j says something',
    (text) => {
      expect(placeholderIn(text, true)).toBeNull();
    },
  );

  test.each(['調整中', '※後日記入予定', '別紙のとおり', '（案）', '要確認', 'なし（調整中）'])(
    'in a column that may be blank %j is still to be written',
    (text) => {
      expect(placeholderIn(text, true)).toBe(text);
    },
  );

  test.each(['目標を記入してください', 'ここに目標を入力してください。', 'ここに記入', '入力してください'])(
    'the instruction %s',
    (text) => {
      expect(isNothingButPlaceholder(text)).toBe(true);
      expect(placeholderIn(text, false)).not.toBeNull();
    },
  );
});

describe('an aside in a longer text is found where it stands', () => {
  test.each([
    ['窓口を4月に開きます（案）', '（案）'],
    ['窓口を4月に開きます（案）。', '（案）。'],
    ['窓口を開きます【案】', '【案】'],
    ['窓口の増設（案）', '（案）'],
    ['（案）窓口を開きます', '（案）'],
    ['案：窓口を開きます', '案：'],
    ['案）窓口を開きます', '案）'],
    ['窓口を開きます（仮）', '（仮）'],
    ['窓口を開きます（調整中）', '（調整中）'],
    ['相談窓口の設置(調整中)', '(調整中)'],
    ['相談窓口の設置〔調整中〕', '〔調整中〕'],
    ['【調整中】相談窓口を開きます', '【調整中】'],
    ['窓口を開きます（検討中）', '（検討中）'],
    ['窓口を開きます（調整中）\n電話でも受けます', '（調整中）'],
    ['窓口を開きます（要確認）。電話でも受けます', '（要確認）'],
    ['窓口を10か所（要確認）に増やします', '（要確認）'],
    ['窓口を増やします（別紙のとおり）', '（別紙のとおり）'],
    ['窓口を増やします（別紙参照）', '（別紙参照）'],
    ['窓口を増やします ※後日記入予定', '※後日記入予定'],
    ['窓口を増やします。※要確認', '※要確認'],
    ['窓口を増やします\n※数は調整中', null],
    ['窓口を増やします\n※調整中。', '※調整中。'],
    ['利用者を（未記入）人に増やします', '（未記入）'],
    ['窓口を増やします（後日追記予定）', '（後日追記予定）'],
  ])('%j: %j', (text, expected) => {
    expect(placeholderIn(text, false)).toBe(expected);
    expect(placeholderIn(text, true)).toBe(expected);
    expect(isNothingButPlaceholder(text)).toBe(false);
  });
});

describe('what a city has to say is no placeholder', () => {
  test.each([
    '開催日は未定です',
    '開催日は未定です。',
    '調整中の案件を減らします',
    '調整中の案件を10件減らします。',
    '未定の区間を決めます',
    '検討中の事業を見直します',
    '総合計画（案）を作成します',
    '景観条例（案）',
    '「地域福祉計画」（案）',
    '地域福祉計画（案）の意見募集を行います',
    '（仮称）子育て支援センターを開きます',
    '（仮称）子育て支援センター',
    '市民センター（仮称）の整備',
    '別紙申請書を電子化します',
    '申請書の別紙をなくします',
    '別紙のとおり定めた計画を進めます',
    '案内板を増やします',
    '案内',
    '提案制度を設けます',
    '案件の管理',
    '待機児童なし',
    '事故なしを続けます',
    '無事故',
    '無料相談を行います',
    '段差のない歩道をつくります',
    '庁舎の移転（検討中）、学校の統合（実施中）',
    '庁舎の移転（検討中）',
    '日程調整中',
    '関係機関と調整中',
    '関係機関と調整中です。',
    '要確認事項を減らします',
    '要介護認定を早めます',
    '要確認の書類を減らします（半分に）',
    'テストの自動化',
    'テスト環境を整えます',
    'サンプル調査を行います',
    '後日記入の手間をなくします',
    '記入の手間を減らします（記入例を置きます）',
    '仮設住宅を整えます',
    '見本市を開きます',
    '上記の目標を進めます',
    '略式の手続',
    '確認中の道路台帳を整えます',
    '※印のある書類は要確認です',
    '進捗は毎月確認（要綱による）',
    '（新規）窓口を開きます',
    '（継続）窓口を開きます',
    '窓口を開きます（令和7年4月予定）',
    '説明会を開きます（日程は未定）',
    'a',
    'b案を採用します',
    '市民と歩みます',
    '同上会館の改修',
    '',
  ])('%j', (text) => {
    expect(placeholderIn(text, false)).toBeNull();
    expect(isNothingButPlaceholder(text)).toBe(false);
  });
});

test('a long text is no trouble', () => {
  const long = '調整中（'.repeat(5_000);
  expect(placeholderIn(long, false)).toBeNull();
  expect(isNothingButPlaceholder('・'.repeat(20_000))).toBe(true);
});
