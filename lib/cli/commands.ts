import type { CommandSpec, OptionSpec, ParsedArguments } from './args.ts';
import type { CommandIo, ExitStatus } from './io.ts';

/**
 * The room `cli` knows the command line: arguments, exit statuses and what is printed. It may import `doctor`, `documents`, `fleet`, `text`,
 * `findings`, `goals`, `pages`, `staff`, `sources`, `stores`, `release`. Begin at the table {@link commands}.
 */

type CommandRun = (args: ParsedArguments, io: CommandIo) => Promise<ExitStatus>;

export interface Command extends CommandSpec {
  readonly name: string;
  readonly help: { readonly ja: string; readonly en: string };
  /** Loaded only when it is called: starting up is most of what a small command does. */
  readonly load: () => Promise<CommandRun>;
}

const source: OptionSpec = {
  type: 'string',
  value: 'SRC',
  required: true,
  help: {
    ja: 'ブック（FILE.xlsx）、CSVのフォルダー、または google:スプレッドシートID',
    en: 'a workbook (FILE.xlsx), a folder of CSV files, or google:SPREADSHEET_ID',
  },
};
const json: OptionSpec = {
  type: 'boolean',
  help: { ja: '結果をJSONで標準出力に書く', en: 'write the result to standard output as JSON' },
};
const format: OptionSpec = {
  type: 'string',
  value: 'FORMAT',
  help: {
    ja: '指摘の書き方：text（既定）、json、github（注釈）、csv（各部署へ送る表）',
    en: 'how findings are written: text (default), json, github (annotations), csv (a table to mail)',
  },
};
const now: OptionSpec = {
  type: 'string',
  value: 'ISO',
  help: { ja: '実行日時の代わりに使う日時', en: 'the instant to use instead of the present' },
};
const siteUrl: OptionSpec = {
  type: 'string',
  value: 'URL',
  help: {
    ja: 'サイトの公開アドレス（環境変数 SITE_URL より優先）',
    en: 'the public address of the site (goes before SITE_URL)',
  },
};
const state = (isLocation: boolean, required = isLocation): OptionSpec => ({
  type: 'string',
  value: isLocation ? 'LOCATION' : 'DIR',
  required,
  help: {
    ja: '前回の公表内容と記録の保存先（サイトの外）',
    en: 'where the last good data and the releases are kept (outside the site)',
  },
});
const site: OptionSpec = {
  type: 'string',
  value: 'LOCATION',
  required: true,
  help: {
    ja: 'サイトの場所：フォルダーまたは s3://バケット[/接頭辞]',
    en: 'the site: a folder, or s3://bucket[/prefix]',
  },
};

