import type { DataFacts, FieldFacts } from './data-facts.ts';
import type { Item, SourceCode } from './document-item.ts';
import { told } from './document-item.ts';
import { fieldText } from './tell-data.ts';

type Asked = Pick<Item, 'tell' | 'field' | 'way'> & { readonly codes: readonly SourceCode[] };

/**
 * A field of a standard that each image has a value of: the acquisition column or restricted field it is mapped to, else
 * the declared factor of the standard's own name. It is whole when every image has it.
 */
export function imageField(codename: string, ...columns: readonly string[]): Asked {
  const field = (facts: DataFacts): FieldFacts | null => {
    const named = [...columns, codename].flatMap((name) => facts.fields.filter((held) => held.name === name));
    return named.find(({ have }) => have !== 0) ?? named[0] ?? null;
  };
  const names =
    columns.length === 0 ? `the declared factor \`${codename}\`` : `\`${columns.join('` or `')}\``;
  return {
    codes: ['M'],
    field,
    way: `Record ${names} of the images (docs/imports.md).`,
    tell: [
      (facts) => {
        const held = field(facts);
        if (held === null || held.have === 0) return [];
        const basis = `acquisition records, revision ${facts.subject.revision}`;
        return told('M', basis, fieldText(held, facts.images.all));
      },
    ],
  };
}
