import { Arg, Int } from 'type-graphql';

/** The argument by which every read of governed rows names its revision. */
export function AsOf(): ParameterDecorator {
  const description = 'The revision to read as of; the current one unless said.';
  return Arg('asOf', () => Int, { nullable: true, description }) as ParameterDecorator;
}
