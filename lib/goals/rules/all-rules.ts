import { errorValues, unsafeLinks } from './cells.ts';
import {
  badUrlNames,
  departmentsWithoutGoals,
  equalUrlNames,
  kanaThatIsNotKana,
  lostVisibilityHeader,
  missingDepartmentKana,
  missingDepartmentValues,
  missingDirectorKana,
  missingResultColumns,
  missingSummaries,
  repeatedDepartments,
  unreadableOrders,
  unreadableVisibilities,
  unusablePortraits,
} from './departments.ts';
import { unreadableYears, yearsFarOff } from './fiscal-years.ts';
import {
  carriedDepartments,
  departmentsNotInYear,
  gapsInNumbers,
  goalsWithoutName,
  missingGoalTexts,
  repeatedNumbers,
  restartedNumbers,
  statusesInGoals,
  unknownDepartments,
  unreadableNumbers,
} from './goals.ts';
import { resemblingHeaders } from './headers.ts';
import type { Rule } from './rule.ts';
import { missingResults, resultsInPlan, statuses } from './statuses.ts';
import { oddTexts } from './text.ts';

/**
 * Everything that is checked once the goals have been given to their departments. Each rule sees the whole sheet and knows
 * nothing of the others; the order is that of the findings at one cell.
 */
export const allRules: readonly Rule[] = [
  errorValues,
  resemblingHeaders,
  lostVisibilityHeader,
  missingResultColumns,
  unreadableYears,
  yearsFarOff,
  missingDepartmentValues,
  repeatedDepartments,
  missingDirectorKana,
  missingDepartmentKana,
  kanaThatIsNotKana,
  missingSummaries,
  unreadableVisibilities,
  unreadableOrders,
  badUrlNames,
  equalUrlNames,
  unusablePortraits,
  departmentsWithoutGoals,
  unknownDepartments,
  departmentsNotInYear,
  goalsWithoutName,
  restartedNumbers,
  carriedDepartments,
  missingGoalTexts,
  statusesInGoals,
  unreadableNumbers,
  repeatedNumbers,
  gapsInNumbers,
  missingResults,
  resultsInPlan,
  statuses,
  oddTexts,
  unsafeLinks,
];
