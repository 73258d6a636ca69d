import { describe, expect, it } from 'vitest';
import { extendLabelSchema } from '../../src/catalogue/label-schema.ts';

const classes = (...names: string[]) => names.map((name) => ({ name, iri: null }));

describe('extending a label schema', () => {
  it('gives one schema whichever of two imports comes first', () => {
    const [cells, plants] = [classes('RBC', 'WBC'), classes('healthy', 'rust')];
    const one = extendLabelSchema(extendLabelSchema([], cells), plants);
    const other = extendLabelSchema(extendLabelSchema([], plants), cells);
    expect(one).toEqual(other);
  });

  it('leaves an order of its own alone and adds at the end', () => {
    expect(extendLabelSchema(classes('mild', 'grave'), classes('absent'))).toEqual(
      classes('mild', 'grave', 'absent'),
    );
  });

  it('adds nothing twice', () => {
    expect(extendLabelSchema(classes('a', 'b'), classes('b', 'c'))).toEqual(classes('a', 'b', 'c'));
  });
});