export const commands: readonly Command[] = [
  {
    name: 'check',
    help: { ja: 'シートを読み取って確かめる（何も書き込まない）', en: 'read and validate a sheet; writes nothing' },
    options: {
      source,
      state: state(false),
      reminders: {
        type: 'boolean',
        help: {
          ja: '締切のお知らせを、どこに送ることになるかを示す（送らない）',
          en: 'say who would be reminded of the deadline (nothing is sent)',
        },
      },
      now,
      json,
      format,
    },
    positionals: [],
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'build',
    help: { ja: 'シートからサイトをフォルダーに作る', en: 'build the site of a sheet into a folder' },
    options: {
      source,
      out: {
        type: 'string',
        value: 'DIR',
        required: true,
        help: { ja: 'サイトを作るフォルダー', en: 'the folder to build into' },
      },
      state: state(false),
      now,
      'site-url': siteUrl,
      json,
    },
    positionals: [],
    load: async () => (await import('./commands/build.ts')).build,
  },
  {
    name: 'preview',
    help: {
      ja: '公表前の見本をフォルダーに作る（下書きと変更点の一覧を含む）',
      en: 'build what the sheet would become, drafts and a page of changes included',
    },
    options: {
      source: { ...source, required: false },
      out: {
        type: 'string',
        value: 'DIR',
        required: true,
        help: {
          ja: '見本を作るフォルダー（--end では、見本の置き場所）',
          en: 'the folder to build into (with --end, where previews are kept)',
        },
      },
      state: state(true, false),
      end: {
        type: 'boolean',
        help: {
          ja: 'シートから見られる見本を、すぐに消す（--out s3://バケット/preview と --state が要ります）',
          en: 'remove the preview that the sheet links to at once (needs --out s3://bucket/preview and --state)',
        },
      },
      now,
    },
    positionals: [],
    load: async () => (await import('./commands/preview.ts')).preview,
  },
  {
    name: 'publish',
    help: { ja: 'シートからサイトを公表する', en: 'publish the site of a sheet' },
    options: {
      source,
      site,
      state: state(true),
      rewrite: {
        type: 'boolean',
        help: {
          ja: '変わっていないファイルも、すべて書き直す（サイトのファイルを手で消したときなど）',
          en: 'write every file again, changed or not (where files of the site were removed by hand)',
        },
      },
      answer: {
        type: 'boolean',
        help: {
          ja: '結果を記録し、Googleスプレッドシートの「確認結果」とメモに書く',
          en: 'keep a record of the run, and answer in the Google Sheet',
        },
      },
      now,
      'site-url': siteUrl,
      json,
    },
    positionals: [],
    load: async () => (await import('./commands/build.ts')).publish,
  },
  {
    name: 'serve',
    help: { ja: '作ったサイトを手元で表示する', en: 'show a built site as S3 would serve it' },
    options: {
      port: {
        type: 'string',
        value: 'N',
        help: { ja: 'ポート番号（既定は8080、0は空いている番号）', en: 'the port (8080 by default; 0 for a free one)' },
      },
    },
    positionals: [{ name: 'DIR', required: false }],
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'releases',
    help: { ja: 'いつ何を公表したかの一覧', en: 'list what was published when' },
    options: { state: state(true), json },
    positionals: [],
    load: async () => (await import('./commands/releases.ts')).releases,
  },
  {
    name: 'rollback',
    help: { ja: 'サイトを前の公表に戻す', en: 'put an earlier release back' },
    options: {
      site,
      state: state(true),
      unpin: {
        type: 'boolean',
        help: { ja: '戻した状態の固定を解除する', en: 'let the next run publish again after a rollback' },
      },
      now,
      json,
    },
    positionals: [{ name: 'RELEASE', required: false }],
    load: async () => (await import('./commands/rollback.ts')).rollback,
  },
  {
    name: 'verify',
    help: {
      ja: 'サイトが公表した内容のままかを確かめる（何も書き込まない）',
      en: 'hold a live site against its release; writes nothing',
    },
    options: {
      site,
      state: state(true),
      deep: {
        type: 'boolean',
        help: { ja: '中身も一つずつ読んで確かめる', en: 'read every file, and compare its bytes' },
      },
      json,
    },
    positionals: [],
    load: async () => (await import('./commands/verify.ts')).verify,
  },
  {
    name: 'template',
    help: { ja: '記入用のブックを作る', en: 'write an empty workbook to fill in' },
    options: {
      out: {
        type: 'string',
        value: 'FILE.xlsx',
        required: true,
        help: { ja: '作るファイル', en: 'the file to write' },
      },
      example: {
        type: 'boolean',
        help: { ja: '架空の市の内容を入れておく', en: 'filled in with an invented city' },
      },
      from: {
        type: 'string',
        value: 'SRC',
        help: {
          ja: 'このブックの次の年度のブックにする（設定、選択肢、組織を写す。目標と結果は写さない）',
          en: "next year's of this workbook: its settings, words and departments, no goals and no results",
        },
      },
    },
    positionals: [],
    load: async () => (await import('./commands/template.ts')).template,
  },
  {
    name: 'sheet',
    help: {
      ja: 'Googleスプレッドシートをひな形と同じに整える（sheet setup）、次の年度を始める（sheet new-year）',
      en: 'make a Google Sheet what the template is (sheet setup), begin its next year (sheet new-year)',
    },
    options: {
      spreadsheet: {
        type: 'string',
        value: 'ID',
        required: true,
        help: { ja: 'スプレッドシートのIDかアドレス', en: 'the id or address of the spreadsheet' },
      },
      'protect-approval': {
        type: 'boolean',
        help: {
          ja: '「決裁」の列に、設定の「決裁の担当」の人だけが書き込めるようにする',
          en: 'let only those write in the column 決裁 whom the settings name for it',
        },
      },
    },
    positionals: [{ name: 'setup|new-year', required: true }],
    load: async () => (await import('./commands/sheet.ts')).sheet,
  },
  {
    name: 'sites',
    help: {
      ja: '一つのデプロイで公表する市の一覧（sites list、add ID、pause ID、resume ID、remove ID）',
      en: 'the cities of one deployment (sites list, add ID, pause ID, resume ID, remove ID)',
    },
    options: {
      sites: {
        type: 'string',
        value: 'LOCATION',
        required: true,
        help: {
          ja: '一覧の場所：s3://記録のバケット/sites.json（手元ではファイル）',
          en: 'the list: s3://STATE_BUCKET/sites.json, or a file',
        },
      },
      spreadsheet: {
        type: 'string',
        value: 'ID',
        help: { ja: 'スプレッドシートのIDかアドレス（add）', en: 'the id or address of the spreadsheet (add)' },
      },
      url: { type: 'string', value: 'URL', help: { ja: '公開アドレス（add）', en: 'the public address (add)' } },
      prefix: {
        type: 'string',
        value: 'DIR',
        help: {
          ja: '公開するバケットの中のフォルダー（add、既定は ID）',
          en: 'the folder of the bucket to publish into (add; the id by default)',
        },
      },
      'staff-email': {
        type: 'string',
        value: 'ADDRESS',
        help: { ja: '夜の確認メールの宛先（add）', en: 'to whom the mail of the night goes (add)' },
      },
      direct: {
        type: 'boolean',
        help: { ja: '毎分、シートを直接読む（add）', en: 'read the sheet itself each minute (add)' },
      },
      'at-root': {
        type: 'boolean',
        help: {
          ja: 'サイトはバケットの直下にある（add、一つの市だけのデプロイから移るとき）',
          en: 'the site is at the root of its bucket (add; moved from a deployment of one city)',
        },
      },
      'state-at-root': {
        type: 'boolean',
        help: {
          ja: '記録はバケットの直下にある（add、一つの市だけのデプロイから移るとき）',
          en: 'the state is at the root of its bucket (add; moved from a deployment of one city)',
        },
      },
      delete: {
        type: 'boolean',
        help: {
          ja: 'ページ、下見、記録と履歴も消す。元に戻せない（remove）',
          en: 'delete its pages, previews, state and history too, for good (remove)',
        },
      },
      site: {
        type: 'string',
        value: 'LOCATION',
        help: { ja: '公開するバケット（remove --delete）：s3://バケット', en: 'the public bucket (remove --delete)' },
      },
      previews: {
        type: 'string',
        value: 'LOCATION',
        help: {
          ja: '下見のバケット（remove --delete）：s3://バケット',
          en: 'the bucket of previews (remove --delete)',
        },
      },
      json,
    },
    positionals: [
      { name: 'ACTION', required: true },
      { name: 'ID', required: false },
    ],
    load: async () => (await import('./commands/sites.ts')).sites,
  },
  {
    name: 'doctor',
    help: {
      ja: 'シートとデプロイの状態を確かめ、直し方を示す（何も書き込まない）',
      en: 'check the sheet and the deployment, and say what to do; writes nothing',
    },
    options: {
      spreadsheet: {
        type: 'string',
        value: 'ID',
        help: { ja: '確かめるスプレッドシートのIDかアドレス', en: 'the id or address of the spreadsheet to check' },
      },
      stage: {
        type: 'string',
        value: 'STAGE',
        help: {
          ja: '確かめるデプロイのステージ（prodなど）',
          en: 'the stage of the deployment to check, such as prod',
        },
      },
      json,
    },
    positionals: [],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
];
