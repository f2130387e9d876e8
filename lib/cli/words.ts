import type { Severity } from '../findings/finding.ts';
import type { DepartmentStanding } from '../goals/settle/settle.ts';
import { dayInWords, timeInEnglish, timeInWords } from '../text/date-in-words.ts';
import { shownPlace } from '../text/shown-place.ts';

/** Every word that the commands say to people, apart from findings, which are for the staff and always Japanese. */
export interface Words {
  /** How the program was started, and can be started again: `mokuhyo`. */
  readonly program: string;
  readonly severity: Readonly<Record<Severity, string>>;
  readonly usageHint: (command: string | null) => string;
  readonly unknownCommand: (command: string) => string;
  readonly unknownOption: (option: string) => string;
  readonly missingOption: (option: string) => string;
  readonly missingArgument: (argument: string) => string;
  readonly extraArgument: (argument: string) => string;
  readonly optionNeedsValue: (option: string) => string;
  readonly optionTakesNoValue: (option: string) => string;
  readonly badTime: (text: string) => string;
  readonly badPort: (text: string) => string;
  readonly badSiteUrl: string;
  readonly badChoice: (option: string, choices: readonly string[]) => string;
  readonly badSpreadsheet: string;
  readonly badStage: (text: string) => string;
  /** What a file of the site is that differs from the release. */
  readonly difference: (what: 'missing' | 'changed' | 'left-over') => string;
  readonly siteIsSame: (checked: number, release: string) => string;
  readonly siteDiffers: (count: number, checked: number, release: string) => string;
  readonly foreignFiles: (count: number) => string;
  readonly siteIsBusy: string;
  readonly howToRepair: string;
  readonly notFolder: (path: string) => string;
  readonly noSite: (folder: string) => string;
  readonly portInUse: (port: number) => string;
  readonly portNotPermitted: (port: number) => string;
  readonly fileExists: (path: string) => string;
  readonly cannotWrite: (path: string) => string;
  readonly reading: (source: string) => string;
  readonly counts: (error: number, warning: number, notice: number) => string;
  readonly noFindings: string;
  readonly elsewhere: string;
  readonly nothingToPublish: string;
  /** Who stands so. */
  readonly standing: (standing: DepartmentStanding['standing'], names: readonly string[]) => string;
  readonly wouldBlock: string;
  /** Between what would be published and what would not, on one line. */
  readonly between: string;
  readonly jsonOrFormat: string;
  /** Heads the table of who would be reminded of the deadline, and on which day that was due. */
  readonly reminders: (due: string) => string;
  readonly noReminders: string;
  /** Heads the table of who is missing what. */
  readonly completeness: string;
  readonly department: string;
  readonly unnamed: string;
  readonly blank: string;
  readonly wrong: string;
  readonly published: (names: number, release: string) => string;
  readonly unchanged: string;
  readonly blocked: string;
  readonly failed: string;
  readonly held: (count: number) => string;
  readonly heldDepartment: (name: string, year: string, reason: string, showing: string | null) => string;
  readonly objects: (written: number, unchanged: number, deleted: number) => string;
  readonly serving: (address: string) => string;
  readonly stopHint: string;
  readonly noReleases: string;
  readonly badSitesPlace: string;
  readonly noSites: string;
  /** Of a site: it is left alone; its sheet is read each minute. */
  readonly paused: string;
  readonly direct: string;
  readonly sitesChanged: (id: string, count: number) => string;
  readonly cityDeleted: (id: string, removed: { site: number; preview: number; state: number }) => string;
  readonly wholeBucketWanted: (option: string) => string;
  /** When a release was made, by the clock of Japan. */
  readonly releasedAt: (instant: Date) => string;
  readonly current: string;
  readonly restored: (release: string) => string;
  readonly rolledBack: (release: string) => string;
  readonly pinned: string;
  readonly unpinned: string;
  readonly notPinned: string;
  readonly tabsMade: (tabs: readonly string[]) => string;
  readonly tabsCompleted: (tabs: readonly string[]) => string;
  readonly nothingToSetUp: string;
  readonly templateWritten: (file: string) => string;
  readonly nextYearWritten: (file: string) => string;
  readonly exampleOrFrom: string;
  readonly previewWritten: (folder: string) => string;
  readonly previewEnded: (files: number) => string;
  readonly noPreview: string;
  /** The folder holds something else than a preview. */
  readonly notAPreview: (folder: string) => string;
  /** The folder holds a preview, over which no site is built. */
  readonly isAPreview: (folder: string) => string;
  readonly unexpected: (message: string) => string;
}

