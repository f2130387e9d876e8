import type { Published } from '../../lib/goals/model/published.ts';
import { inspect } from '../../lib/inspect.ts';
import type { SiteFile } from '../../lib/pages/site-file.ts';
import { type PreviewSite, previewSite } from '../../lib/preview.ts';
import type { Workbook } from '../../lib/workbook/workbook.ts';
import { soundTabs, type Tabs, workbookOf } from './workbook.ts';

const now = new Date('2025-04-02T00:00:00Z');

/** The preview of a workbook, against what is on the site; null where the workbook cannot be used. */
export function previewOfWorkbook(workbook: Workbook, before: Published | null = null): PreviewSite | null {
  const inspection = inspect(workbook, now);
  return inspection.kind === 'usable' ? previewSite(inspection, before, now) : null;
}

const department = (name: string, id: string, visibility: string, approval: string, policy = `${name}の方針`) => [
  name,
  `${name[0]} 花子`,
  'みほん はなこ',
  policy,
  `${name}の仕事`,
  `${name}の総括。工事の遅れにより、開所は10月になりました。`,
  visibility,
  id,
  approval,
];

const tabs = (departments: readonly (readonly string[])[], goals: readonly (readonly string[])[]): Tabs => ({
  設定: soundTabs.設定,
  部: [[...soundTabs.部.slice(0, 1).flat(), '決裁'], ...departments],
  目標: [soundTabs.目標.slice(0, 1).flat(), ...goals],
});

const before = tabs(
  [
    department('総務部', 'somu', '公開', '第1号'),
    department('福祉部', 'fukushi', '公開', '第2号'),
    department('教育部', 'kyoiku', '公開', '第3号'),
    department('土木部', 'doboku', '公開', '第4号'),
    department('環境部', 'kankyo', '公開', '第5号'),
  ],
  ['総務部', '福祉部', '教育部', '土木部', '環境部'].map((name) => [
    name,
    '1',
    `${name}の窓口を、夜7時まで開けます。`,
    '達成',
    '',
  ]),
);

/** One department of every kind: changed after its approval, a draft, waiting, wrong, taken off, new. */
const after = tabs(
  [
    department('総務部', 'somu', '公開', '第1号', '総務部の方針を、改めました。'),
    department('福祉部', 'fukushi', '下書き', '第2号', '<b>福祉部</b>の新しい方針'),
    department('教育部', 'kyoiku', '公開', '', '教育部の決裁を待つ方針'),
    department('土木部', 'doboku', '公開', '第6号'),
    department('環境部', 'kankyo', '取下げ', '第5号'),
    department('消防本部', 'shobo', '公開', '第7号'),
  ],
  [
    ['総務部', '1', '総務部の窓口を、夜8時まで開けます。', '達成', ''],
    ['福祉部', '1', '福祉部の窓口を、夜7時まで開けます。', '達成', '加わった説明'],
    ['教育部', '1', '教育部の窓口を、夜7時まで開けます。', '達成', ''],
    ['土木部', '1', '土木部の窓口を、夜7時まで開けます。', 'まあまあ', ''],
    ['消防本部', '1', '救急車を、6分以内に着けます。', '進行中', ''],
  ],
);

/** What was on the site before {@link samplePreview}. */
export function samplePreviewed(): Published {
  const shown = previewOfWorkbook(workbookOf(before))?.preview.settled.published;
  if (shown === undefined) throw new Error('The sheet of before cannot be used.');
  return shown;
}

/** A preview in which there is everything that one can show. */
export function samplePreview(): PreviewSite {
  const made = previewOfWorkbook(workbookOf(after), samplePreviewed());
  if (made === null) throw new Error('The sheet cannot be used.');
  return made;
}

/** The same as files that the server of the tests serves, with a page for what is not there. */
export function samplePreviewFiles(): SiteFile[] {
  const body = new TextEncoder().encode('<!DOCTYPE html><html lang="ja"><title>404</title><h1>404</h1></html>');
  const type = 'text/html; charset=utf-8';
  return [
    ...samplePreview().files,
    { key: '404.html', body, contentType: type, cacheControl: 'no-store', role: 'hub' },
  ];
}
