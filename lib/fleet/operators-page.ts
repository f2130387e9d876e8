import { createHash } from 'node:crypto';
import { type Html, html, trustedMarkup } from '../pages/html.ts';
import { timeInWords } from '../text/date-in-words.ts';
import {
  type CityReport,
  type Condition,
  conditionOf,
  conditions,
  type FleetReport,
  heldDays,
} from './fleet-report.ts';

/**
 * The page for whoever runs the deployment: every city in one table, those that need a person first. It stands beside the states, where it is nobody's to
 * read but the operators', and loads nothing: a file that can be opened from anywhere.
 *
 * It says how each city is, and of what its sheet says nothing but the name of the city.
 */

/** As in the roles of the deployment. */
export const operatorsPageKey = 'fleet/operators.html';

/** How a city is, in a word, and what that means for the reader. */
const words: Readonly<Record<Condition, readonly [word: string, meaning: string]>> = {
  failed: [
    '失敗',
    'シートを読めないか、サイトに書けません。自動でやり直しますが、続くときは手引きの「公表できなかった市がある」をご覧ください。',
  ],
  stale: ['古い', '26時間、夜の確認が最後まで終わっていません。手引きの「サイトが古い市がある」をご覧ください。'],
  'held-long': [
    '長く保留',
    '3日以上、保留のままの部署があります。シートを直すのは市の方です。市に声をかけてください。',
  ],
  blocked: [
    'シートに誤り',
    'シートの設定や見出しに誤りがあり、公表を止めています。シートの「確認結果」に理由が出ています。',
  ],
  held: ['保留あり', '保留の部署があります。市には、シートとメールでお知らせしています。'],
  unpublished: ['未公表', 'まだ一度も公表していません。'],
  fine: ['順調', 'サイトは、シートのとおりです。'],
  paused: ['休止中', '一覧で休止にしています。公表済みのページは、そのまま見られます。'],
};

/** For these somebody has to do something. */
const urgent: readonly Condition[] = ['failed', 'stale', 'held-long', 'blocked'];

/** @param now by which ages are counted */
export function operatorsPage(report: FleetReport, now: Date): string {
  const rows = report.cities
    .map((city) => ({ city, condition: conditionOf(city, now) }))
    .toSorted((one, other) => rankOf(one.condition) - rankOf(other.condition) || compareIds(one.city, other.city));
  const counts = conditions.map(
    (condition) => [condition, rows.filter((row) => row.condition === condition).length] as const,
  );
  const waiting = rows.filter(({ condition }) => urgent.includes(condition)).length;
  return `${html`<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<title>市の一覧（運用担当用）</title>
<style>${trustedMarkup(style)}</style>
</head>
<body>
<main>
<h1>市の一覧<span>（運用担当用）</span></h1>
<p>${timeInWords(new Date(report.at))}の時点の、${rows.length}市の様子です。15分ごとに作り直します。<strong>公開しないでください。</strong></p>
<p class="answer">${waiting === 0 ? '今、手を貸す必要のある市はありません。' : html`手を貸す必要のある市が、<strong>${waiting}市</strong>あります。`}</p>
<dl>${counts.filter(([, count]) => count > 0).map(([condition, count]) => legend(condition, count))}</dl>
<div class="scroll" role="region" aria-labelledby="table-name" tabindex="0">
<table>
<caption id="table-name">市ごとの様子<span>（手を貸す必要のある市が先）</span></caption>
<thead>
<tr><th scope="col">市</th><th scope="col">様子</th><th scope="col">最後の公表</th><th scope="col">最後の夜の確認</th><th scope="col">保留</th><th scope="col">誤り</th><th scope="col">注意</th></tr>
</thead>
<tbody>
${rows.map(({ city, condition }) => row(city, condition, now))}</tbody>
</table>
</div>
</main>
<script>${trustedMarkup(script)}</script>
</body>
</html>`}\n`;
}

const rankOf = (condition: Condition): number => conditions.indexOf(condition);

function compareIds({ id: one }: CityReport, { id: other }: CityReport): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function legend(condition: Condition, count: number): Html {
  const [word, meaning] = words[condition];
  return html`<div><dt>${mark(condition)}${word} <b>${count}</b></dt><dd>${meaning}</dd></div>`;
}

function row(city: CityReport, condition: Condition, now: Date): Html {
  const { id, url, record, night } = city;
  const days = Math.floor(heldDays(city, now));
  return html`<tr>
<th scope="row" data-value="${id}"><a href="${url}">${record?.municipality ?? id}</a>${record?.municipality && html`<span>${id}</span>`}</th>
<td data-value="${rankOf(condition)}">${mark(condition)}${words[condition][0]}</td>
${instant(record?.publishedAt ?? null, now)}
${instant(night?.at ?? null, now)}
<td class="number" data-value="${days * 10_000 + (record?.held ?? 0)}">${record === null ? '—' : record.held}${days > 0 && html`<span>（最長${days}日）</span>`}</td>
<td class="number" data-value="${record?.errors ?? -1}">${record?.errors ?? '—'}</td>
<td class="number" data-value="${record?.warnings ?? -1}">${record?.warnings ?? '—'}</td>
</tr>
`;
}