const japanese = (program: string): Words => ({
  program,
  severity: { error: 'エラー', warning: '注意', notice: 'お知らせ' },
  usageHint: (command) => `使い方は「${program} ${command === null ? '' : `${command} `}--help」でご覧になれます。`,
  unknownCommand: (command) => `「${shownPlace(command)}」というコマンドはありません。`,
  unknownOption: (option) => `「${shownPlace(option)}」という指定はありません。`,
  missingOption: (option) => `${option}の指定が必要です。`,
  missingArgument: (argument) => `${argument}の指定が必要です。`,
  extraArgument: (argument) => `「${shownPlace(argument)}」は余分な指定です。`,
  optionNeedsValue: (option) => `${option}には値が必要です。`,
  optionTakesNoValue: (option) => `${option}に値は指定できません。`,
  badTime: (text) =>
    `--nowの「${shownPlace(text)}」を日時として読み取れません。「2025-04-01T09:00:00+09:00」のように指定してください。`,
  badPort: (text) => `--portの「${shownPlace(text)}」は使えません。0から65535までの整数を指定してください。`,
  badSiteUrl:
    'サイトの公開アドレス（--site-url、SITE_URL）を読み取れません。「https://」で始まり、「?」「#」やパスワードを含まないアドレスを指定してください。',
  badChoice: (option, choices) =>
    `${option}には${choices.map((choice) => `「${choice}」`).join('')}のいずれかを指定してください。`,
  badStage: (text) => `ステージの名前「${text}」を読み取れません。prod のように、英小文字と数字で指定してください。`,
  badSpreadsheet: 'スプレッドシートの指定を読み取れません。スプレッドシートのIDかアドレスを指定してください。',
  difference: (what) => ({ missing: 'ない', changed: '違う', 'left-over': '残っている' })[what],
  siteIsSame: (checked, release) => `サイトのファイル${checked}件は、公開した内容（リリース ${release}）と同じです。`,
  siteDiffers: (count, checked, release) =>
    `サイトのファイル${count}件が、公開した内容（リリース ${release}、${checked}件）と違います。`,
  foreignFiles: (count) => `ほかに、Mokuhyoが置いたものではないファイルが${count}件あります。触れません。`,
  siteIsBusy: 'ほかの実行が公開の途中です。違いは、その実行によるものかもしれません。',
  howToRepair: 'publish を実行すると、元に戻します。',
  notFolder: (path) => `「${shownPlace(path)}」はフォルダーではありません。`,
  noSite: (folder) => `「${shownPlace(folder)}」に公開するサイトがありません。先に build を実行してください。`,
  portInUse: (port) => `ポート${port}はほかのプログラムが使っています。--portで別の番号を指定してください。`,
  portNotPermitted: (port) => `ポート${port}を使う権限がありません。--portで1024以上の番号を指定してください。`,
  fileExists: (path) => `「${shownPlace(path)}」はすでにあります。別の名前を指定してください。`,
  cannotWrite: (path) => `「${shownPlace(path)}」に書き込めません。`,
  reading: (source) => `${source} を読み取っています。`,
  counts: (error, warning, notice) => `エラー ${error}件、注意 ${warning}件、お知らせ ${notice}件`,
  noFindings: '指摘はありません。',
  elsewhere: 'シート全体',
  nothingToPublish: '公表できる内容はありません。',
  standing: (standing, names) => {
    const word = {
      published: '公表',
      draft: '下書き',
      'awaiting-approval': '決裁待ち',
      held: '保留',
      withdrawn: '取下げ',
    }[standing];
    return `${word}：${names.join('、')}`;
  },
  wouldBlock: 'このままでは何も公表できません。',
  between: '　',
  jsonOrFormat: '--jsonと--formatは、どちらか一つだけを指定してください。',
  reminders: (due) => `締切のお知らせ（${dayInWords(due)}の分。夜間に1度だけ送ります。この画面からは送りません）`,
  noReminders:
    '締切のお知らせは、まだありません。「設定」に今の段階の締切を書くと、その7日前から送ります（送るには、デプロイの設定も必要です）。',
  completeness: '必須の欄の入力状況（○ 入力済み、空 未入力、誤 要修正。目標は 入力済み／全件）',
  department: '組織',
  unnamed: '（名前なし）',
  blank: '空',
  wrong: '誤',
  published: (names, release) => `${names}件を公表しました（リリース ${release}）。`,
  unchanged: '前回から変わったところはありません。',
  blocked: '公表を取りやめました。サイトは元のままです。',
  failed: 'サイトを更新できませんでした。サイトは壊れていません。',
  held: (count) => `掲載を保留：${count}件`,
  heldDepartment: (name, year, reason, showing) =>
    `${name}（${year}）　${reason}${showing === null ? 'まだ掲載していません。' : `${dayInWords(showing)}の内容を掲載しています。`}`,
  objects: (written, unchanged, deleted) => `ファイル：書き込み ${written}、変更なし ${unchanged}、削除 ${deleted}`,
  serving: (address) => `${address} で表示しています。`,
  stopHint: '終了するには Ctrl+C を押してください。',
  noReleases: 'まだ公表の記録がありません。',
  badSitesPlace: '一覧の場所を読み取れません。s3://バケット/sites.json か、.json のファイルを指定してください。',
  noSites: '一覧に、まだ市がありません。sites add で加えてください。',
  paused: '休止中',
  direct: '毎分読む',
  sitesChanged: (id, count) => `サイト ${id} について、一覧を書き換えました（全${count}件）。`,
  cityDeleted: (id, { site, preview, state }) =>
    `サイト ${id} のファイルを消しました（ページ${site}、下見${preview}、記録${state}）。`,
  wholeBucketWanted: (option) => `${option} には、デプロイのバケットを s3://バケット の形で指定してください。`,
  releasedAt: timeInWords,
  current: '現在',
  restored: (release) => `${release} に戻しました`,
  rolledBack: (release) => `リリース ${release} の内容に戻しました。`,
  pinned: '次の公表で上書きされないように固定しています。再開するには「rollback --unpin」を実行してください。',
  notPinned: '固定されていません。',
  unpinned: '固定を解除しました。次の実行から公表を再開します。',
  tabsMade: (tabs) => `シートを作りました：${tabs.join('、')}`,
  tabsCompleted: (tabs) => `シートに足りないものを加えました：${tabs.join('、')}`,
  nothingToSetUp: 'シートはすでに整っています。変えたところはありません。',
  nextYearWritten: (file) => `次の年度のブックを「${shownPlace(file)}」に作りました。`,
  exampleOrFrom: '--exampleと--fromは、どちらか一つだけを指定してください。',
  templateWritten: (file) => `ひな形を「${shownPlace(file)}」に作りました。`,
  previewWritten: (folder) =>
    `公表前の見本を「${shownPlace(folder)}」に作りました。変更点は changes/index.html にあります。下書きを含むため、公開の場所には置かないでください。`,
  previewEnded: (files) => `公表前の見本を消しました（${files}ファイル）。`,
  noPreview: '公表前の見本はありません。',
  notAPreview: (folder) =>
    `「${shownPlace(folder)}」には、公表前の見本ではないものが入っています。別のフォルダーを指定してください。`,
  isAPreview: (folder) =>
    `「${shownPlace(folder)}」には、下書きを含む公表前の見本が入っています。別のフォルダーを指定してください。`,
  unexpected: (message) => `予期しない問題が起きました：${message}`,
});

