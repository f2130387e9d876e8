import {
  emptyEvaluations,
  figuresAgainstWords,
  unknownAttachments,
  unknownGoalNumbers,
  unreadableIndicators,
} from './attachments.ts';
import { hiddenRows, mixedUnits, oddCells, unsafeSettingLinks } from './cells.ts';
import {
  approvals,
  badUrlNames,
  departmentsWithoutGoals,
  equalUrlNames,
  kanaThatIsNotKana,
  lostVisibilityHeader,
  missingDepartmentKana,
  repeatedDepartments,
  unreadableMailAddresses,
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
  repeatedNumbers,
  restartedNumbers,
  statusesInGoals,
  unknownDepartments,
  unreadableNumbers,
} from './goals.ts';
import { resemblingHeaders } from './headers.ts';
import type { Rule } from './rule.ts';
import { missingResultColumn, resultsInPlan, statuses } from './statuses.ts';
import { oddTexts } from './text.ts';

/**
 * Everything that is checked once the goals have been given to their departments. Each rule sees the whole sheet and knows
 * nothing of the others; the order is that of the findings at one cell.
 */
export const allRules: readonly Rule[] = [
  unsafeSettingLinks,
  oddCells,
  mixedUnits,
  resemblingHeaders,
  lostVisibilityHeader,
  missingResultColumn,
  unreadableYears,
  yearsFarOff,
  repeatedDepartments,
  missingDepartmentKana,
  kanaThatIsNotKana,
  unreadableVisibilities,
  unreadableOrders,
  badUrlNames,
  equalUrlNames,
  unusablePortraits,
  unreadableMailAddresses,
  departmentsWithoutGoals,
  unknownDepartments,
  departmentsNotInYear,
  goalsWithoutName,
  restartedNumbers,
  carriedDepartments,
  statusesInGoals,
  unreadableNumbers,
  repeatedNumbers,
  gapsInNumbers,
  resultsInPlan,
  statuses,
  unknownAttachments,
  unknownGoalNumbers,
  unreadableIndicators,
  figuresAgainstWords,
  emptyEvaluations,
  approvals,
  oddTexts,
  hiddenRows,
];
