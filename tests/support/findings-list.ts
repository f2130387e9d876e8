import { listFindings } from '../../lib/findings/catalogue.ts';
import type { Severity } from '../../lib/findings/finding.ts';

const sections: readonly {
  readonly title: string;
  readonly meaning: string;
  readonly of: (severity: Severity, blocks: boolean) => boolean;
}[] = [
  {
    title: 'サイト全体の更新を止めるエラー',
    meaning: '直すまで、サイトは一文字も変わりません。今の公表内容はそのまま残ります。',
    of: (severity, blocks) => severity === 'error' && blocks,
  },
  {
    title: '部の掲載を保留するエラー',
    meaning:
      '直すまで、その部だけが保留になります。前に公表した内容があれば、それを表示し続けます。ほかの部は公表されます。',
    of: (severity, blocks) => severity === 'error' && !blocks,
  },
  {
    title: '注意',
    meaning: '公表されますが、間違いかもしれません。一度確かめてください。',
    of: (severity) => severity === 'warning',
  },
  {
    title: 'お知らせ',
    meaning: '公表されます。読む人のために、直せないか検討していただきたいところです。',
    of: (severity) => severity === 'notice',
  },
];

/** `docs/findings.md`: the list of findings for the staff, made from the catalogue. */
export function findingsList(): string {
  const findings = listFindings();
  const lines = [
    '# 指摘の一覧',
    '',
    '<!-- Made from lib/findings/catalogue.ts by `npm run docs:findings`. Do not edit by hand. -->',
    '',
    'Mokuhyoがシートを確かめて伝える指摘の全てです。文の中の部名や番号などは例で、実際にはシートの内容が入ります。',
    '指摘には必ず、どこが（シートとセル）、何が、どうすればよいかが書かれます。一度の確認で、見付かったものを全てお伝えします。',
    '',
    `全部で${findings.length}種類あります。`,
  ];
  for (const { title, meaning, of } of sections) {
    const listed = findings.filter(({ severity, blocks }) => of(severity, blocks));
    lines.push('', `## ${title}`, '', meaning, '', '| 符号 | 指摘 | どうすればよいか |', '| --- | --- | --- |');
    for (const { code, message, fix } of listed)
      lines.push(`| \`${code}\` | ${tableText(message)} | ${tableText(fix)} |`);
  }
  return `${lines.join('\n')}\n`;
}

/** Text in a cell of a table in Markdown. */
function tableText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}
