import { fieldFault, refusingFaults } from './field-fault.ts';
import type { ImportPlan } from './import-plan.ts';
import { idText, isJsonObject, otherMembers, textMember } from './json-members.ts';

export interface CocoCategory {
  readonly name: string;
  /** Set where several categories bear this name, so that what told them apart is not lost. */
  readonly ambiguousId: string | null;
  /** Names of its keypoints, in order. */
  readonly keypoints: readonly string[];
}

const KNOWN = new Set(['id', 'name', 'keypoints']);

/** The categories by id, and their names as the plan's classes. Absent categories are none. */
export function planCocoCategories(plan: ImportPlan, rows: unknown): Map<string, CocoCategory> {
  const byId = new Map<string, CocoCategory>();
  if (rows === undefined || rows === null) {
    plan.notes.push({ where: 'categories', message: 'The file has none; annotations may then name none.' });
    return byId;
  }
  const list = Array.isArray(rows) ? rows : [rows];
  const counts = new Map<string, number>();
  for (const [index, row] of list.entries()) {
    refusingFaults(plan, `categories[${index}]`, () => {
      if (!isJsonObject(row)) return fieldFault('MALFORMED_FILE', null, 'A category must be an object.');
      const [id, name] = [idText(row.id), textMember(row.name)];
      if (id === null) return fieldFault('INVALID_VALUE', 'id', 'The category has no id; give it one.');
      if (name === null) return fieldFault('INVALID_VALUE', 'name', `The category ${id} has no name.`);
      if (byId.has(id)) fieldFault('DUPLICATE_ROW', 'id', `Another category has the id ${id}.`);
      const keypoints = Array.isArray(row.keypoints)
        ? row.keypoints.map((each) => textMember(each) ?? '')
        : [];
      byId.set(id, { name, ambiguousId: null, keypoints });
      counts.set(name, (counts.get(name) ?? 0) + 1);
    });
  }
  for (const [id, category] of byId) {
    if (counts.get(category.name)! > 1) byId.set(id, { ...category, ambiguousId: id });
  }
  for (const [name, count] of counts) {
    const message = `${count} categories are named "${name}": one class here; the attribute category_id tells them apart.`;
    if (count > 1) plan.notes.push({ where: 'categories', message });
  }
  const others = otherMembers(list, KNOWN);
  if (others.length > 0)
    plan.notes.push({ where: 'categories', message: `Not taken over: ${others.join(', ')}.` });
  plan.classes = [...counts.keys()];
  return byId;
}
