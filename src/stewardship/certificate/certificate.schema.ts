import { Field, ObjectType } from 'type-graphql';
import { ColourEnum } from '../../bias/cards/estimate.schema.ts';
import { SplitReportObject } from '../../bias/split/split-report.schema.ts';
import { Guard } from '../../governance/rule.schema.ts';
import type { Colour } from '../../statistics/colour.ts';

@ObjectType('CertifiedProof', {
  description:
    'What is certified of a frozen split; docs/splits.md. The same split has the same one everywhere.',
})
@Guard('inherit')
export class CertifiedProofObject {
  @Field(() => String, { description: 'sha256:… of the certificate’s JSON.' }) digest: string;
  @Field(() => String, {
    description: 'Where it is fetched, below the server’s address; `.html`, `.md` or `.json` comes after it.',
  })
  address: string;
  @Field(() => String, {
    description: 'Where the manifest of ids is, with all that docs/recompute_split.py needs.',
  })
  manifest: string;
  @Field(() => ColourEnum, { description: 'The worst of its judgements; RED where it leaks.' })
  colour: Colour;
  @Field(() => String, { description: 'What stands on top of it.' }) heading: string;
  @Field(() => [String], {
    description: 'The waiver in its words, what was not looked for, and what cannot be told.',
  })
  statements: string[];
  @Field(() => SplitReportObject, {
    description:
      'Its figures: groups and copies across parts, balance beside random splits, the adversarial check.',
  })
  report: SplitReportObject;
}
