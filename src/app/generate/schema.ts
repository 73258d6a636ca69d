import { lexicographicSortSchema, printSchema } from 'graphql';
import { graphqlSchema } from '../graphql-schema.ts';
import { generatedFile } from './generated-file.ts';

generatedFile(
  'schema.graphql',
  `${printSchema(lexicographicSortSchema(await graphqlSchema()))}\n`,
  'npm run schema',
);