const english = (program: string): Words => ({
  program,
  severity: { error: 'error', warning: 'warning', notice: 'notice' },
  usageHint: (command) => `See "${program} ${command === null ? '' : `${command} `}--help".`,
  unknownCommand: (command) => `There is no command "${shownPlace(command)}".`,
  unknownOption: (option) => `There is no option "${shownPlace(option)}".`,
  missingOption: (option) => `${option} is required.`,
  missingArgument: (argument) => `${argument} is required.`,
  extraArgument: (argument) => `"${shownPlace(argument)}" is one argument too many.`,
  optionNeedsValue: (option) => `${option} needs a value.`,
  optionTakesNoValue: (option) => `${option} takes no value.`,
  badTime: (text) => `--now "${shownPlace(text)}" is not a time. Write it like 2025-04-01T09:00:00+09:00.`,
  badPort: (text) => `--port "${shownPlace(text)}" cannot be used. Give a whole number from 0 to 65535.`,
  badSiteUrl: 'The site\'s address (--site-url, SITE_URL) has to begin with https://, without "?", "#" or a password.',
  badChoice: (option, choices) => `${option} takes one of ${choices.join(', ')}.`,
  badStage: (text) => `The stage "${text}" cannot be read. Give small letters and digits, such as prod.`,
  badSpreadsheet: 'No spreadsheet is named. Give its id or address.',
  difference: (what) => ({ missing: 'missing', changed: 'changed', 'left-over': 'left over' })[what],
  siteIsSame: (checked, release) => `The ${checked} files of the site are those of release ${release}.`,
  siteDiffers: (count, checked, release) =>
    `${count} files of the site differ from release ${release} (${checked} files).`,
  foreignFiles: (count) => `${count} more files are not Mokuhyo's. They are left alone.`,
  siteIsBusy: 'Another run is publishing. What differs may be its work.',
  howToRepair: 'Run publish to put it right.',
  notFolder: (path) => `"${shownPlace(path)}" is not a folder.`,
  noSite: (folder) => `There is no built site in "${shownPlace(folder)}". Run build first.`,
  portInUse: (port) => `Port ${port} is in use. Give another one with --port.`,
  portNotPermitted: (port) => `Port ${port} is not permitted. Give one from 1024 on with --port.`,
  fileExists: (path) => `"${shownPlace(path)}" exists already. Give another name.`,
  cannotWrite: (path) => `"${shownPlace(path)}" cannot be written.`,
  reading: (source) => `Reading ${source}.`,
  counts: (error, warning, notice) => `${error} errors, ${warning} warnings, ${notice} notices`,
  noFindings: 'Nothing was found.',
  elsewhere: 'The workbook as a whole',
  nothingToPublish: 'No department can be published.',
  standing: (standing, names) => {
    const words = {
      published: 'Departments that can be published',
      draft: 'Drafts',
      'awaiting-approval': 'Waiting for approval',
      held: 'Departments that would be held',
      withdrawn: 'Taken off the site',
    }[standing];
    return `${words}: ${names.join(', ')}`;
  },
  wouldBlock: 'As it is, nothing can be published.',
  between: '. ',
  jsonOrFormat: 'Give --json or --format, not both.',
  reminders: (due) => `Reminders of the deadline, due on ${due} (sent once, at night; nothing is sent from here):`,
  noReminders:
    'No reminder of a deadline is due: 設定 has none for the current phase, or it is more than seven days off.',
  completeness: 'Required cells (○ filled, blank, wrong; of goals: filled / all)',
  department: 'Department',
  unnamed: '(no name)',
  blank: 'blank',
  wrong: 'wrong',
  published: (names, release) => `Published ${names} departments (release ${release}).`,
  unchanged: 'Nothing has changed since the last run.',
  blocked: 'Nothing was published. The site is as it was.',
  failed: 'The site could not be updated. It is still whole.',
  held: (count) => `Departments held: ${count}`,
  heldDepartment: (name, year, reason, showing) =>
    `${name} (${year}): ${reason} ${showing === null ? 'Not on the site yet.' : `Showing the version of ${showing}.`}`,
  objects: (written, unchanged, deleted) => `Files: ${written} written, ${unchanged} unchanged, ${deleted} deleted`,
  serving: (address) => `Serving at ${address}`,
  stopHint: 'Press Ctrl+C to stop.',
  noReleases: 'Nothing has been published yet.',
  badSitesPlace: 'No list is named. Give s3://bucket/sites.json, or a file that ends in .json.',
  noSites: 'There is no city in the list yet. Add one with sites add.',
  paused: 'paused',
  direct: 'read each minute',
  sitesChanged: (id, count) => `The list was changed for the site ${id} (${count} in all).`,
  cityDeleted: (id, { site, preview, state }) =>
    `The files of the site ${id} are gone (${site} of its pages, ${preview} of previews, ${state} of its state).`,
  wholeBucketWanted: (option) => `${option} is a bucket of the deployment, s3://bucket.`,
  releasedAt: timeInEnglish,
  current: 'current',
  restored: (release) => `put ${release} back`,
  rolledBack: (release) => `The site is back at release ${release}.`,
  pinned: 'It is pinned, so that the next run does not overwrite it. Run "rollback --unpin" to go on.',
  notPinned: 'The site was not pinned.',
  unpinned: 'No longer pinned. The next run publishes again.',
  tabsMade: (tabs) => `Made the tabs ${tabs.join(', ')}.`,
  tabsCompleted: (tabs) => `Added what was missing to the tabs ${tabs.join(', ')}.`,
  nothingToSetUp: 'The sheet is set up already. Nothing was changed.',
  nextYearWritten: (file) => `Wrote next year's workbook to "${shownPlace(file)}".`,
  exampleOrFrom: 'Give --example or --from, not both.',
  templateWritten: (file) => `Wrote the template to "${shownPlace(file)}".`,
  previewWritten: (folder) =>
    `The preview is in "${shownPlace(folder)}"; what would change is in changes/index.html. It holds drafts: keep it off public places.`,
  previewEnded: (files) => `The preview was removed (${files} files).`,
  noPreview: 'There is no preview.',
  notAPreview: (folder) => `"${shownPlace(folder)}" holds something else than a preview. Give another folder.`,
  isAPreview: (folder) => `"${shownPlace(folder)}" holds a preview, with drafts in it. Give another folder.`,
  unexpected: (message) => `Something unexpected happened: ${message}`,
});

/** Chooses the words by `LANG`, as the shell gives it (`en_US.UTF-8`): English where it says so, else Japanese. */
export function wordsFor(lang: string | undefined, program = 'mokuhyo'): Words {
  return (/^en(?:[_.@-]|$)/iu.test(lang ?? '') ? english : japanese)(program);
}
