import type { Scheme } from '../../text/scheme.ts';
import type { TabKey } from '../../workbook/columns.ts';

type Row = Readonly<Record<string, string>>;

/** An invented city at the beginning of a year, by the keys of the table of columns: what `template --example` is filled in with. */
export function exampleRows({ unit, head }: Scheme): {
  readonly settings: Row;
  readonly tabs: Readonly<Partial<Record<TabKey, readonly Row[]>>>;
} {
  const [care, parks] = [`環境${unit}`, `公園${unit}`];
  return {
    settings: {
      municipality: '見本市',
      fiscalYear: '令和6年度',
      phase: '目標',
      contact: '見本市 企画課 電話 000-000-0000',
    },
    tabs: {
      departments: [
        {
          department: care,
          director: '見本 花子',
          directorKana: 'みほん はなこ',
          policy: '市民と力を合わせ、ごみの少ないまちをつくります！',
          work: `${care}は、ごみの収集と資源の回収、公害の相談を受け持っています。`,
          visibility: '公開',
        },
        {
          department: parks,
          director: '例田 一郎',
          directorKana: 'れいた いちろう',
          policy: 'だれもが立ち寄りたくなる公園を、まちのあちこちに増やします。',
          work: `${parks}は、公園と街路樹の手入れ、花壇づくりの支援を受け持っています。`,
          visibility: '公開',
        },
      ],
      goals: [
        { department: care, number: '1', goal: '市民1人が1日に出すごみを、600グラムまで減らします！' },
        { department: care, number: '2', goal: '古着の回収場所を、20か所に増やします！' },
        { department: parks, number: '1', goal: '公園の遊具を、すべて点検します！' },
      ],
      indicators: [
        {
          department: care,
          goalNumber: '1',
          name: '市民1人1日あたりのごみの量',
          unit: 'g',
          direction: '減らす',
          baseline: '640',
          baselineAt: '令和5年度',
          target: '600',
          targetAt: '令和6年度',
          source: `${head}への報告`,
        },
      ],
    },
  };
}
