import { Arg, ArgsType, Field, Int } from 'type-graphql';
import { PageArgs } from '../governance/connection.schema.ts';

const DESCRIPTION = 'The revision to read as of; the current one unless said.';

/** The argument by which every read of governed rows names its revision. */
export function AsOf(): ParameterDecorator {
  return Arg('asOf', () => Int, { nullable: true, description: DESCRIPTION }) as ParameterDecorator;
}

/** The same for a connection. */
@ArgsType()
export class AsOfPageArgs extends PageArgs {
  @Field(() => Int, { nullable: true, description: DESCRIPTION }) asOf?: number | null;
}
