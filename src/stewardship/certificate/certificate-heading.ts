import type { Colour } from '../../statistics/colour.ts';
import type { CertificateDocument } from './certificate-document.ts';
import { figureText } from './certified-figure.ts';
import { words } from './page-parts.ts';

/** What stands on top of a certificate. */
export interface CertificateHeading {
  readonly colour: Colour;
  readonly heading: string;
  readonly statements: readonly string[];
}

const HEADINGS: Readonly<Record<Colour, string>> = {
  RED: 'This split is no fair and separate exam',
  AMBER: 'There are doubts about this split',
  GREY: 'Not enough data to tell whether this split is fair',
  GREEN: 'Nothing was found against this split',
};

export const FOUND = {
  sharedGroups: 'units or groups in two parts',
  exactDuplicates: 'images of the same bytes in two parts',
  nearDuplicates: 'pairs of the same look in two parts',
} as const;

const WHY_NOT: Readonly<Record<string, string>> = {
  NO_GROUP_KEY: 'no unit and no group is recorded',
  NO_DIGESTS: 'the bytes of no image are known',
  NO_SEARCH: 'no image could be compared by its looks',
};

/** What stands on top: whether it leaks, the waiver in its words, what was not looked at, and what cannot be told. */
export function certificateHeading(certificate: CertificateDocument): CertificateHeading {
  const { colour, leaks, waiver, foundWhenFrozen, cards } = certificate;
  const notExamined = found(certificate).flatMap(([name, { status }]) =>
    status === 'NOT_EXAMINED' ? [`${FOUND[name]} (${whyNot(foundWhenFrozen[name])})`] : [],
  );
  const grey = cards.filter((card) => card.colour === 'GREY').map(({ kind }) => words(kind));
  return {
    colour,
    heading: leaks ? 'This split leaks, and was frozen by a written waiver' : HEADINGS[colour],
    statements: [
      ...(waiver === null ? [] : [`Waiver, in writing: “${waiver}”`]),
      ...(leaks
        ? [
            `When it was frozen: ${found(certificate)
              .flatMap(([name, { count }]) => (count ? [`${FOUND[name]}: ${figureText(count)}`] : []))
              .join('; ')}.`,
          ]
        : []),
      ...(notExamined.length === 0
        ? []
        : [`Not looked for, which is not “none found”: ${notExamined.join('; ')}.`]),
      ...(grey.length === 0
        ? []
        : [`Grey, which is not green; there is not enough data to tell of: ${grey.join(', ')}.`]),
    ],
  };
}

export function found({ foundWhenFrozen }: CertificateDocument) {
  return (['sharedGroups', 'exactDuplicates', 'nearDuplicates'] as const).map(
    (name) => [name, foundWhenFrozen[name]] as const,
  );
}

export function whyNot({ reason }: { readonly reason?: string }): string {
  return WHY_NOT[reason ?? ''] ?? words(reason ?? '');
}
