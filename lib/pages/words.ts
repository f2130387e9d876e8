import type { Severity } from '../findings/finding.ts';
import type { LicenceId } from '../goals/cells/licence.ts';
import { nameOfField } from '../goals/field-names.ts';
import type { Phase, StatusCode } from '../goals/model/dataset.ts';
import type { ChangeDetail } from '../goals/model/published.ts';
import type { DepartmentStanding } from '../goals/settle/settle.ts';
import { dayInWords } from '../text/date-in-words.ts';
import type { Scheme } from '../text/scheme.ts';

/** Every word of the pages in Japanese, as a city speaks. Another language is another value of this type. */
export function japanese({ name: scheme, unit, head }: Scheme) {
  const status: Record<StatusCode, string> = {
    exceeded: '上回る',
    achieved: '達成',
    partial: '一部達成',
    missed: '未達成',
    'in-progress': '進行中',
    'not-started': '未着手',
    cancelled: '中止',
    'not-assessable': '評価不能',
    unrated: '評価前',
  };
  return {
    lang: 'ja',
    locale: 'ja_JP',

    siteTitle: (municipality: string | null) => (municipality === null ? `${scheme}` : `${municipality} ${scheme}`),
    pageTitle: (page: string, site: string) => `${page}｜${site}`,
    skip: '本文へ移動',
    navigation: 'サイト内',
    breadcrumbs: '現在の位置',
    home: 'トップ',
    years: '年度一覧',
    data: 'オープンデータ',
    accessibility: 'アクセシビリティ方針',
    feed: '更新情報（Atom）',
    contact: 'お問い合わせ',
    updated: '最終更新',

    date: dayInWords,
    westernYear: (year: number) => `${year}年度`,

    status,
    phase: { plan: '目標', interim: '中間', result: '結果' } satisfies Record<Phase, string>,
    phaseNote: {
      plan: `一年のはじめに、各${unit}が掲げた目標です。結果は、年度が終わったあとに公表します。`,
      interim: '年度の途中の状況です。結果は、年度が終わったあとに公表します。',
      result: `一年のはじめに各${unit}が掲げた目標と、その結果です。`,
    } satisfies Record<Phase, string>,

    goals: '目標',
    evaluations: '評価と意見',
    evaluationBy: (by: string) => `${by}の評価`,
    figure: { baseline: '基準値', interim: '中間値', target: '目標値', actual: '実績値' },
    reached: (isReached: boolean) => (isReached ? '目標値に達しました' : '目標値に達していません'),
    source: (text: string) => `出典：${text}`,
    noFigure: '－',
    year: '年度',
    trends: '指標の移り変わり',
    amount: (value: number, of: string | null) => `${value.toLocaleString('ja-JP')}${of ?? ''}`,
    predecessors: 'この組織の前身：',
    successors: 'この組織の後身：',
    and: '、',
    movedTitle: 'ページが移りました',
    policy: '基本方針',
    work: `${unit}の仕事`,
    summary: '総括',
    portrait: (title: string, name: string) => `${title} ${name}の顔写真`,
    reading: (kana: string) => `（${kana}）`,
    goalCount: (count: number) => `${count}件`,
    share: (percent: number, digits: number) => `${percent.toFixed(digits)}％`,
    shareBelow: (percent: number) => `${percent}％未満`,
    shareNone: '対象外',
    tallyHeading: { plan: '掲げた目標', interim: '途中の状況', result: '結果のまとめ' } satisfies Record<Phase, string>,
    tallyCaption: '達成状況ごとの目標の数',
    /** What the shares are shares of, behind the caption. */
    tallyShareOf: (whole: number, leftOut: readonly string[], addsUp: boolean) =>
      `（割合は、${leftOut.length === 0 ? '' : `${leftOut.join('、')}を除く`}${whole}件に対するもの${addsUp ? '' : '。四捨五入のため、合計は100％になりません'}）`,
    tallyLeftOut: (label: string, count: number) => `${label}の${count}件`,
    tallyStatus: '達成状況',
    tallyCount: '数',
    tallyShare: '割合',
    tallyTotal: '合計',
    tallyLead: (rated: number, achieved: number, others: number) =>
      `${rated}件の目標のうち、${achieved}件を達成しました。${others > 0 ? `このほか、評価の対象になっていない目標が${others}件あります。` : ''}`,
    method: `達成状況は、目標を掲げた${unit}が自ら評価したものです。`,
    planLead: (departments: number, total: number) =>
      `${departments}の${unit}が、あわせて${total}件の目標を掲げました。`,
    departmentLead: (total: number) => `${total}件の目標を掲げました。`,
    pictureOfYear: (year: string, phase: Phase) =>
      phase === 'plan' ? `${year}の目標を、一つに一本の旗で並べた図` : `${year}の目標を、達成状況ごとの印で並べた図`,
    lastYear: {
      heading: (year: string) => `${year}の結果`,
      link: (year: string) => `${year}の目標と結果を見る`,
    },
    contents: `${unit}の一覧`,
    held: (date: string) => `最新の内容は確認中です。ここでは、${date}に更新した内容を掲載しています。`,
    noGoals: '目標の掲載はありません。',
    noDepartments: `この年度に公表している${unit}はありません。`,
    nothingYet: 'まだ公表している年度はありません。公表までしばらくお待ちください。',
    previous: `前の${unit}`,
    next: `次の${unit}`,
    siblings: `前後の${unit}`,
    history: '年度ごとの目標と結果',
    thisPage: 'このページ',
    historyGoals: (year: string) => `${year}の目標を見る`,

    /** Where a department stands, in one word. */
    standing: {
      published: '公表',
      draft: '下書き',
      'awaiting-approval': '決裁待ち',
      held: '保留',
      withdrawn: '取下げ',
    } satisfies Record<DepartmentStanding['standing'], string>,
    severity: { error: 'エラー', warning: '注意', notice: 'お知らせ' } satisfies Record<Severity, string>,
    unlisted: (count: number) => `このほか、${count}の${unit}が準備中です。`,

    preview: {
      banner: '公表前の確認用です。下書きや決裁待ちの内容を含みます。',
      bannerLabel: '公表前の確認用',
      printed: '公表前の確認用',
      changes: '変更点の確認',
      lead: `いま公表している内容と、シートのいまの内容を、${unit}ごとに並べています。`,
      legend: '変わった言葉には、印を付けています。',
      and: '、',
      legendEnd: '。',
      inserted: '追加',
      deleted: '削除',
      end: '、ここまで。',
      printing: `印刷すると、${unit}ごとに、押印の欄が付いた回議用の紙になります。`,
      blocked: `このままでは、どの${unit}も公表されません。公表中の内容は、前のままです。`,
      nobody: `シートに${unit}がありません。`,
      overview: `${unit}の一覧`,
      department: `${unit}名`,
      standing: '状態',
      changeCount: '変更',
      findingCount: '確認すること',
      none: 'なし',
      isNew: '新規',
      places: (count: number) => `${count}か所`,
      count: (count: number) => `${count}件`,
      elsewhere: 'シート全体について確認すること',
      standingNote: {
        published: '次の公表で反映されます。',
        draft: '下書きのため、公表されません。',
        'awaiting-approval': '決裁が済むまで、公表されません。',
        held: '直すまで、新しい内容は公表されません。',
        withdrawn: '次の公表で、掲載を取りやめます。',
      } satisfies Record<DepartmentStanding['standing'], string>,
      showing: (date: string) => `サイトには、${date}の内容を掲載しています。`,
      openPage: 'ページの見本を見る',
      heldFor: (reason: string) => `保留の理由：${reason}`,
      noChange: '公表している内容から変わったところはありません。',
      beforeAfter: '変更の前と後',
      what: '項目',
      before: '公表中の内容',
      nothingBefore: '公表中の内容（まだありません）',
      after: '新しい内容',
      nothing: '（なし）',
      ofGoal: (goal: number, label: string) => `目標${goal}の${label}`,
      findings: '確認すること',
      circulation: '回議用',
      madeOn: (date: string) => `${date}現在の内容`,
      dates: ['起案日　　　年　　月　　日', '決裁日　　　年　　月　　日', '文書番号'],
      /** Over the boxes for stamps; the blank ones are filled in by hand. */
      stamps: [head, '', '', '', '', '担当'],
      onCard: {
        published: null,
        draft: '下書き（公表されません）',
        'awaiting-approval': '決裁待ち（公表されません）',
        held: '保留（新しい内容は公表されません）',
        withdrawn: null,
      } satisfies Record<DepartmentStanding['standing'], string | null>,
    },

    filter: {
      heading: '目標をしぼりこむ',
      statuses: '達成状況',
      department: `${unit}`,
      allDepartments: `すべての${unit}`,
      search: '言葉でさがす',
      show: '結果を見る',
      clear: '条件を消す',
      all: (total: number) => `${total}件の目標を表示しています。`,
      found: '{total}件のうち{shown}件の目標を表示しています。',
      none: '条件に合う目標はありません。',
      /** Behind the title on every printed sheet. */
      narrowed: '（しぼりこみ）',
      /** On paper, before the goals that are left. */
      printed: '条件に合う目標だけを印刷しています（{conditions}）。',
    },

    /** On paper alone. */
    document: {
      asOf: '現在の内容',
      indicator: '指標',
    },

    yearsLead: '公表している年度の一覧です。',
    current: '最新',

    datasetDescription: (municipality: string, year: string) =>
      `${municipality}の各${unit}が${year}に掲げた目標と、その達成状況。${unit}ごとの基本方針、${unit}の仕事、総括を含みます。`,

    downloads: {
      lead: 'この年度のファイル',
      names: { document: 'PDF', workbook: 'Excel', goals: 'CSV（目標の一覧）', dataset: 'JSON' },
      /** In the units in which a browser shows it. */
      size: (bytes: number) =>
        bytes < 999_500 ? `${Math.max(1, Math.round(bytes / 1000))}KB` : `${(bytes / 1_000_000).toFixed(1)}MB`,
    },

    dataPage: {
      lead: 'このサイトの内容は、どなたでも自由に使えるデータとして公開しています。',
      leadWithoutLicence: 'このサイトの内容は、データとしてもご覧いただけます。',
      years: 'ダウンロード',
      tables: {
        goals: '目標の一覧',
        departments: `${unit}の一覧`,
        indicators: '指標の一覧',
        evaluations: '評価の一覧',
      },
      dataset: 'すべての内容',
      workbook: '印刷と再利用のための表',
      document: '印刷のための文書',
      contents: 'ファイルの内容',
      explanations: [
        {
          term: '目標の一覧（CSV）',
          text: '一行に一つの目標と、その達成状況が入っています。表計算ソフトでそのまま開けます。',
        },
        {
          term: `${unit}の一覧（CSV）`,
          text: `一行に一つの${unit}が入っています。${head}、基本方針、${unit}の仕事、総括と、達成状況ごとの目標の数です。`,
        },
        {
          term: 'すべての内容（JSON）',
          text: 'その年度のページに載っている内容のすべてです。プログラムで使うときは、こちらが便利です。',
        },
        {
          term: '印刷と再利用のための表（Excel）',
          text: 'その年度のページに載っている内容を、シートごとの表にしたものです。A4横で印刷できます。Mokuhyoに読みこむと、同じ内容のサイトができます。',
        },
        {
          term: 'CSVの約束ごと',
          text: "文字コードはBOM付きUTF-8です。文の中の改行は空白に置きかえています。「=」「+」「-」「@」で始まる文は、表計算ソフトが計算式と取りちがえないように、先頭に「'」を付けています。元の文はJSONにあります。",
        },
      ],
      definitions: 'データの定義',
      definitionsLead: '項目の名前や意味を、プログラムでも読める形で公開しています。',
      index: '年度とファイルの一覧',
      schema: '項目の定義',
      datapackage: 'ファイルの説明（Data Package）',
      feed: '更新情報',
      licenceHeading: '利用の条件',
      licence: (title: string): Record<LicenceId, string> => ({
        'CC-BY-4.0': `データは${title}のもとで利用できます。出典を書いていただければ、商用も含めて自由に、複製、加工、再配布ができます。`,
        'CC0-1.0': `データは${title}のもとで利用できます。出典を書かなくても、商用も含めて自由に、複製、加工、再配布ができます。`,
        'PDL-1.0': `データは${title}に従って利用できます。出典を書いていただければ、商用も含めて自由に、複製、加工、再配布ができます。加工したときは、そのことも書いてください。`,
      }),
      noLicence: (municipality: string | null) =>
        `データを使いたい方は、${municipality === null ? '' : `${municipality}に`}お問い合わせください。`,
      citation: (municipality: string): Record<LicenceId, string | null> => ({
        'CC-BY-4.0': `出典の書き方の例：${municipality}「${scheme}」`,
        'CC0-1.0': null,
        'PDL-1.0': `出典の書き方の例：${municipality}「${scheme}」、公共データ利用規約（PDL1.0）`,
      }),
    },

    accessibilityPage: {
      description: 'このサイトのウェブアクセシビリティ方針と、使っているプログラムの自動検査の結果です。',
      lead: (municipality: string | null) =>
        `${municipality === null ? 'このサイト' : `${municipality}は、このサイト`}を、年齢や障害の有無、使う機器にかかわらず、どなたにも読んでいただけるように作っています。`,
      sections: [
        {
          heading: '対象の範囲',
          paragraphs: ['このサイトのすべてのページを対象とします。'],
        },
        {
          heading: '目標とする基準',
          paragraphs: [
            'WCAG 2.2のレベルAA（日本産業規格JIS X 8341-3の適合レベルAAにあたる基準）に準拠することを目標とします。',
          ],
        },
        {
          heading: '配慮していること',
          paragraphs: [
            '達成状況は、色だけでなく形と言葉でも示します。画面の読み上げ、キーボードだけの操作、400％までの拡大、配色の反転や暗い配色、動きを減らす設定、白黒の印刷でも読めます。',
          ],
        },
      ],
      checkHeading: '自動検査の結果',
      checkLead: (version: string) =>
        `このサイトは、プログラム「Mokuhyo」（${version}版）が作っています。Mokuhyoの開発では、見本の内容で作ったページを、版ごとに自動検査で確かめています。`,
      checkScope: '対象',
      checkScopeText: 'すべての種類のページ。内容は見本のもので、このサイトのものではありません。',
      checkMethod: '方法',
      checkMethodText:
        'axe-coreによる自動検査（WCAG 2.2のレベルA・AAと推奨事項の規則）を、画面の幅320、768、1440ピクセル、明るい配色、暗い配色、強制配色、印刷のそれぞれで行いました。',
      checkResult: '結果',
      checkResultText: (version: string) => `${version}版では、違反は見つかりませんでした。`,
      checkLimits:
        '自動検査では確かめられない項目があります。この結果は、JIS X 8341-3にもとづく試験の結果でも、基準への適合や準拠の宣言でもありません。',
      contactLead: '読みにくいところ、使いにくいところがありましたら、お知らせください。',
      contactUnknown: '連絡先は、各ページの下をご覧ください。',
    },

    notFoundTitle: 'ページが見つかりません',
    notFoundLead: 'お探しのページは、移動したか、なくなった可能性があります。アドレスに誤りがないかご確認ください。',
    notFoundHome: 'トップページへ',

    feedTitle: (site: string) => `${site}の更新情報`,
    change: {
      added: (department: string) => `${department}の内容を公表しました`,
      withdrawn: (department: string) => `${department}の掲載を取りやめました`,
      updated: (department: string, details: readonly string[], more: number) =>
        details.length === 0
          ? `${department}の内容を更新しました`
          : `${department} ${details.join('、')}${more > 0 ? `、ほか${more}件` : ''}`,
    },
    changeDetail: (detail: ChangeDetail): string => {
      switch (detail.what) {
        case 'status': {
          const { from, to } = detail;
          return `目標${detail.goal}: ${from.label ?? status[from.code]} → ${to.label ?? status[to.code]}`;
        }
        case 'goal-added':
          return `目標${detail.goal}を追加`;
        case 'goal-removed':
          return `目標${detail.goal}を削除`;
        case 'goal':
          return `目標${detail.goal}の${nameOfField('goal', detail.field, { name: scheme, unit, head })}を修正`;
        case 'department':
          return `${nameOfField('department', detail.field, { name: scheme, unit, head })}を修正`;
      }
    },
  };
}

export type Words = ReturnType<typeof japanese>;
