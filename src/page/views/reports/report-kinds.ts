import { dictionary } from '../../language.tsx';

export const KINDS = [
  'SELECTION',
  'MEASUREMENT',
  'ASSOCIATION',
  'ATTRITION',
  'AGREEMENT',
  'RATERS',
  'SHAPES',
  'SPLIT',
] as const;
export type Kind = (typeof KINDS)[number];

export const KIND_WORDS = dictionary(
  {
    SELECTION: 'Selection: whom and what the images show',
    MEASUREMENT: 'Measurement: what cameras, sites and time did to them',
    ASSOCIATION: 'Association: what gives the class away',
    ATTRITION: 'Attrition: what was lost on the way',
    AGREEMENT: 'Agreement: how far raters agree',
    RATERS: 'Raters: who labels otherwise than the others',
    SHAPES: 'Shapes: how far drawn objects agree',
    SPLIT: 'Split: whether its parts are apart, and alike',
  },
  {
    SELECTION: 'Sélection : qui et quoi les images montrent',
    MEASUREMENT: 'Mesure : ce que caméras, sites et temps en ont fait',
    ASSOCIATION: 'Association : ce qui trahit la classe',
    ATTRITION: 'Attrition : ce qui s’est perdu en route',
    AGREEMENT: 'Accord : à quel point les annotateurs concordent',
    RATERS: 'Annotateurs : qui étiquette autrement que les autres',
    SHAPES: 'Formes : à quel point les objets tracés concordent',
    SPLIT: 'Partition : si ses parties sont séparées, et semblables',
  },
);
