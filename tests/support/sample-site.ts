import type { Published } from '../../lib/goals/model/published.ts';
import { type DepartmentDraft, publishedOf, yearOf } from './published.ts';

/** A small city's two years, with everything that a page can show: for screenshots and for the tests in a browser. */

const kurashi: DepartmentDraft = {
  id: 'kurashi',
  name: 'くらし環境部',
  nameKana: 'くらしかんきょうぶ',
  director: ['髙𠮷 みどり', 'たかよし みどり'],
  policy: '待たせない窓口と、\n緑の多いまちをつくります。',
  work: 'くらし環境部は、市民窓口課、環境課、ごみ減量課の3課で、届出や証明、公園や緑、ごみとリサイクルの仕事を受け持っています。',
  summary:
    '窓口の待ち時間を半分にできました。ごみの量は目標に届きませんでしたが、分別の説明会を続けたことで、少しずつ減っています。\n来年度は、集合住宅にお住まいの方への案内に力を入れます。',
  updated: '2025-04-18',
  goals: [
    ['転入の手続きを、一つの窓口で終えられるようにします！', 'achieved', '達成', '4月から総合窓口で受け付けています。'],
    ['家庭から出るごみを、一人一日あたり20グラム減らします！', 'missed'],
    ['街路樹の点検を、すべての市道で行います！', 'partial', '一部達成（8割を点検）'],
    ['証明書のコンビニ交付を始めます！', 'achieved', '着手 達成'],
  ],
};

const kenko: DepartmentDraft = {
  id: 'kenko',
  name: '健康ささえあい部',
  director: ['渡邉 一歩', 'わたなべ いっぽ'],
  policy: '歩いて通える距離に、相談できる場所を。',
  work: '健康ささえあい部は、健康課、介護保険課、地域福祉課の3課で、健診や予防接種、介護、地域の見守りの仕事を受け持っています。',
  summary: '相談の場を三つ増やし、のべ千二百人の方にご利用いただきました。',
  updated: '2025-03-01',
  held: true,
  goals: [
    ['出張健康相談を、すべての小学校区で開きます！', 'achieved'],
    ['認知症サポーターを300人ふやします！', 'achieved'],
    ['がん検診の受診率を50％以上にします！', 'in-progress'],
  ],
};

const manabi: DepartmentDraft = {
  id: 'manabi',
  name: '教育部',
  director: ['五十嵐 学', 'いがらし まなぶ'],
  policy: '学びの場を、もっと近くに。先生が子どもと向き合う時間を、もっと長く。',
  work: '教育部は、教育総務課、指導課、図書館の3課で、学校の施設や給食、授業の支援、図書館の運営を受け持っています。',
  summary: '図書館の開館時間を延ばし、夜間の利用が増えました。',
  updated: '2025-04-01',
  goals: [
    ['図書館を、平日は午後8時まで開けます！', 'achieved'],
    ['すべての小中学校の体育館に、冷房を付けます！', 'achieved'],
    ['デジタル教材をつかった授業を、全学年で行います！', 'achieved'],
    ['給食の食べ残しを1割減らします！', 'achieved'],
    ['部活動の地域移行について、3つの種目で試行します！', 'partial'],
  ],
};

/** Newest first: the goals of 令和7年度, and 令和6年度 with its results. */
export function samplePublished(): Published {
  const unrated = (draft: DepartmentDraft): DepartmentDraft => ({
    ...draft,
    held: false,
    summary: null,
    updated: '2025-05-12',
    goals: draft.goals.map(([text]) => [text, 'unrated']),
  });
  return publishedOf(
    [
      yearOf({
        fiscalYear: 2025,
        phase: 'plan',
        title: '令和7年度 部長目標',
        departments: [unrated(kurashi), unrated(manabi)],
      }),
      yearOf({
        fiscalYear: 2024,
        phase: 'result',
        title: '令和6年度 部長目標 結果発表！',
        departments: [kurashi, kenko, manabi],
      }),
    ],
    [
      {
        at: '2025-05-12T00:10:00.000Z',
        fiscalYear: 2025,
        departmentId: 'kurashi',
        departmentName: 'くらし環境部',
        kind: 'added',
        details: [],
        approvedBy: null,
      },
      {
        at: '2025-04-18T00:10:00.000Z',
        fiscalYear: 2024,
        departmentId: 'kurashi',
        departmentName: 'くらし環境部',
        kind: 'updated',
        details: [
          {
            what: 'status',
            goal: 3,
            from: { code: 'missed', label: '未達成' },
            to: { code: 'partial', label: '一部達成（8割を点検）' },
          },
        ],
        approvedBy: null,
      },
    ],
  );
}