/** Shape and colour, never colour alone; the word stands beside it. */
function mark(condition: Condition): Html {
  const shape = urgent.includes(condition) ? '▲' : condition === 'fine' ? '●' : '○';
  return html`<i class="${urgent.includes(condition) ? 'urgent' : 'calm'}" aria-hidden="true">${shape}</i>`;
}

function instant(at: string | null, now: Date): Html {
  if (at === null) return html`<td data-value="0">まだ</td>`;
  const then = new Date(at);
  return html`<td data-value="${then.getTime()}"><time datetime="${at}">${timeInWords(then)}</time><span>（${ageInWords(now.getTime() - then.getTime())}）</span></td>`;
}

/** How long ago, roughly: 5分前, 3時間前, 2日前. */
function ageInWords(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 60) return `${minutes}分前`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}時間前` : `${Math.floor(hours / 24)}日前`;
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const style = `
:root{color-scheme:light dark;--page:light-dark(#fff,#1a1a1a);--ink:light-dark(#1a1a1a,#f2f2f2);--soft:light-dark(#4d4d4d,#ccc);--line:light-dark(#ccc,#666);--quiet:light-dark(#f2f2f2,#262626);--link:light-dark(#00118f,#9db7f9);--urgent:light-dark(#b30000,#ff9c8f);--calm:light-dark(#115a36,#71c598)}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.7 "Noto Sans JP","Noto Sans CJK JP","Hiragino Sans",sans-serif;overflow-wrap:anywhere;line-break:strict}
main{max-width:80rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.75rem;line-height:1.4;margin:0 0 .5rem}
h1 span,caption span{display:inline-block}
p{margin:0 0 1rem}
.answer{font-size:1.25rem;border-left:4px solid currentcolor;padding-left:.75rem}
dl{display:grid;gap:.5rem 1.5rem;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr));margin:0 0 1.5rem}
dl div{border-top:1px solid var(--line);padding-top:.5rem}
dt{font-weight:700}
dd{margin:0;color:var(--soft);font-size:.9375rem}
i{font-style:normal;margin-right:.375em}
.urgent{color:var(--urgent)}
.calm{color:var(--calm)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%}
caption{text-align:left;font-weight:700;padding-bottom:.5rem}
th,td{border-bottom:1px solid var(--line);padding:.5rem .75rem;text-align:left;vertical-align:top;white-space:nowrap}
td span,tbody th span{display:block;font-weight:400;color:var(--soft);font-size:.9375rem}
.number{text-align:right;font-variant-numeric:tabular-nums}
thead th{background:var(--quiet);white-space:nowrap;vertical-align:bottom}
thead th:nth-child(n+5){text-align:right}
tbody th{position:sticky;left:0;background:var(--page)}
a{color:var(--link)}
button{font:inherit;font-weight:700;color:inherit;background:none;border:0;padding:.25rem 0;margin:0;min-height:1.75rem;cursor:pointer;text-decoration:underline dotted;text-underline-offset:.25em}
[aria-sort=ascending] button::after{content:" ▲" / ""}
[aria-sort=descending] button::after{content:" ▼" / ""}
:focus-visible{outline:4px solid light-dark(#000,#ffd43d);outline-offset:2px;box-shadow:0 0 0 2px light-dark(#ffd43d,#000)}
@media print{:root{color-scheme:light;font-size:10pt}main{padding:0;max-width:none}.scroll{overflow:visible}th,td{padding:.25rem .375rem;white-space:normal}tbody th{position:static}tr{break-inside:avoid}button{text-decoration:none}a{color:inherit}@page{size:A4 landscape;margin:12mm}}
`;

/** Makes the headings sort. Without it the table stands as it is: those that need a person first. */
const script = `
const table = document.querySelector('table');
const headings = [...table.tHead.rows[0].cells];
const value = (row, column) => {
  const text = row.cells[column].dataset.value;
  return column === 0 ? text : Number(text);
};
headings.forEach((heading, column) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = heading.textContent;
  heading.replaceChildren(button);
  button.addEventListener('click', () => {
    const isUp = heading.getAttribute('aria-sort') !== 'ascending';
    for (const other of headings) other.removeAttribute('aria-sort');
    heading.setAttribute('aria-sort', isUp ? 'ascending' : 'descending');
    const rows = [...table.tBodies[0].rows].sort((one, other) => {
      const [a, b] = [value(one, column), value(other, column)];
      return (a < b ? -1 : a > b ? 1 : 0) * (isUp ? 1 : -1);
    });
    table.tBodies[0].append(...rows);
  });
});
`;
