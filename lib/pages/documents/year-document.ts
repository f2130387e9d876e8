import { withUnit } from '../../goals/indicator.ts';
import { achievedIn, type Dataset, ratedIn } from '../../goals/model/dataset.ts';
import type { PublishedDepartment, PublishedYear } from '../../goals/model/published.ts';
import { absoluteUrl, paths } from '../address.ts';
import { lastUpdated } from '../data/catalogue.ts';
import { groupsOf } from '../html/department-card.ts';
import { goalFacts, labelOf, ownFacts } from '../html/facts.ts';
import { figures } from '../html/indicators.ts';
import { stepsOf } from '../html/scale.ts';
import { tallyNumbers } from '../html/tally.ts';
import { shapes } from '../pictures/marks.ts';
import { japanese, type Words } from '../words.ts';

/**
 * What the document of a year says, before it is set: every text as it stands on paper, in its order, and nothing of how it looks. It is
 * all that the document is made from, so two that are equal give the same bytes.
 */
export type YearDocument = ReturnType<typeof yearDocument>;

/**
 * @param dataset of the year
 * @param siteUrl where the site is, for the address on each page; null where that is not known
 */
export function yearDocument(year: PublishedYear, dataset: Dataset, siteUrl: string | null) {
  const words = japanese(year.scheme);
  const { phase, tally, fiscalYearLabel: label } = dataset;
  const updated = lastUpdated(dataset);
  const rated = ratedIn(tally);
  const steps = stepsOf(year, dataset, words);
  const isCounted = phase !== 'plan' && rated + tally['not-assessable'] + tally.cancelled > 0;
  return {
    lang: words.lang,
    title: year.title,
    municipality: dataset.municipality.name,
    year: `${label}（${words.westernYear(dataset.fiscalYear)}）`,
    /** The day on which what it says last changed, and not that of the run: the same content gives the same bytes. */
    updated,
    updatedText: updated === null ? null : `${words.date(updated)}${words.document.asOf}`,
    address: absoluteUrl(siteUrl, paths.year(dataset.fiscalYear)),
    introduction: paragraphs(year.introduction),
    note: `${words.phaseNote[phase]}${phase !== 'plan' && rated > 0 ? words.method : ''}`,
    lead:
      phase === 'result' && rated > 0
        ? words.tallyLead(rated, achievedIn(tally), tally.total - rated)
        : words.planLead(dataset.departments.length, tally.total),
    tallyHeading: words.tallyHeading[phase],
    tally: isCounted ? tallyOnPaper(steps, words) : null,
    legend: steps.flatMap(({ code, label: term, description }) =>
      isCounted && description !== null ? [{ code, term, text: description }] : [],
    ),
    contents: words.contents,
    contact: year.contact === null ? null : { term: words.contact, text: year.contact },
    shapes,
    cards: year.departments.map((published) => cardOf(published, year, siteUrl, words)),
  };
}

function paragraphs(text: string | null): string[] {
  return text === null ? [] : text.split(/\n\s*\n/u);
}

function tallyOnPaper(steps: Parameters<typeof tallyNumbers>[0], words: Words) {
  const { caption, head, rows, total } = tallyNumbers(steps, words);
  return {
    caption,
    head,
    rows: rows.map(({ step: { code, label }, count, share }) => ({ code, label, count, share })),
    total,
  };
}

/** A department as its page shows it: the same texts in the same order. */
function cardOf({ department, held }: PublishedDepartment, year: PublishedYear, siteUrl: string | null, words: Words) {
  const { id, name, directors, goals, policy, summary, work } = department;
  const label = (key: string) => labelOf(year, 'departments', key);
  return {
    id,
    name,
    address: absoluteUrl(siteUrl, paths.department(year.fiscalYear, id)),
    heads: directors.map(({ title, name: person, nameKana }) => ({
      post: title,
      name: person,
      kana: nameKana === null ? null : words.reading(nameKana),
    })),
    portraits: directors.flatMap(({ title, name: person, portrait }) =>
      portrait === null ? [] : [{ src: portrait.src, alt: words.portrait(title, person) }],
    ),
    held: held ? words.held(words.date(department.updated)) : null,
    policy: section(label('policy'), policy),
    goals: words.goals,
    noGoals: goals.length === 0 ? words.noGoals : null,
    groups: groupsOf(goals).map((run) => ({
      heading: run.group,
      goals: run.goals.map((goal) => ({
        number: goal.number,
        text: goal.text,
        status:
          year.phase === 'plan' ? null : { code: goal.status, label: goal.statusLabel ?? words.status[goal.status] },
        note: goal.note,
        facts: goalFacts(goal, year, words),
        indicators: indicatorTable(goal.indicators, year, words),
        evaluations: evaluationsOf(goal.evaluations, words),
      })),
    })),
    summary: section(label('summary'), summary),
    opinions: words.evaluations,
    evaluations: evaluationsOf(department.evaluations, words),
    work: section(label('work'), work),
    facts: ownFacts(
      year.columns.filter(({ of }) => of === 'department'),
      department.columns,
      words,
    ),
    updated: `${words.updated} ${words.date(department.updated)}`,
  };
}

type Department = PublishedDepartment['department'];

function section(heading: string, text: string | null): { readonly heading: string; readonly text: string } | null {
  return text === null ? null : { heading, text };
}

/** The indicators of a goal as a table, with a column for each time that any of them has a figure of; null without any. */
function indicatorTable(indicators: Department['goals'][number]['indicators'], year: PublishedYear, words: Words) {
  if (indicators.length === 0) return null;
  const shown = figures.filter((key) => indicators.some((indicator) => indicator[key] !== null));
  return {
    head: [words.document.indicator, ...shown.map((key) => words.figure[key])],
    rows: indicators.map((indicator) => ({
      name: indicator.name,
      reached: indicator.reached === null ? null : words.reached(indicator.reached),
      facts: ownFacts(
        year.columns.filter(({ of }) => of === 'indicator'),
        indicator.columns,
        words,
      ),
      source: indicator.source === null ? null : words.source(indicator.source),
      figures: shown.map((key) => {
        const figure = indicator[key];
        if (figure === null) return { text: words.noFigure, at: null };
        return { text: withUnit(figure, indicator.unit), at: figure.at === null ? null : `（${figure.at}）` };
      }),
    })),
  };
}

function evaluationsOf(evaluations: Department['evaluations'], words: Words) {
  return evaluations.map(({ by, rating, comment }) => ({ by: words.evaluationBy(by), rating, comment }));
}
