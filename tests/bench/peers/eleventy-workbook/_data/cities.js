import { readFile } from 'node:fs/promises';
import xlsx from '@e965/xlsx';

/** The rows of the workbook as the templates take them, the way a web team would write it: read once, and no row is checked. */
let cities;

export default function () {
  cities ??= readCities();
  return cities;
}

async function readCities() {
  const book = xlsx.read(await readFile(new URL('../goals.xlsx', import.meta.url)));
  const rowsOf = (tab) => xlsx.utils.sheet_to_json(book.Sheets[tab], { raw: false, defval: '' });
  const settings = new Map(rowsOf('設定').map((row) => [row['項目'], row['値']]));
  const goals = Map.groupBy(rowsOf('目標'), (row) => row['部名']);
  const departments = rowsOf('部').map((row) => {
    const own = (goals.get(row['部名']) ?? []).map((goal) => ({
      number: Number(goal['番号']),
      text: goal['目標'],
      status: statuses[goal['達成状況']],
      label: goal['達成状況'],
      note: goal['説明'] || null,
    }));
    return {
      id: row['URL名'],
      name: row['部名'],
      director: { title: row['職名'], name: row['部長名'], kana: row['部長名（ふりがな）'] },
      policy: row['基本方針'],
      work: row['部の仕事'],
      summary: row['総括'],
      goals: own,
      tally: tallyOf(own),
    };
  });
  return [
    {
      prefix: '',
      name: settings.get('自治体名'),
      title: settings.get('題名'),
      contact: settings.get('問い合わせ先'),
      label: settings.get('年度'),
      updated: '2025-04-01',
      updatedLabel: '2025年4月1日',
      tally: tallyOf(departments.flatMap((department) => department.goals)),
      departments,
    },
  ];
}

const statuses = { 達成: 'achieved', 一部達成: 'partial', 未達成: 'missed', 進行中: 'in-progress' };

function tallyOf(goals) {
  const lines = Object.entries(statuses).map(([label, status]) => {
    const count = goals.filter((goal) => goal.status === status).length;
    return { status, label, count, share: Math.round((count / goals.length) * 100) };
  });
  return { total: goals.length, lines };
}
