import type { AnnotationDraft } from '../annotation/annotation-draft.ts';
import type { Loss } from './export-plan.ts';

type Member =
  | 'confidence'
  | 'seconds'
  | 'annotatedAt'
  | 'attribute'
  | 'value'
  | 'votes'
  | 'pass'
  | 'corrects';

/** Counts what a format cannot carry, one loss for each `what`, in the order of their first count. */
export class LossTally {
  private readonly byWhat = new Map<string, Loss>();

  add(what: string, message: string, count = 1): void {
    if (count > 0) {
      this.byWhat.set(what, { what, count: (this.byWhat.get(what)?.count ?? 0) + count, message });
    }
  }

  /** The members of a written statement that its format has no place for, and attributes but those carried. */
  addMembers(
    draft: AnnotationDraft,
    format: string,
    members: readonly Member[],
    carried: readonly string[],
  ): void {
    const says: Record<Member, boolean> = {
      confidence: draft.confidence !== null,
      seconds: draft.seconds !== null,
      annotatedAt: draft.annotatedAt !== null,
      attribute: draft.attribute !== null,
      value: draft.value !== null,
      votes: (draft.votes ?? 1) > 1,
      pass: (draft.pass ?? 1) > 1,
      corrects: draft.corrects !== undefined,
    };
    for (const member of members) if (says[member]) this.add(member, `${format} has no place for it.`);
    const others = draft.attributes.filter(({ name }) => !carried.includes(name));
    this.add('attributes', `${format} has no place for them.`, others.length);
  }

  get losses(): Loss[] {
    return [...this.byWhat.values()];
  }
}
