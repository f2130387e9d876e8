/** What a department is called to the staff: its name, or that its row has none. */
export function departmentLabel(name: string): string {
  return name === '' ? '（名前なし）' : name;
}

/** Where a department stands on the page of changes: `change-2024-somu`. One without an address has its name in its place. */
export function departmentAnchor({
  fiscalYear,
  id,
  department,
}: {
  readonly fiscalYear: number;
  readonly id: string | null;
  readonly department: string;
}): string {
  return `change-${fiscalYear}-${id ?? encodeURIComponent(department).replaceAll(/[^\w-]/gu, '')}`;
}
